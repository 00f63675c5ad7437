"""The addresses of the proofs."""

from __future__ import annotations

from django.urls import path

from binome.site.preuves import views

urlpatterns = [
    path("", views.preuves, name="preuves"),
    path("preuves.json", views.tout, name="preuves-json"),
    path("verifier_une_preuve.py", views.verifieur, name="preuves-verifieur"),
    path("autorites.pem", views.autorites, name="preuves-autorites"),
    path("<int:numero>/annonce.json", views.annonce, name="preuves-annonce"),
    path("<int:numero>/<int:rang>.tsr", views.jeton, name="preuves-jeton"),
]
