"""« Qui a ouvert votre dossier »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.dossiers.permissions import lectures_pour
from binome.dossiers.traces import visites
from binome.socle.durees import durees

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def lectures(request: HttpRequest, reference: str) -> HttpResponse:
    """Who opened a dossier, by day and by side; with names for the branch's administration alone."""
    acteur = acteur_de(request)
    dossier = lectures_pour(acteur, reference)
    candidat = dossier.candidat_id == acteur.personne.pk
    contexte = {
        "dossier": dossier,
        "candidat": candidat,
        "noms": not candidat,
        "visites": visites(acteur.personne, [dossier.reference], tout=not candidat),
        "mois": durees()["lecture"].mois,
    }
    return render(request, "espace/lectures.html", contexte)
