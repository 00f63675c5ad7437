"""The addresses of the open data."""

from __future__ import annotations

from django.urls import path

from binome.donnees_ouvertes import vues

urlpatterns = [
    path("", vues.catalogue, name="donnees"),
    path("datapackage.json", vues.paquet, name="donnees-paquet"),
    path("catalogue.jsonld", vues.dcat, name="donnees-dcat"),
    path("<slug:nom>.csv", vues.fichier_csv, name="donnees-csv"),
    path("<slug:nom>.schema.json", vues.schema, name="donnees-schema"),
    path("<slug:nom>.json-stat.json", vues.jsonstat, name="donnees-jsonstat"),
    path("<slug:nom>/", vues.jeu, name="donnees-jeu"),
    path("<slug:nom>/<str:empreinte>.csv", vues.millesime, name="donnees-millesime"),
    path(
        "<slug:nom>/<str:empreinte>.schema.json",
        vues.schema_du_millesime,
        name="donnees-millesime-schema",
    ),
]
