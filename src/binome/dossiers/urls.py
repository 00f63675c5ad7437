"""The addresses of the members' pages."""

from __future__ import annotations

from django.urls import include, path

from binome.dossiers import telechargement, views

urlpatterns = [
    path("", views.accueil, name="espace"),
    path("lettres/<int:numero>/", telechargement.lettre, name="lettre"),
    path("imports/", include("binome.dossiers.imports.urls")),
]
