"""The addresses of the booklet, for members, under `/espace/livret/`."""

from __future__ import annotations

from django.urls import path

from binome.livret.vues import branche, carnet, carte, organisme, papier, reglages

urlpatterns = [
    path("", organisme.livrets, name="livrets"),
    path("taches/", branche.taches, name="taches-signalees"),
    path("<int:numero>/tuteur/", reglages.tuteur, name="tuteur-du-livret"),
    path("<int:numero>/rappel/", reglages.rappel, name="rappel-du-livret"),
    path("<int:numero>/notifications/", reglages.notifications, name="notifications-du-livret"),
    path("<int:numero>/", carte.livret, name="livret"),
    path("<int:numero>/signees/", carte.signees, name="cartes-signees"),
    path("<int:numero>/livret.pdf", carnet.carnet, name="livret-en-pdf"),
    path("<int:numero>/papier.pdf", papier.imprimer, name="cartes-a-remplir"),
    path("<int:numero>/papier/", papier.papier, name="papier-du-livret"),
    path("<int:numero>/papier/<int:page>/", papier.page, name="carte-scannee"),
    path("<int:numero>/papier/<int:page>/ecarter/", papier.ecarter, name="ecarter-la-carte"),
    path("<int:numero>/papier/<int:page>/fichier/", papier.fichier, name="fichier-de-la-carte"),
    path("<int:numero>/carte/", carte.carte, name="carte-du-livret"),
    path("<int:numero>/envois/", carte.envois, name="envois-du-livret"),
    path(
        "<int:numero>/signatures/<int:signature>/contester/",
        carte.contester,
        name="contester-une-signature-de-carte",
    ),
]
