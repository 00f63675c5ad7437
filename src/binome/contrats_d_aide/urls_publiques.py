"""The address that a calendar reads by itself, under `/calendrier/`."""

from __future__ import annotations

from django.urls import path

from binome.contrats_d_aide.vues import calendrier

urlpatterns = [
    path("<str:jeton>/contrats.ics", calendrier.lire, name="echeances-abonnees"),
]
