"""The pages of who delivers: what waits, the mentions, and the titles of a jury in one gesture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from binome.comptes.demande import acteur_de
from binome.comptes.models import Organisation
from binome.comptes.roles import CERTIFIENT
from binome.gestes.refus import GesteImpossible
from binome.jurys.etats import EtatDeJury, EtatDePresentation
from binome.jurys.models import Jury
from binome.regles.jours import lire_jour
from binome.socle.nombres import lire_entier
from binome.titres.delivrance import delivrer_au_jury
from binome.titres.etats import EtatDeTitre, NatureDeTitre
from binome.titres.mentions import (
    DE_L_EMETTEUR,
    DECISION,
    LIBELLES,
    MentionRefusee,
    MentionsChangees,
    a_donner,
    ce_que_disent_les_sources,
    ce_qui_manque,
    donner,
    longueur_de,
    mentions_de,
)
from binome.titres.models import Titre
from binome.titres.permissions import emetteurs_de_la_branche
from binome.titres.preparation import attendent_leur_parchemin, pourquoi_pas

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.parcours.models import Parcours
    from binome.titres.models import MentionsDuTitre

JURYS: Final = 30
"""Closed juries that the page shows, the last ones."""


@dataclass(frozen=True)
class ALaFinDuJury:
    """Somebody presented to a jury: their title, or why there is none yet; both empty when it may be delivered.

    `retire` is the one withdrawn that none replaced: it is delivered again for that person alone, from their path.
    """

    parcours: Parcours
    titre: Titre | None
    empeche: str
    retire: Titre | None = None


def _emetteurs(acteur: Acteur) -> list[Organisation]:
    """The organisations whose titles a person reads. Raises PermissionDenied without any."""
    numeros = acteur.organisations(*CERTIFIENT, "gestionnaire")
    if not numeros:
        raise PermissionDenied("Cette page est celle de qui délivre des titres.")
    return list(Organisation.objects.filter(pk__in=numeros).order_by("genre", "pk"))


def _peut(acteur: Acteur, emetteur: Organisation) -> bool:
    """Whether a person writes the mentions of an organisation."""
    return acteur.soutien is None and emetteur.pk in acteur.organisations(
        *CERTIFIENT, "gestionnaire"
    )


@require_safe
def titres(request: HttpRequest) -> HttpResponse:
    """What waits to be delivered, and whether papers may be printed."""
    acteur = acteur_de(request)
    emetteurs = _emetteurs(acteur)
    branches = [un.pk for un in emetteurs if un.pk in acteur.organisations(*CERTIFIENT)]
    sans = attendent_leur_parchemin().filter(jury=OuterRef("pk"))
    clos = Jury.objects.filter(branche__in=branches, etat=EtatDeJury.CLOS)
    contexte = {
        "acteur": acteur,
        "mentions": [
            {
                "emetteur": un,
                "rncp": rncp,
                "manque": ce_qui_manque(mentions_de(un.pk, rncp), rncp),
                "adresse": f"{reverse('mentions-des-titres')}?emetteur={un.pk}&rncp={rncp}",
            }
            for un in emetteurs
            for rncp in a_donner(un)
        ],
        "jurys": clos.annotate(attend=Exists(sans)).order_by("-jour", "-pk")[:JURYS],
        "de_la_branche": bool(branches),
    }
    return render(request, "titres/titres.html", contexte)


def _demandees(request: HttpRequest, acteur: Acteur) -> tuple[Organisation, str]:
    """Whose mentions an address names, and under which number. Raises Http404."""
    emetteurs = _emetteurs(acteur)
    numero = lire_entier(request.GET.get("emetteur", ""), chiffres=9) or emetteurs[0].pk
    emetteur = next((un for un in emetteurs if un.pk == numero), None)
    if emetteur is None:
        raise Http404("Ces mentions n’existent pas, ou ne vous sont pas ouvertes.")
    connus = a_donner(emetteur)
    rncp = request.GET.get("rncp", connus[0])
    if rncp not in connus:
        raise Http404("Aucun référentiel ne porte ce numéro.")
    return emetteur, rncp


@require_http_methods(["GET", "HEAD", "POST"])
def mentions(request: HttpRequest) -> HttpResponse:
    """What the papers of an organisation must say and no source gives, and its form."""
    acteur = acteur_de(request)
    emetteur, rncp = _demandees(request, acteur)
    if request.method != "POST":
        return _page(request, acteur, emetteur, rncp)
    if not _peut(acteur, emetteur):
        raise PermissionDenied("Votre rôle ne permet pas d’écrire ces mentions.")
    try:
        donner(
            emetteur, rncp, acteur, request.POST.dict(), _jour(request),
            vues=lire_entier(request.POST.get("vues", ""), chiffres=15) or 0,
        )  # fmt: skip
    except MentionsChangees as changees:
        return _page(request, acteur, emetteur, rncp, faute=changees, status=409)
    except MentionRefusee as refus:
        return _page(request, acteur, emetteur, rncp, faute=refus, status=422)
    messages.success(
        request, "Ces mentions seront sur les titres à venir. Ceux déjà délivrés gardent les leurs."
    )
    return redirect("titres")


def _jour(request: HttpRequest) -> date | None:
    """The day of the decision, as typed. Raises MentionRefusee."""
    tape = request.POST.get("decision_le", "").strip()
    jour = lire_jour(tape) if tape else None
    if tape and jour is None:
        raise MentionRefusee("Donnez un jour qui existe, par exemple 31/03/2027.", "decision_le")
    return jour


def _page(
    request: HttpRequest,
    acteur: Acteur,
    emetteur: Organisation,
    rncp: str,
    *,
    faute: MentionRefusee | None = None,
    status: int = 200,
) -> HttpResponse:
    tenues = mentions_de(emetteur.pk, rncp)
    valeurs = _valeurs(request, tenues, rncp)
    sources = ce_que_disent_les_sources(rncp)
    contexte = {
        "acteur": acteur,
        "emetteur": emetteur,
        "rncp": rncp,
        "champs": [
            {"nom": nom, "mot": mot, "valeur": valeurs.get(nom, ""), "longueur": longueur_de(nom),
             "source": sources.get(nom, "")}
            for nom, mot in (LIBELLES if rncp else DE_L_EMETTEUR).items()
        ],
        "decision": DECISION,
        "decision_le": valeurs["decision_le"],
        "manque": ce_qui_manque(tenues, rncp),
        "peut": _peut(acteur, emetteur),
        "vues": 0 if tenues is None else tenues.pk,
        "essai": tenues is not None and tenues.essai,
        "faute": "" if faute is None else str(faute),
        "champ": "" if faute is None else faute.champ,
    }  # fmt: skip
    return render(request, "titres/mentions.html", contexte, status=status)


def _valeurs(request: HttpRequest, tenues: MentionsDuTitre | None, rncp: str) -> dict[str, str]:
    """What the form shows: what was typed, else what holds, else what the sources say."""
    if request.method == "POST":
        return {**request.POST.dict(), "decision_le": request.POST.get("decision_le", "")}
    if tenues is None:
        return {**ce_que_disent_les_sources(rncp), "decision_le": ""}
    jour = tenues.decision_le
    dites = {nom: str(getattr(tenues, nom)) for nom in LIBELLES}
    return {**dites, "decision_le": "" if jour is None else jour.isoformat()}


def _jury_pour(acteur: Acteur, numero: int) -> Jury:
    """A jury of a branch that the person delivers for. Raises Http404."""
    siennes = acteur.organisations(*CERTIFIENT)
    jury = Jury.objects.filter(pk=numero, branche__in=siennes).first()
    if jury is None:
        raise Http404("Ce jury n’existe pas, ou ne vous est pas ouvert.")
    return jury


@require_http_methods(["GET", "HEAD", "POST"])
def titres_du_jury(request: HttpRequest, numero: int) -> HttpResponse:
    """Who a jury decided of, with their title or why there is none; sent, all those that may be are delivered."""
    acteur = acteur_de(request)
    jury = _jury_pour(acteur, numero)
    peut = jury.branche_id in emetteurs_de_la_branche(acteur)
    if request.method == "POST":
        if not peut:
            raise PermissionDenied("Votre rôle ne permet pas de délivrer des titres.")
        try:
            faite = delivrer_au_jury(jury, acteur)
        except GesteImpossible as impossible:
            messages.warning(request, str(impossible))
            return redirect("titres-du-jury", numero)
        nombre = len(faite.titres)
        messages.success(
            request,
            f"{nombre} parchemin{'s' if nombre > 1 else ''} délivré{'s' if nombre > 1 else ''}."
            if nombre
            else "Aucun parchemin n’est à délivrer.",
        )
        return redirect("titres-du-jury", numero)
    presentes = _presentes(jury)
    contexte = {
        "acteur": acteur,
        "jury": jury,
        "clos": jury.etat == EtatDeJury.CLOS,
        "presentes": presentes,
        "prets": sum(1 for un in presentes if not (un.titre or un.empeche or un.retire)),
        "peut": peut,
    }
    return render(request, "titres/titres_du_jury.html", contexte)


def _presentes(jury: Jury) -> list[ALaFinDuJury]:
    lues = jury.presentations.filter(etat=EtatDePresentation.DECIDEE).select_related(
        "parcours__dossier__branche", "parcours__organisme"
    )
    parcours = [une.parcours for une in lues.order_by("pk")]
    tous = Titre.objects.filter(parcours__in=parcours, nature=NatureDeTitre.CQP).order_by("pk")
    titres = {un.parcours_id: un for un in tous if un.etat == EtatDeTitre.DELIVRE}
    retires = {un.parcours_id: un for un in tous if un.parcours_id not in titres}
    return [
        ALaFinDuJury(
            un, titre := titres.get(un.pk), "" if titre else pourquoi_pas(un, NatureDeTitre.CQP),
            retires.get(un.pk),
        )
        for un in parcours
    ]  # fmt: skip
