"""Messages and notes on the page of a dossier, and the page of the texts that a branch writes often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from binome.comptes.demande import acteur_de
from binome.dossiers.permissions import dossier_pour
from binome.dossiers.vues.dossier import page
from binome.gestes.refus import GesteImpossible
from binome.gestes.volets import GesteTente
from binome.habillage.provenance import suivre
from binome.messagerie import services
from binome.messagerie.models import Cote, Mot
from binome.messagerie.permissions import (
    branches_examinees,
    cote_de,
    dossier_ou_ecrire,
    lit_les_messages,
    modeles_de,
)
from binome.socle.nombres import lire_entier
from binome.socle.references import lire
from binome.typographie import elider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier
    from binome.messagerie.models import Modele


DE: Final = "de"
"""The dossier that one leaves to write a template, in the address."""


def _mots(dossier: Dossier) -> list[Mot]:
    """What was written about a dossier; read once, for every part of its page."""
    lus: list[Mot] | None = vars(dossier).get("_mots")
    if lus is None:
        lus = list(Mot.objects.filter(dossier=dossier).select_related("par").order_by("le", "pk"))
        vars(dossier)["_mots"] = lus
    return lus


def _a_lire(dossier: Dossier, cote: Cote | None) -> list[Mot]:
    """The messages of the other side that nobody of one's own has read; none for who does not answer."""
    if cote is None:
        return []
    return [un for un in _mots(dossier) if not un.interne and un.cote != cote and un.lu_le is None]


def mots_a_lire(
    _: HttpRequest, acteur: Acteur, dossier: Dossier, __: GesteTente
) -> Mapping[str, Any] | None:
    """That messages wait, above all else, and where; nothing when they are read."""
    cote = cote_de(acteur, dossier)
    a_lire = _a_lire(dossier, cote)
    if not a_lire or not lit_les_messages(acteur, dossier):
        return None
    de = dossier.organisme.nom if cote == Cote.BRANCHE else "la branche"
    return {
        "dossier": dossier,
        "nombre": len(a_lire),
        "dernier": a_lire[-1],
        "de": elider("de", de),
    }


def mots_dits(
    _: HttpRequest, acteur: Acteur, dossier: Dossier, tentative: GesteTente
) -> Mapping[str, Any] | None:
    """What was written about a dossier, for who reads it; notes for who examines alone."""
    if not lit_les_messages(acteur, dossier):
        return None
    cote = cote_de(acteur, dossier)
    branche = cote == Cote.BRANCHE
    mots = [un for un in _mots(dossier) if branche or not un.interne]
    return {
        "dossier": dossier,
        "ecrit": cote is not None,
        "branche": branche,
        "avec": dossier.organisme.nom if branche else "la branche",
        "messages": [un for un in mots if not un.interne],
        "a_lire": [un.pk for un in _a_lire(dossier, cote)],
        "notes": [un for un in mots if un.interne],
        "modeles": list(modeles_de(acteur)) if branche else [],
        "faute": tentative.de("mot").faute,
        "champ": tentative.de("mot").champ,
        "tape": tentative.de("mot").tape.get("texte", ""),
    }


@require_POST
def ecrire(request: HttpRequest, reference: str) -> HttpResponse:
    """A message to the other side, or a note of the branch; what was typed comes back when it cannot be kept."""
    acteur = acteur_de(request)
    interne = request.POST.get("interne") == "oui"
    dossier, cote = dossier_ou_ecrire(acteur, reference, interne=interne)
    texte = request.POST.get("texte", "")
    try:
        _, dit = services.ecrire_un_mot(dossier, acteur, texte, cote=cote, interne=interne)
    except GesteImpossible as impossible:
        return page(
            request, dossier_pour(acteur, reference), acteur,
            tentative=GesteTente("mot", {"texte": texte}, str(impossible), "note" if interne else "message"),
            status=422,
        )  # fmt: skip
    messages.success(request, dit)
    ancre = "#notes" if interne else "#messages"
    return redirect(f"{suivre(request, 'dossier', reference)}{ancre}")


@require_POST
def dire_lus(request: HttpRequest, reference: str) -> HttpResponse:
    """Says that what the other side wrote is read."""
    acteur = acteur_de(request)
    dossier, cote = dossier_ou_ecrire(acteur, reference, interne=False)
    if services.dire_lus(dossier, acteur, cote=cote):
        messages.success(request, "C’est noté : ces messages sont lus.")
    return redirect(suivre(request, "dossier", reference))


def _page_des_modeles(
    request: HttpRequest, acteur: Acteur, *, faute: str = "", numero: int = 0
) -> HttpResponse:
    """The page; `numero` is the template that was being corrected when it did not pass, nought for a new one."""
    branches = list(branches_examinees(acteur))
    if not branches:
        raise Http404("Cette page est celle de la branche.")
    tape = request.POST if faute else {}
    contexte = {
        "acteur": acteur,
        "branches": branches,
        "modeles": modeles_de(acteur).select_related("branche"),
        "de": lire(request.GET.get(DE, "")) or "",
        "faute": faute,
        "numero": numero,
        "titre_tape": tape.get("titre", ""),
        "texte_tape": tape.get("texte", ""),
    }
    return render(request, "espace/modeles.html", contexte, status=422 if faute else 200)


def _revenir(request: HttpRequest) -> HttpResponse:
    """Back to the texts, which still know the dossier that one was writing about."""
    reference = lire(request.GET.get(DE, ""))
    return redirect(suivre(request, "modeles", **({DE: reference} if reference else {})))


@require_http_methods(["GET", "HEAD", "POST"])
def modeles(request: HttpRequest) -> HttpResponse:
    """The texts that a branch writes often: those that are kept, and one more. Raises Http404."""
    acteur = acteur_de(request)
    if request.method != "POST":
        return _page_des_modeles(request, acteur)
    branches = list(branches_examinees(acteur))
    if not branches:
        raise Http404("Cette page est celle de la branche.")
    numero = lire_entier(request.POST.get("branche", ""), chiffres=15)
    branche = next((une for une in branches if une.pk == numero), branches[0])
    try:
        services.garder_un_modele(
            branche, acteur, request.POST.get("titre", ""), request.POST.get("texte", "")
        )
    except GesteImpossible as impossible:
        return _page_des_modeles(request, acteur, faute=str(impossible))
    messages.success(request, "Le modèle est gardé.")
    return _revenir(request)


def _modele(acteur: Acteur, numero: int) -> Modele:
    """A text that a person may change. Raises Http404."""
    modele = modeles_de(acteur).filter(pk=numero).first()
    if modele is None:
        raise Http404("Ce modèle n’existe pas, ou ne vous est pas ouvert.")
    return modele


@require_POST
def corriger(request: HttpRequest, numero: int) -> HttpResponse:
    """Writes a text again. Raises Http404."""
    acteur = acteur_de(request)
    modele = _modele(acteur, numero)
    try:
        services.corriger_un_modele(
            modele, acteur, request.POST.get("titre", ""), request.POST.get("texte", "")
        )
    except GesteImpossible as impossible:
        return _page_des_modeles(request, acteur, faute=str(impossible), numero=numero)
    messages.success(request, f"Le modèle « {modele.titre} » est corrigé.")
    return _revenir(request)


@require_POST
def oter(request: HttpRequest, numero: int) -> HttpResponse:
    """Takes a text out of those that are offered. Raises Http404."""
    acteur = acteur_de(request)
    modele = _modele(acteur, numero)
    services.oter_un_modele(modele, acteur)
    messages.success(request, f"Le modèle « {modele.titre} » est ôté.")
    return _revenir(request)
