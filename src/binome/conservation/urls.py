"""The addresses of « Vos données »."""

from __future__ import annotations

from django.urls import path

from binome.conservation import views

urlpatterns = [
    path("", views.donnees, name="donnees"),
    path("export/", views.exporter, name="exporter-donnees"),
    path("cloture/", views.clore, name="clore-compte"),
    path("effacement/", views.effacer, name="effacer-donnees"),
]
