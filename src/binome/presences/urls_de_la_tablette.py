"""The addresses of a slot's tablet and of its paper, under `/espace/creneaux/`."""

from __future__ import annotations

from django.urls import path

from binome.presences import papier_vues, tablette

urlpatterns = [
    path("<uuid:uid>/tablette/", tablette.tablette, name="tablette"),
    path("<uuid:uid>/signatures/", tablette.signatures, name="signatures-du-creneau"),
    path("<uuid:uid>/feuille.pdf", papier_vues.imprimer, name="feuille-a-signer"),
    path("<uuid:uid>/papier/", papier_vues.papier, name="papier"),
    path("<uuid:uid>/papier/<int:numero>/", papier_vues.feuille, name="feuille-scannee"),
    path("<uuid:uid>/papier/<int:numero>/ecarter/", papier_vues.ecarter, name="ecarter-la-feuille"),
    path(
        "<uuid:uid>/papier/<int:numero>/fichier/", papier_vues.fichier, name="fichier-de-la-feuille"
    ),
]
