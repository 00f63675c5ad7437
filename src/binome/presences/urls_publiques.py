"""The addresses of who signs on their telephone, under `/signer/`."""

from __future__ import annotations

from django.urls import path

from binome.presences.vues import signer

urlpatterns = [
    path("", signer.entree, name="signer"),
    path("creneau/<uuid:uid>/", signer.un_creneau, name="signer-creneau"),
    path("<str:adresse>/", signer.scanner, name="signer-code"),
]
