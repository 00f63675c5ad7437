"""The words that a branch writes for its letters: edited by its administration, seen before, dated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from binome.branches.models import TextesDeBranche
from binome.branches.services import (
    LIBELLES,
    LONGUEUR,
    TexteRefuse,
    TextesChanges,
    ecrire_les_textes,
    textes_de,
)
from binome.comptes.demande import acteur_de
from binome.comptes.models import Organisation
from binome.impression.lettre import RECOURS
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur


def _branche(acteur: Acteur) -> Organisation:
    """The branch that a person works for, the one that they chose. Raises Http404."""
    if not acteur.branches():
        raise Http404("Cette page est celle de la branche.")
    return Organisation.objects.filter(pk__in=acteur.branches()).order_by("pk")[0]


def _peut(acteur: Acteur, branche: Organisation) -> bool:
    return acteur.soutien is None and branche.pk in acteur.branches("administrateur")


@require_http_methods(["GET", "HEAD", "POST"])
def textes(request: HttpRequest) -> HttpResponse:
    """The texts in force, their form, and what a letter looks like with what is typed."""
    acteur = acteur_de(request)
    branche = _branche(acteur)
    if request.method != "POST":
        return _page(request, acteur, branche)
    if not _peut(acteur, branche):
        raise PermissionDenied("Seule l’administration de la branche écrit ces textes.")
    if "voir" in request.POST:
        return _page(request, acteur, branche, vu=True)
    delai = request.POST.get("delai_jours", "").strip()
    jours = lire_entier(delai, chiffres=3) if delai else None
    if delai and jours is None:
        return _page(request, acteur, branche, faute="Le délai est un nombre de jours.", status=422)
    try:
        vus = lire_entier(request.POST.get("vus", ""), chiffres=15) or 0
        ecrire_les_textes(branche, acteur, request.POST.dict(), jours, vus=vus)
    except TextesChanges as changes:
        return _page(request, acteur, branche, faute=str(changes), change=True, status=409)
    except TexteRefuse as refus:
        return _page(request, acteur, branche, faute=str(refus), status=422)
    messages.success(request, "Ces textes seront sur les lettres à venir.")
    return redirect("textes-de-branche")


def _ecarts(valeurs: Mapping[str, Any], ecrits: TextesDeBranche | None) -> list[dict[str, Any]]:
    """Where what was typed is not what holds by now."""
    mots = {**LIBELLES, "delai_jours": "Le délai du recours, en jours"}
    lignes = [
        {"champ": mot, "tape": valeurs[nom] or "rien", "garde": getattr(ecrits, nom, "") or "rien"}
        for nom, mot in mots.items()
    ]
    return [une for une in lignes if str(une["tape"]).split() != str(une["garde"]).split()]


def _page(
    request: HttpRequest,
    acteur: Acteur,
    branche: Organisation,
    *,
    faute: str = "",
    vu: bool = False,
    change: bool = False,
    status: int = 200,
) -> HttpResponse:
    ecrits = textes_de(branche)
    tape = request.method == "POST"
    valeurs: dict[str, Any] = {
        nom: request.POST.get(nom, "") if tape else getattr(ecrits, nom, "") or ""
        for nom in (*LIBELLES, "delai_jours")
    }
    contexte = {
        "acteur": acteur,
        "branche": branche,
        "peut": _peut(acteur, branche),
        "champs": [(nom, mot, valeurs[nom]) for nom, mot in LIBELLES.items()],
        "valeurs": valeurs,
        "vu": vu,
        "comment_contester": valeurs["recours"] or RECOURS[0],
        "longueur": LONGUEUR,
        "ecrits": ecrits,
        # Who only looks at a letter, or is refused a text, still answers to what they saw.
        "vus": request.POST.get("vus", "") if tape and not change else getattr(ecrits, "pk", 0),
        "ecarts": _ecarts(valeurs, ecrits) if change else [],
        "anciens": TextesDeBranche.objects.filter(branche=branche).select_related("par")[1:11],
        "faute": faute,
    }
    return render(request, "espace/textes.html", contexte, status=status)
