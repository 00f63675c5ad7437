"""The address that a calendar reads by itself, under `/calendrier/`."""

from __future__ import annotations

from django.urls import path

from binome.sessions.vues import abonnement

urlpatterns = [
    path("<str:jeton>/creneaux.ics", abonnement.calendrier, name="calendrier-abonne"),
]
