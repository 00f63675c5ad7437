"""The addresses of imports, under `/espace/imports/`."""

from __future__ import annotations

from django.urls import path

from binome.imports import views

urlpatterns = [
    path("", views.liste, name="imports"),
    path("modele.xlsx", views.modele_xlsx, name="import-modele"),
    path("modele.csv", views.modele_en_csv, name="import-modele-csv"),
    path("<int:pk>/", views.un_import, name="import"),
    path("<int:pk>/lignes/<int:numero>/", views.ligne, name="import-ligne"),
    path("<int:pk>/creer/", views.creer, name="import-creer"),
    path("<int:pk>/avancer/", views.faire_avancer, name="import-avancer"),
    path("<int:pk>/abandonner/", views.abandon, name="import-abandonner"),
]
