"""The addresses of the report's tables."""

from __future__ import annotations

from django.urls import path

from binome.rapport import vues

urlpatterns = [
    path("", vues.tableaux, name="rapport"),
    path("<slug:code>/", vues.tableau, name="rapport-tableau"),
]
