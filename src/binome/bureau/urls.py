"""The addresses of the desk, under `/espace/`."""

from __future__ import annotations

from django.urls import path

from binome.bureau.vues import acte, confirmations, liste, points, suivi, textes

urlpatterns = [
    path("dossiers/", liste.dossiers, name="dossiers"),
    path("vues/", liste.garder_la_vue, name="garder-la-vue"),
    path("vues/<int:numero>/oter/", liste.oter_la_vue, name="oter-la-vue"),
    path("dossiers/confirmer/", confirmations.confirmer_ensemble, name="confirmer"),
    path("dossiers/suivant/", suivi.suivant, name="premier"),
    path("dossiers/<str:reference>/reponse/", acte.reponse, name="reponse-calculee"),
    path("dossiers/<str:reference>/suivant/", suivi.suivant, name="suivant"),
    path("dossiers/<str:reference>/examen/<str:nom>/", suivi.prise, name="prise"),
    path("confirmations/<int:numero>/", confirmations.confirmation, name="confirmation"),
    path("confirmations/<int:numero>/annuler/", confirmations.annuler, name="annuler-confirmation"),
    path("textes/", textes.textes, name="textes-de-branche"),
    path("points/", points.points, name="points"),
    path("points/<int:numero>/lever/", points.lever_le_point, name="lever-point"),
]
