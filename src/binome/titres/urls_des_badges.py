"""The public addresses that a badge names, under `/badges/`: for ever the same."""

from __future__ import annotations

from django.urls import path

from binome.titres.vues import badges

urlpatterns = [
    path("did.json", badges.cles, name="cles-des-badges"),
    path("etats/<int:liste>/", badges.etats, name="etats-des-badges"),
]
