"""The pages of a caisse: its contracts by next duty, what it pays month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.comptes.models import Organisation
from binome.contrats_d_aide.etats import EtatDeContrat, VersionDeContrat
from binome.contrats_d_aide.permissions import caisses
from binome.contrats_d_aide.tableau import (
    PERIODES,
    FiltreDeContrats,
    a_verser_en_retard,
    caisses_lues,
    contrats_de,
    lignes_de,
    mois_a_verser,
    titres,
)
from binome.formations.territoires import departements
from binome.listes.filtres import ici
from binome.listes.pages import couper

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur

TAILLE: Final = 50
"""Contracts of a page."""


def caisse_de(acteur: Acteur) -> Organisation:
    """The caisse that a person works for. Raises PermissionDenied."""
    lues = Organisation.objects.filter(pk__in=caisses_lues(acteur))
    caisse = lues.order_by("nom", "pk").first()
    if caisse is None:
        raise PermissionDenied("Cette page est celle d’une caisse.")
    return caisse


@require_safe
def tableau(request: HttpRequest) -> HttpResponse:
    """The contracts of a caisse, the next duty first. Raises PermissionDenied."""
    acteur = acteur_de(request)
    caisse, jour = caisse_de(acteur), timezone.localdate()
    filtre = FiltreDeContrats.lire(request.GET)
    lus, ordre = contrats_de(caisse.pk, filtre, jour)
    page = couper(lus, ordre, TAILLE, **ici(request.GET.dict()))
    contexte = {
        "caisse": caisse,
        "agit": caisse.pk in caisses(acteur),
        "filtre": filtre,
        "lignes": lignes_de(page.lignes, jour),
        "page": page,
        "etats": EtatDeContrat.choices,
        "versions": VersionDeContrat.choices,
        "periodes": PERIODES.items(),
        "codes": titres().items(),
        "departements": [(un.code, f"{un.code} · {un.nom}") for un in departements().values()],
        **filtre.adresses(page),
    }
    return render(request, "contrats_d_aide/caisse.html", contexte)


@require_safe
def versements(request: HttpRequest) -> HttpResponse:
    """What a caisse pays this month and in each of the twelve that follow. Raises PermissionDenied."""
    caisse, jour = caisse_de(acteur_de(request)), timezone.localdate()
    mois = mois_a_verser(caisse.pk, jour)
    contexte = {
        "caisse": caisse,
        "mois": mois,
        "versements": sum(un.versements for un in mois),
        "cents": sum(un.cents for un in mois),
        "inconnus": sum(un.inconnus for un in mois),
        "retard": a_verser_en_retard(caisse.pk, jour),
    }
    return render(request, "contrats_d_aide/versements.html", contexte)
