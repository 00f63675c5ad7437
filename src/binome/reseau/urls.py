"""The addresses of the network, under `/espace/reseau/`."""

from __future__ import annotations

from django.urls import path

from binome.reseau.vues import accueil, appels, couverture, fiches

urlpatterns = [
    path("", accueil.reseau, name="reseau"),
    path("couverture/", couverture.couverture, name="couverture"),
    path("sites/nouveau/", fiches.ajouter_un_site, name="ajouter-site"),
    path("sites/<int:numero>/", fiches.corriger_un_site, name="corriger-site"),
    path("formateurs/nouveau/", fiches.ajouter_un_formateur, name="ajouter-formateur"),
    path("formateurs/<int:numero>/", fiches.corriger_un_formateur, name="corriger-formateur"),
    path("appels/nouveau/", appels.preparer_un_appel, name="preparer-appel"),
    path("appels/<int:numero>/", appels.corriger_un_appel, name="corriger-appel"),
    path("appels/<int:numero>/repondre/", appels.repondre, name="repondre"),
    path("candidatures/<int:numero>/", appels.candidature, name="candidature"),
]
