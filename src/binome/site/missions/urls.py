"""The addresses of the job."""

from __future__ import annotations

from django.urls import path

from binome.site.missions import views

urlpatterns = [
    path("", views.missions, name="missions"),
    path("<str:code>/", views.mission, name="mission"),
]
