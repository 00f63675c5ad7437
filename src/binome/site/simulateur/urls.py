"""The addresses of the simulator."""

from __future__ import annotations

from django.urls import path

from binome.site.simulateur import views

urlpatterns = [
    path("<slug:code>/", views.question, name="question"),
    path("<slug:code>/resultat/", views.resultat, name="resultat"),
]
