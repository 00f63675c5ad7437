"""The addresses of the members' pages."""

from __future__ import annotations

from django.urls import path

from binome.dossiers.vues import (
    dossier,
    gestes,
    lectures,
    liste,
    points,
    saisie,
)

urlpatterns = [
    path("dossiers/", liste.dossiers, name="dossiers"),
    path("dossiers/confirmer/", liste.confirmer_ensemble, name="confirmer"),
    path("dossiers/nouveau/", saisie.nouveau, name="nouveau-dossier"),
    path("dossiers/<str:reference>/", dossier.dossier, name="dossier"),
    path("dossiers/<str:reference>/saisie/", saisie.saisie, name="saisie"),
    path("dossiers/<str:reference>/lectures/", lectures.lectures, name="lectures"),
    path("dossiers/<str:reference>/gestes/<str:nom>/", gestes.geste, name="geste"),
    path("confirmations/<int:numero>/", liste.confirmation, name="confirmation"),
    path("confirmations/<int:numero>/annuler/", liste.annuler, name="annuler-confirmation"),
    path("points/", points.points, name="points"),
    path("points/<int:numero>/lever/", points.lever_le_point, name="lever-point"),
]
