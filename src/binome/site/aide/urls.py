"""The addresses of the aid contract, behind the employer's door."""

from __future__ import annotations

from django.urls import path

from binome.site.aide import documents, views

urlpatterns = [
    path("", views.question, name="aide"),
    path("resultat/", views.resultat, name="aide-resultat"),
    path("comparer/", views.comparer, name="aide-comparer"),
    path("cinq-ans.pdf", documents.pdf, name="aide-pdf"),
    path("echeances.ics", documents.calendrier, name="aide-ics"),
]
