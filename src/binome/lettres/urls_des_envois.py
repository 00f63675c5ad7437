"""The addresses of mails that wait or never arrived, `/espace/courriels/`."""

from __future__ import annotations

from django.urls import path

from binome.lettres import vues_des_envois as vues

urlpatterns = [
    path("", vues.liste, name="envois"),
    path("<int:numero>/<slug:nom>/", vues.geste, name="geste-d-envoi"),
]
