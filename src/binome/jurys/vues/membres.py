"""Who may sit: the list of the branch, what it says of each, and what each says of their own ties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.jurys.etats import ASSISES, EtatDeMembre
from binome.jurys.flows import MEMBRES, PLACES
from binome.jurys.formulaires import DesLiens, UnMembre
from binome.jurys.models import MembreDeJury, PlaceAuJury
from binome.jurys.passages import DES_LIENS
from binome.jurys.permissions import (
    branche_des_jurys,
    cotes_de_membre,
    cotes_de_place,
    membres_visibles,
    son_siege,
)
from binome.jurys.services import compte_de, decliner_une_place, inscrire_un_membre
from binome.listes.filtres import Filtre, ici
from binome.listes.pages import PAR_NUMERO, couper
from binome.parcours.models import Parcours
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django import forms
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur

PAR_PAGE: Final = 100
TYPES: Final = ("prenom", "nom", "courriel", "college", "exterieur")
"""What the form of a member asks."""


@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """Everybody who may sit for the branch, or did."""
    acteur = acteur_de(request)
    branche_des_jurys(acteur)
    page = couper(membres_visibles(acteur), PAR_NUMERO, PAR_PAGE, **ici(request.GET))
    return render(request, "jurys/membres.html", {"page": page, **Filtre().adresses(page)})


@require_http_methods(["GET", "HEAD", "POST"])
def inscrire(request: HttpRequest) -> HttpResponse:
    """The form of somebody more."""
    acteur = acteur_de(request)
    branche = branche_des_jurys(acteur, ecrit=request.method == "POST")
    form = UnMembre(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            un = inscrire_un_membre(acteur, branche, form.cleaned_data)
        except GesteImpossible as impossible:
            form.add_error(impossible.champ or None, str(impossible))
        else:
            messages.success(request, "Cette personne peut siéger. Dites ses liens et ses jours.")
            return redirect("membre-de-jury", un.pk)
    contexte = {
        "form": form,
        "titre": "Inscrire une personne",
        "bouton": "Inscrire",
        "retour": "membres-de-jury",
    }
    return render(
        request, "jurys/fiche.html", contexte, status=422 if request.method == "POST" else 200
    )


def _presentes_avec(membre: MembreDeJury) -> QuerySet[Parcours]:
    """Those presented to the juries where somebody has a seat, and those they said they know."""
    jurys = PlaceAuJury.objects.filter(membre=membre, etat__in=ASSISES).order_by().values("jury")
    qui = Q(presentations__jury__in=jurys) | Q(pk__in=membre.connus)
    lus = Parcours.objects.filter(qui, dossier__anonyme_le__isnull=True).select_related("dossier")
    return lus.order_by("dossier__nom", "dossier__prenom", "pk").distinct()


def _liens(membre: MembreDeJury, recu: Any = None) -> DesLiens:
    initial = {un: getattr(membre, un) for un in DES_LIENS}
    initial["jours"] = "\n".join(membre.jours)
    return DesLiens(
        recu, exemple=membre.branche.exemple, parcours=_presentes_avec(membre), initial=initial
    )


def _membre(acteur: Acteur, numero: int) -> MembreDeJury:
    """Somebody of one's list. Raises Http404."""
    trouve = membres_visibles(acteur).filter(pk=numero).first()
    if trouve is None:
        raise Http404("Cette personne n’est pas dans vos jurys.")
    return trouve


def _page(
    request: HttpRequest,
    membre: MembreDeJury,
    *,
    fiche: forms.Form | None = None,
    liens: DesLiens | None = None,
    faute: str = "",
    status: int = 200,
) -> HttpResponse:
    contexte = {
        "membre": membre,
        "fiche": fiche or UnMembre(initial={un: getattr(membre, un) for un in TYPES}),
        "liens": liens or _liens(membre),
        "gestes": [un for un in MEMBRES.table if un.formulaire and membre.etat in un.de],
        "inscrit": membre.etat == EtatDeMembre.INSCRIT,
        "places": PlaceAuJury.objects.filter(membre=membre, etat__in=ASSISES)
        .select_related("jury")
        .order_by("-jury__jour", "-pk")[:50],
        "faute": faute,
    }
    return render(request, "jurys/membre.html", contexte, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def membre(request: HttpRequest, numero: int) -> HttpResponse:
    """What the branch says of somebody, their ties and days, their juries."""
    acteur = acteur_de(request)
    trouve = _membre(acteur, numero)
    if request.method != "POST":
        return _page(request, trouve)
    if not cotes_de_membre(acteur, trouve):
        raise PermissionDenied("Votre rôle ne permet pas ce geste.")
    version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
    if "liens" in request.POST:
        liens = _liens(trouve, request.POST)
        if not liens.is_valid():
            return _page(request, trouve, liens=liens, status=422)
        geste, donnees, fiche = "declarer", liens.cleaned_data, None
    else:
        fiche = UnMembre(request.POST)
        if not fiche.is_valid():
            return _page(request, trouve, fiche=fiche, status=422)
        courriel = str(fiche.cleaned_data["courriel"] or "").strip().lower()
        geste, liens = "corriger", None
        donnees = {
            **fiche.cleaned_data,
            "courriel": courriel,
            "compte": compte_de(courriel, exemple=trouve.branche.exemple),
        }
    return _fait(request, acteur, trouve, geste, version, donnees) or redirect(
        "membre-de-jury", numero
    )


def _fait(
    request: HttpRequest,
    acteur: Acteur,
    membre: MembreDeJury,
    geste: str,
    version: int,
    donnees: Mapping[str, Any],
) -> HttpResponse | None:
    """Carries a gesture out; the page with what stands in the way, or None once done."""
    try:
        faire(MEMBRES, geste, membre, acteur, version=version, donnees=dict(donnees))
    except GesteImpossible as impossible:
        statut = 409 if isinstance(impossible, Depasse) else 422
        return _page(request, _membre(acteur, membre.pk), faute=str(impossible), status=statut)
    messages.success(request, MEMBRES.gestes[geste].dit)
    return None


@require_POST
def geste(request: HttpRequest, numero: int, nom: str) -> HttpResponse:
    """Says that somebody sits no more, or again; takes their name off."""
    acteur = acteur_de(request)
    trouve = _membre(acteur, numero)
    choisi = MEMBRES.gestes.get(nom)
    if choisi is None or not choisi.formulaire:
        raise Http404("Ce geste n’existe pas.")
    if not cotes_de_membre(acteur, trouve):
        raise PermissionDenied("Votre rôle ne permet pas ce geste.")
    version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
    refus = _fait(request, acteur, trouve, nom, version, {})
    if refus is not None:
        return refus
    return redirect("membres-de-jury") if nom == "effacer" else redirect("membre-de-jury", numero)


@require_POST
def decliner(request: HttpRequest, place: int) -> HttpResponse:
    """Somebody says that they will not come to a jury where they have a seat. Raises Http404 for any other seat."""
    acteur = acteur_de(request)
    sien = son_siege(acteur)
    tenues = PlaceAuJury.objects.filter(membre=sien, etat__in=ASSISES)
    trouvee = tenues.select_related("jury__branche", "membre").filter(pk=place).first()
    if sien is None or trouvee is None:
        raise Http404("Cette place n’existe pas, ou n’est pas la vôtre.")
    if not cotes_de_place(acteur, trouvee):
        raise PermissionDenied(
            "Vous regardez à la place de quelqu’un : vous ne pouvez rien changer."
        )
    version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
    try:
        decliner_une_place(acteur, trouvee, version)
    except GesteImpossible as impossible:
        messages.warning(request, str(impossible))
    else:
        messages.success(request, PLACES.gestes["decliner"].dit)
    return redirect("mes-liens-de-jury")


@require_http_methods(["GET", "HEAD", "POST"])
def mes_liens(request: HttpRequest) -> HttpResponse:
    """Somebody who sits says their own ties and days. Raises Http404 for who sits nowhere."""
    acteur = acteur_de(request)
    sien = son_siege(acteur)
    if sien is None:
        raise Http404("Cette page est celle de qui siège dans un jury.")
    form, faute, statut = _liens(sien), "", 200
    if request.method == "POST":
        if acteur.soutien is not None:
            raise PermissionDenied(
                "Vous regardez à la place de quelqu’un : vous ne pouvez rien changer."
            )
        form = _liens(sien, request.POST)
        version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
        statut = 422
        if form.is_valid():
            try:
                faire(MEMBRES, "declarer", sien, acteur, version=version, donnees=form.cleaned_data)
            except GesteImpossible as impossible:
                faute, statut = str(impossible), 409 if isinstance(impossible, Depasse) else 422
            else:
                messages.success(request, "Vos liens et vos jours sont notés.")
                return redirect("mes-liens-de-jury")
    places = PlaceAuJury.objects.filter(membre=sien, etat__in=ASSISES).select_related("jury")
    contexte = {
        "membre": sien,
        "form": form,
        "faute": faute,
        "places": list(places.order_by("-jury__jour", "-pk")[:50]),
    }
    return render(request, "jurys/mes_liens.html", contexte, status=statut)
