"""The addresses of the projection."""

from __future__ import annotations

from django.urls import path

from binome.site.projection import views

urlpatterns = [
    path("", views.projection, name="projection"),
    path("score/", views.score, name="projection-score"),
    path("essayer/", views.essayer, name="projection-essayer"),
]
