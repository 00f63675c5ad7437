"""The addresses of agreements, for members, under `/espace/prises-en-charge/`."""

from __future__ import annotations

from django.urls import path

from binome.prises_en_charge.vues import demande, employeur, etats, tables

urlpatterns = [
    path("", tables.accueil, name="prises-en-charge"),
    path("baremes/", tables.baremes, name="baremes-du-financeur"),
    path("fonds/", tables.enveloppe, name="fonds-du-financeur"),
    path("conges/", employeur.dire_des_conges, name="dire-des-conges"),
    path("conges/retirer/", employeur.retirer_des_conges, name="retirer-des-conges"),
    path("accepter/", etats.accepter, name="accepter-des-mois"),
    path("reprendre/", etats.reprendre, name="reprendre-des-mois"),
    path("parcours/<int:numero>/", demande.demander, name="demander-une-prise-en-charge"),
    path("mois/<int:numero>/certificat/", etats.certifier, name="certifier-un-mois"),
    path("certificats/<int:numero>/certificat.pdf", etats.papier, name="papier-d-un-certificat"),
    path("<int:numero>/modifier/", demande.changer, name="modifier-une-prise-en-charge"),
    path("<int:numero>/avenant/", demande.amender, name="amender-une-prise-en-charge"),
    path("<int:numero>/documents/", demande.joindre_un_document, name="joindre-a-une-prise-en-charge"),
    path("<int:numero>/documents/<int:rang>/", demande.document, name="document-d-une-prise-en-charge"),
    path("<int:numero>/formulaire/", demande.formulaire, name="formulaire-d-une-prise-en-charge"),
]  # fmt: skip
