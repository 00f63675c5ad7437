"""The addresses of the members' pages."""

from __future__ import annotations

from django.urls import path

from binome.dossiers.vues import (
    dossier,
    gestes,
    saisie,
)

urlpatterns = [
    path("dossiers/nouveau/", saisie.nouveau, name="nouveau-dossier"),
    path("dossiers/<str:reference>/", dossier.dossier, name="dossier"),
    path("dossiers/<str:reference>/saisie/", saisie.saisie, name="saisie"),
    path("dossiers/<str:reference>/gestes/<str:nom>/", gestes.geste, name="geste"),
]
