"""The address of exports, `/espace/exports/`."""

from __future__ import annotations

from django.urls import path

from binome.exports import views

urlpatterns = [path("", views.exports, name="exports")]
