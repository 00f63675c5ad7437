"""The addresses of messages, notes and templates, under `/espace/`."""

from __future__ import annotations

from django.urls import path

from binome.messagerie import views

urlpatterns = [
    path("dossiers/<str:reference>/mots/", views.ecrire, name="ecrire-un-mot"),
    path("dossiers/<str:reference>/mots/lus/", views.dire_lus, name="dire-lus"),
    path("modeles/", views.modeles, name="modeles"),
    path("modeles/<int:numero>/", views.corriger, name="corriger-modele"),
    path("modeles/<int:numero>/oter/", views.oter, name="oter-modele"),
]
