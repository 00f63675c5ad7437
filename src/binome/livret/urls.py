"""The addresses of the booklet, for members, under `/espace/livret/`."""

from __future__ import annotations

from django.urls import path

from binome.livret.vues import carte

urlpatterns = [
    path("<int:numero>/", carte.livret, name="livret"),
    path("<int:numero>/envois/", carte.envois, name="envois-du-livret"),
]
