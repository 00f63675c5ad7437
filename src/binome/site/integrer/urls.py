"""The addresses of the frame."""

from __future__ import annotations

from django.urls import path

from binome.site.integrer import views

urlpatterns = [path("<slug:code>/", views.cadre, name="integrer")]
