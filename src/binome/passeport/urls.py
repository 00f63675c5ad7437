"""The addresses of the passeport, for members, under `/espace/passeport/`."""

from __future__ import annotations

from django.urls import path

from binome.passeport.vues import branche, etat_civil, reglages

urlpatterns = [
    path("", branche.passeport, name="passeport"),
    path("lots/", branche.preparer_un_lot, name="preparer-un-lot"),
    path("lots/<int:numero>/", branche.lot, name="lot-du-passeport"),
    path("lots/<int:numero>/fichier/", branche.fichier, name="fichier-du-lot"),
    path("lots/<int:numero>/depot/", branche.dire_le_depot, name="depot-du-lot"),
    path("lots/<int:numero>/abandon/", branche.abandonner_le_lot, name="abandon-du-lot"),
    path("accuses/", branche.lire_un_accuse, name="accuses-du-passeport"),
    path(
        "declarations/<int:numero>/de-nouveau/",
        branche.declarer_de_nouveau,
        name="declarer-de-nouveau",
    ),
    path(
        "declarations/<int:numero>/suppression/",
        branche.dire_la_suppression,
        name="suppression-du-passeport",
    ),
    path("reglages/", reglages.reglages_du_passeport, name="reglages-du-passeport"),
    path("reglages/schema/", reglages.schema_du_passeport, name="schema-du-passeport"),
    path("etats-civils/", etat_civil.etats_civils, name="etats-civils"),
    path("etats-civils/<int:numero>/", etat_civil.etat_civil, name="etat-civil"),
]
