"""The addresses of aid contracts, for members, under `/espace/contrats-d-aide/`."""

from __future__ import annotations

from django.urls import path

from binome.contrats_d_aide.vues import contrats, essais, gens, groupement, medecins

urlpatterns = [
    path("", contrats.accueil, name="contrats-d-aide"),
    path("nouveau/", contrats.nouveau, name="preparer-un-contrat"),
    path("echeances/", medecins.echeances, name="echeances-des-contrats"),
    path("groupement/", groupement.tableau, name="contrats-du-groupement"),
    path("groupement/parts/<int:rang>/", groupement.partir, name="depart-du-groupement"),
    path("<int:numero>/modifier/", contrats.changer, name="modifier-un-contrat"),
    path("<int:numero>/et-si/", essais.essayer, name="essayer-la-suite"),
    path("<int:numero>/suite/", contrats.suite, name="suite-d-un-contrat"),
    path("<int:numero>/personnes/nouvelle/", gens.ajouter, name="ajouter-au-contrat"),
    path("<int:numero>/personnes/<int:rang>/depart/", gens.partir, name="depart-du-contrat"),
    path("<int:numero>/evenements/nouveau/", gens.dire_un_evenement, name="evenement-du-contrat"),
    path("<int:numero>/evenements/<int:rang>/", gens.rectifier, name="rectifier-un-evenement"),
    path("<int:numero>/echeances/<int:rang>/", gens.tenir, name="tenir-une-echeance"),
    path("<int:numero>/medecins/nouveau/", gens.entrer, name="entree-dans-un-contrat"),
    path("<int:numero>/medecins/<int:rang>/sortie/", gens.sortir, name="sortie-d-un-contrat"),
    path("<int:numero>/objectif/", gens.viser, name="objectif-du-contrat"),
    path("<int:numero>/patientele/", gens.relever, name="patientele-du-contrat"),
]
