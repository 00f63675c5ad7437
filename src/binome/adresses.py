"""Every address of the house: the API, then the public pages."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("binome.site.urls")),
]
handler400 = "binome.site.erreurs.demande_invalide"
handler403 = "binome.site.erreurs.interdit"
handler404 = "binome.site.erreurs.introuvable"
handler500 = "binome.site.erreurs.panne"
