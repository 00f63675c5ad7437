"""The addresses of the pages that a flow has by its table alone."""

from __future__ import annotations

from django.urls import path

from binome.gestes import vues

urlpatterns = [
    path("<slug:flux>/", vues.liste, name="suivis"),
    path("<slug:flux>/ensemble/<slug:nom>/", vues.ensemble, name="suivis-ensemble"),
    path("<slug:flux>/<int:numero>/", vues.objet, name="suivi"),
    path("<slug:flux>/<int:numero>/<slug:nom>/", vues.geste, name="geste-de-suivi"),
]
