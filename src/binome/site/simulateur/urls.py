"""The addresses of the simulator."""

from __future__ import annotations

from django.urls import path

from binome.site.simulateur import autres, documents, views

urlpatterns = [
    path("essai/<slug:certification>/", autres.question, name="question-d-essai"),
    path("essai/<slug:certification>/resultat/", autres.resultat, name="resultat-d-essai"),
    path("<slug:code>/", views.question, name="question"),
    path("<slug:code>/resultat/", views.resultat, name="resultat"),
    path("<slug:code>/comparer/", views.comparer, name="comparer-deux"),
    path("<slug:code>/resultat.pdf", documents.pdf, name="resultat-pdf"),
    path("<slug:code>/formation.ics", documents.calendrier_ics, name="calendrier-ics"),
]
