"""The addresses of the rules."""

from __future__ import annotations

from django.urls import path

from binome.site.regles import views, vues_autour

urlpatterns = [
    path("regles/", views.regles, name="regles"),
    path("regles/comparer/", views.comparaison, name="comparer"),
    path("regles/<str:identifiant>/", views.regle, name="regle"),
    path("referentiels/", vues_autour.referentiels, name="referentiels"),
    path("referentiels/<str:identifiant>/", vues_autour.referentiel, name="referentiel"),
    path("reformes/", vues_autour.reformes, name="reformes"),
    path("ecarts/", vues_autour.ecarts, name="ecarts"),
    path("ecarts/totaux/", vues_autour.totaux, name="totaux"),
]
