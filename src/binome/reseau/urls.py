"""The addresses of the network, under `/espace/reseau/`."""

from __future__ import annotations

from django.urls import path

from binome.reseau.vues import accueil, fiches

urlpatterns = [
    path("", accueil.reseau, name="reseau"),
    path("sites/nouveau/", fiches.ajouter_un_site, name="ajouter-site"),
    path("sites/<int:numero>/", fiches.corriger_un_site, name="corriger-site"),
    path("formateurs/nouveau/", fiches.ajouter_un_formateur, name="ajouter-formateur"),
    path("formateurs/<int:numero>/", fiches.corriger_un_formateur, name="corriger-formateur"),
]
