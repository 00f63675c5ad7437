"""The address of sealed letters, `/espace/lettres/`."""

from __future__ import annotations

from django.urls import path

from binome.lettres import views

urlpatterns = [
    path("<int:numero>/", views.lettre, name="lettre"),
    path("suite/<int:numero>/", views.lettre_de_suite, name="lettre-de-suite"),
]
