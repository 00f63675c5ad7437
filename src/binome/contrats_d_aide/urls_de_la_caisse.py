"""The addresses of a caisse, under `/espace/caisse/contrats/`."""

from __future__ import annotations

from django.urls import path

from binome.contrats_d_aide.vues import caisse, medecins, table_recue

urlpatterns = [
    path("", caisse.tableau, name="contrats-de-la-caisse"),
    path("contrats.csv", caisse.en_csv, name="contrats-de-la-caisse-en-csv"),
    path("regles/", caisse.recomptes, name="recomptes-de-la-caisse"),
    path("versements/", caisse.versements, name="versements-de-la-caisse"),
    path("medecins/<int:numero>/", medecins.compte, name="medecin-de-la-caisse"),
    path("importer/", table_recue.importer, name="importer-des-contrats"),
    path("importer/corriger/", table_recue.mender, name="corriger-des-contrats"),
    path("importer/modele.xlsx", table_recue.modele, name="modele-de-contrats"),
]
