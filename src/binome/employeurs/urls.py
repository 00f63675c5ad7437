"""The addresses of the employers of a dossier's candidate."""

from __future__ import annotations

from django.urls import path

from binome.employeurs import association, emplois

urlpatterns = [
    path("<str:reference>/employeur/", association.employeur, name="employeur"),
    path("<str:reference>/emplois/", emplois.emplois, name="emplois"),
    path("<str:reference>/emplois/<int:numero>/", emplois.emploi, name="emploi"),
]
