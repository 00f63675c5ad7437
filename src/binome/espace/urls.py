"""The address of a member's own space, `/espace/`."""

from __future__ import annotations

from django.urls import path

from binome.espace import views

urlpatterns = [path("", views.accueil, name="espace")]
