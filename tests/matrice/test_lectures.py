"""Every address that opens a dossier, or what it holds, leaves its trace: a new one that forgets fails here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from binome.lectures import cahier
from binome.lectures.services import NOTEES
from tests.matrice.lecture_seule import lecture_seule
from tests.matrice.objets import entrer, preparer
from tests.matrice.table import lire

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from tests.dossiers.monde import Monde

_, LIGNES = lire()
AUTRES: Final = {
    "espace/argent/listes/<slug:nom>/": "des factures et des sommes, comme une liste : aucun dossier n’est ouvert",
    "espace/contrats-d-aide/<int:numero>/echeances/<int:rang>/": "une échéance d’un contrat d’aide : aucun dossier",
    "espace/contrats-d-aide/<int:numero>/et-si/": "le même",
    "espace/contrats-d-aide/<int:numero>/evenements/<int:rang>/": "un contrat d’aide, à ses deux parties : aucun dossier",
    "espace/contrats-d-aide/<int:numero>/evenements/nouveau/": "un formulaire du même",
    "espace/contrats-d-aide/<int:numero>/medecins/<int:rang>/sortie/": "le même",
    "espace/contrats-d-aide/<int:numero>/medecins/nouveau/": "le même",
    "espace/contrats-d-aide/<int:numero>/objectif/": "le même",
    "espace/contrats-d-aide/<int:numero>/patientele/": "le même",
    "espace/contrats-d-aide/<int:numero>/personnes/<int:rang>/depart/": "le même",
    "espace/contrats-d-aide/<int:numero>/personnes/nouvelle/": "le même",
    "espace/contrats-d-aide/<int:numero>/suite/": "le même",
    "espace/confirmations/<int:numero>/": "des références, sans nom ni pièce",
    "espace/creneaux/<uuid:uid>/code/": "un code, et des nombres",
    "espace/sessions/<int:numero>/presences/": "des créneaux, et des noms comme une liste",
    "espace/parcours/<int:numero>/presences.pdf": "un parcours, comme sa page",
    "espace/parcours/<int:numero>/presences.csv": "le même, par module",
    "espace/parcours/<int:numero>/presences.xlsx": "le même",
    "espace/sessions/<int:numero>/tableau/": "des noms, et leurs heures, sans dossier",
    "espace/sessions/<int:numero>/tableau.csv": "les mêmes",
    "espace/sessions/<int:numero>/tableau.xlsx": "les mêmes",
    "espace/sessions/<int:numero>/tableau.pdf": "les mêmes, scellés",
    "espace/creneaux/<uuid:uid>/presences/": "une liste de noms, sans dossier",
    "espace/creneaux/<uuid:uid>/feuille.pdf": "des noms, comme une liste",
    "espace/creneaux/<uuid:uid>/papier/": "des feuilles, sans leurs noms",
    "espace/creneaux/<uuid:uid>/papier/<int:numero>/": "des noms, comme une liste, et qui a signé",
    "espace/creneaux/<uuid:uid>/papier/<int:numero>/fichier/": "la feuille signée d’un groupe",
    "espace/creneaux/<uuid:uid>/tablette/": "des noms, comme une liste, et qui a signé",
    "espace/epreuves/creneaux/<uuid:uid>/": "des noms, comme une liste, et les grilles de qui les remplit",
    "espace/epreuves/sessions/<int:numero>/": "des noms, et où en est chaque épreuve, sans dossier",
    "espace/epreuves/parcours/<int:numero>/avis/": "son propre avis, à qui le donne",
    "espace/titres/jurys/<int:numero>/": "des noms, comme une liste, et leurs numéros",
    "espace/imports/<int:pk>/": "un fichier d’organisme : pas encore de dossier",
    "espace/jurys/<int:numero>/": "des noms, comme une liste, et ce qui est proposé de leurs blocs",
    "espace/jurys/<int:numero>/places/": "qui peut siéger : aucun dossier",
    "espace/jurys/<int:numero>/presenter/": "une liste de noms, comme celle des dossiers",
    "espace/jurys/<int:numero>/regler/": "un jour et un lieu",
    "espace/jurys/membres/<int:numero>/": "qui siège, à la branche qui l’a dit",
    "espace/pilotage/indicateurs/<slug:indicateur>/": "des nombres, sans personne",
    "espace/pilotage/releves/<int:releve>/": "les mêmes, d’un mois",
    "espace/livret/<int:numero>/": "le livret, aux deux personnes qui l’écrivent",
    "espace/livret/<int:numero>/livret.pdf": "le même, scellé",
    "espace/livret/<int:numero>/papier.pdf": "des cartes à remplir, au binôme",
    "espace/livret/<int:numero>/papier/": "des pages envoyées, à ceux qui les remplissent",
    "espace/livret/<int:numero>/papier/<int:page>/": "la carte remplie à la main, aux mêmes",
    "espace/livret/<int:numero>/papier/<int:page>/fichier/": "la même",
    "espace/livret/<int:numero>/tuteur/": "qui suit la formation au cabinet, au binôme",
    "espace/passeport/lots/<int:numero>/": "des noms, comme une liste",
    "espace/points/<int:numero>/lever/": "une position de la branche",
    "espace/rejeu/<int:numero>/": "des références et des issues",
    "espace/rejeu/<int:numero>/export/": "les mêmes",
    "espace/reseau/appels/<int:numero>/": "un appel de la branche",
    "espace/reseau/candidatures/<int:numero>/": "la réponse d’un organisme, à lui-même",
    "espace/reseau/sites/<int:numero>/": "un lieu",
    "espace/reseau/formateurs/<int:numero>/": "qui forme, à l’organisme qui l’a dit : aucun dossier",
    "espace/sessions/<int:numero>/": "une liste de noms, comme celle des dossiers : aucun n’est ouvert",
    "espace/sessions/<int:numero>/calendrier.ics": "des jours et des heures, sans nom",
    "espace/sessions/parcours/<int:numero>/calendrier.ics": "les mêmes",
    "espace/sessions/<int:numero>/creneau/": "un formulaire de calendrier",
    "espace/sessions/<int:numero>/serie/": "le même",
    "espace/sessions/<int:numero>/inscrire/": "une liste de noms, comme celle des dossiers",
    "espace/sessions/creneaux/<uuid:uid>/": "la même",
    "espace/suivis/<slug:flux>/": "le flux de la pièce d’essai : aucune personne",
    "espace/suivis/<slug:flux>/<int:numero>/": "le même",
}
"""The addresses of an object that is nobody's dossier, and what they show instead."""
ROLES: Final = ("gestionnaire", "formateur", "employeur", "examinateur", "jury", "administrateur")

pytestmark = pytest.mark.sqlite


def _notees(place: Path) -> list[dict[str, Any]]:
    chemin = place / cahier.NOM
    texte = chemin.read_text(encoding="utf-8") if chemin.exists() else ""
    return [json.loads(ligne) for ligne in texte.splitlines() if ligne]


def test_chaque_adresse_d_un_dossier_laisse_sa_trace(
    monde: Monde, tmp_path: Path, settings: Settings
) -> None:
    settings.LECTURES = tmp_path / "lectures"
    objets = preparer(monde)
    lues = [
        une
        for une in LIGNES
        if une.methode == "GET" and une.adresse.startswith("espace/") and "<" in une.adresse
    ]
    assert AUTRES.keys() <= {une.adresse for une in lues}, "une exception ne sert plus"
    oublis, suivies = [], 0
    for role in ROLES:
        personne = objets.qui[role]
        assert personne is not None
        client = entrer(personne)
        for une in lues:
            if une.attendus[role] != 200 or une.adresse in AUTRES:
                continue
            NOTEES.oublier()
            avant = len(_notees(settings.LECTURES))
            with lecture_seule():
                assert client.get(objets.chemin(une.adresse)).status_code == 200
            neuves = _notees(settings.LECTURES)[avant:]
            suivies += 1
            if not any(ligne["personne"] == personne.pk and ligne["role"] for ligne in neuves):
                oublis.append(f"{une} pour {role} : {neuves}")
    assert not oublis, "ces adresses ne disent pas qui a ouvert :\n" + "\n".join(oublis)
    assert suivies > 20
