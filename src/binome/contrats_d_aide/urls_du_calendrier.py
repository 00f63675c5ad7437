"""The calendar of contracts, under `/espace/calendrier-des-contrats/`."""

from __future__ import annotations

from django.urls import path

from binome.contrats_d_aide.vues import calendrier

urlpatterns = [
    path("", calendrier.reglages, name="calendrier-des-contrats"),
    path("ouvrir/", calendrier.ouvrir, name="ouvrir-le-calendrier-des-contrats"),
    path("fermer/", calendrier.fermer, name="fermer-le-calendrier-des-contrats"),
]
