"""Messages and notes on the page of a dossier, and the page of the texts that a branch writes often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
from binome.messagerie.models import Cote, Mot
from binome.messagerie.permissions import (
    branches_examinees,
    cote_de,
    dossier_ou_ecrire,
    lit_les_messages,
    modeles_de,
)
from binome.messagerie.services import ecrire_un_mot, garder_un_modele, oter_un_modele
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier


def mots_dits(
    _: HttpRequest, acteur: Acteur, dossier: Dossier, tentative: GesteTente
) -> Mapping[str, Any] | None:
    """What was written about a dossier, for who reads it; notes for who examines alone."""
    if not lit_les_messages(acteur, dossier):
        return None
    cote = cote_de(acteur, dossier)
    branche = cote == Cote.BRANCHE
    lus = Mot.objects.filter(dossier=dossier).select_related("par")
    mots = list(lus if branche else lus.filter(interne=False))
    return {
        "dossier": dossier,
        "ecrit": cote is not None,
        "branche": branche,
        "avec": dossier.organisme.nom if branche else "la branche",
        "messages": [un for un in mots if not un.interne],
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
        _, dit = ecrire_un_mot(dossier, acteur, texte, cote=cote, interne=interne)
    except GesteImpossible as impossible:
        return page(
            request, dossier_pour(acteur, reference), acteur,
            tentative=GesteTente("mot", {"texte": texte}, str(impossible), "note" if interne else "message"),
            status=422,
        )  # fmt: skip
    messages.success(request, dit)
    ancre = "#notes" if interne else "#messages"
    return redirect(f"{suivre(request, 'dossier', reference)}{ancre}")


@require_http_methods(["GET", "HEAD", "POST"])
def modeles(request: HttpRequest) -> HttpResponse:
    """The texts that a branch writes often: those that are kept, and one more. Raises Http404."""
    acteur = acteur_de(request)
    branches = list(branches_examinees(acteur))
    if not branches:
        raise Http404("Cette page est celle de la branche.")
    faute, titre, texte = "", "", ""
    if request.method == "POST":
        titre, texte = request.POST.get("titre", ""), request.POST.get("texte", "")
        numero = lire_entier(request.POST.get("branche", ""), chiffres=15)
        branche = next((une for une in branches if une.pk == numero), branches[0])
        try:
            garder_un_modele(branche, acteur, titre, texte)
        except GesteImpossible as impossible:
            faute = str(impossible)
        else:
            messages.success(request, "Le modèle est gardé.")
            return redirect("modeles")
    contexte = {
        "acteur": acteur,
        "branches": branches,
        "modeles": modeles_de(acteur).select_related("branche"),
        "faute": faute,
        "titre_tape": titre,
        "texte_tape": texte,
    }
    return render(request, "espace/modeles.html", contexte, status=422 if faute else 200)


@require_POST
def oter(request: HttpRequest, numero: int) -> HttpResponse:
    """Takes a text out of those that are offered. Raises Http404."""
    acteur = acteur_de(request)
    modele = modeles_de(acteur).filter(pk=numero).first()
    if modele is None:
        raise Http404("Ce modèle n’existe pas, ou ne vous est pas ouvert.")
    oter_un_modele(modele, acteur)
    messages.success(request, f"Le modèle « {modele.titre} » est ôté.")
    return redirect("modeles")
