"""The public addresses of the room: anybody verifies a title there, without an account."""

from __future__ import annotations

from django.urls import path

from binome.titres.vues import verifier

urlpatterns = [
    path("", verifier.verifier, name="verifier"),
    path("<str:jeton>/", verifier.titre, name="verifier-un-titre"),
    path("<str:jeton>/preuves.json", verifier.preuves, name="preuves-d-un-titre"),
]
