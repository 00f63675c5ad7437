"""The addresses of the simulator."""

from __future__ import annotations

from django.urls import path

from binome.site.simulateur import documents, views

urlpatterns = [
    path("<slug:code>/", views.question, name="question"),
    path("<slug:code>/resultat/", views.resultat, name="resultat"),
    path("<slug:code>/resultat.pdf", documents.pdf, name="resultat-pdf"),
    path("<slug:code>/formation.ics", documents.calendrier_ics, name="calendrier-ics"),
]
