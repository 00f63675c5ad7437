"""The addresses of the kit."""

from __future__ import annotations

from django.urls import path

from binome.site.kit import documents, views

urlpatterns = [
    path("", views.kit, name="kit"),
    path("annexe/", views.annexe, name="kit-annexe"),
    path("annexe.pdf", documents.annexe, name="kit-annexe-pdf"),
    path("copier/", views.copier, name="kit-copier"),
    path("<slug:public>/", views.public, name="kit-public"),
    path("<slug:public>/fiche.pdf", documents.fiche, name="kit-fiche"),
    path("<slug:public>/affiche.pdf", documents.affiche, name="kit-affiche"),
]
