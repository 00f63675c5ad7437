"""The addresses of a slot's tablet, under `/espace/creneaux/`."""

from __future__ import annotations

from django.urls import path

from binome.presences import tablette

urlpatterns = [
    path("<uuid:uid>/tablette/", tablette.tablette, name="tablette"),
    path("<uuid:uid>/signatures/", tablette.signatures, name="signatures-du-creneau"),
]
