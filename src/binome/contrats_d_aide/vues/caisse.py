"""The pages of a caisse: its contracts by next duty, what it pays month by month."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.comptes.models import Organisation
from binome.contrats_d_aide.etats import EtatDeContrat, VersionDeContrat
from binome.contrats_d_aide.permissions import caisses
from binome.contrats_d_aide.recomptes_lus import ecarts_de, recomptes_de
from binome.contrats_d_aide.tableau import (
    PERIODES,
    TITRES_DU_TABLEAU,
    FiltreDeContrats,
    a_emporter,
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
from binome.listes.tableaux import ecrire_csv

if TYPE_CHECKING:
    from django.http import HttpRequest

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
def en_csv(request: HttpRequest) -> HttpResponse:
    """The same table to take away, whole, as its address filters it. Raises PermissionDenied."""
    acteur = acteur_de(request)
    caisse, jour = caisse_de(acteur), timezone.localdate()
    if caisse.pk not in caisses(acteur):
        raise PermissionDenied("Vous regardez à la place d’une personne : rien ne s’emporte.")
    lus, ordre = contrats_de(caisse.pk, FiltreDeContrats.lire(request.GET), jour)
    tampon = BytesIO()
    ecrire_csv(TITRES_DU_TABLEAU, a_emporter(lus, ordre, jour), tampon)
    nom = f"contrats-d-aide-{jour:%Y-%m-%d}.csv"
    return HttpResponse(
        tampon.getvalue(), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )  # fmt: skip


@require_safe
def recomptes(request: HttpRequest) -> HttpResponse:
    """What the last changes of rules made of a caisse's contracts: who is promised more, who less. Raises PermissionDenied."""
    caisse = caisse_de(acteur_de(request))
    lus = recomptes_de(caisse.pk)
    contexte = {
        "caisse": caisse,
        "recomptes": lus,
        "ecarts": ecarts_de(caisse.pk, lus[0]) if lus else None,
    }
    return render(request, "contrats_d_aide/recomptes.html", contexte)


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
