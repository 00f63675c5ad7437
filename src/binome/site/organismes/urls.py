"""The addresses of the training organisations."""

from __future__ import annotations

from django.urls import path

from binome.site.organismes import views

urlpatterns = [
    path("", views.annuaire, name="organismes"),
    path("<slug:slug>/", views.organisme, name="organisme"),
]
