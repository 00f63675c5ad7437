"""The addresses of the dashboards, under `/espace/pilotage/`."""

from __future__ import annotations

from django.urls import path

from binome.pilotage import vues, vues_des_resultats

urlpatterns = [
    path("", vues.tableau, name="pilotage"),
    path("mesures.csv", vues.en_csv, name="pilotage-csv"),
    path("mesures.json", vues.en_json, name="pilotage-json"),
    path("indicateurs/<slug:indicateur>/", vues.indicateur, name="pilotage-indicateur"),
    path("releves/", vues.liste, name="pilotage-releves"),
    path("releves/<int:releve>/", vues.releve, name="pilotage-releve"),
    path("resultats/", vues_des_resultats.resultats, name="pilotage-resultats"),
    path("resultats.csv", vues_des_resultats.resultats_csv, name="pilotage-resultats-csv"),
]
