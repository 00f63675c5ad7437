"""The addresses of replays."""

from __future__ import annotations

from django.urls import path

from binome.rejeux import views

urlpatterns = [
    path("", views.rejeux, name="rejeux"),
    path("<int:numero>/", views.rejeu, name="rejeu"),
    path("<int:numero>/export/", views.exporter, name="exporter-rejeu"),
]
