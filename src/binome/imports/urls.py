"""The addresses of imports, under `/espace/imports/`."""

from __future__ import annotations

from django.urls import path

from binome.imports.vues import reception, suivi

urlpatterns = [
    path("", reception.liste, name="imports"),
    path("modele.xlsx", reception.modele_xlsx, name="import-modele"),
    path("modele.csv", reception.modele_en_csv, name="import-modele-csv"),
    path("<int:pk>/", suivi.un_import, name="import"),
    path("<int:pk>/lignes/<int:numero>/", suivi.ligne, name="import-ligne"),
    path("<int:pk>/creer/", suivi.creer, name="import-creer"),
    path("<int:pk>/avancer/", suivi.faire_avancer, name="import-avancer"),
    path("<int:pk>/abandonner/", suivi.abandon, name="import-abandonner"),
]
