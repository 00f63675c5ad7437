"""The addresses of the way to become an employer."""

from __future__ import annotations

from django.urls import path

from binome.site.employeur import documents, views

urlpatterns = [
    path("", views.guide, name="employeur"),
    path("fiche-de-poste/", views.fiche, name="employeur-fiche"),
    path("comparer/", views.comparer, name="employeur-comparer"),
    path("dossier.pdf", documents.pdf, name="employeur-pdf"),
    path("dates.ics", documents.calendrier, name="employeur-ics"),
]
