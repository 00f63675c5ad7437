"""What a list keeps, in words: for who takes it away, or looks at it later."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from binome.bureau.filtres import ALERTES, FILES, SUIVIS, TOUS, voies
from binome.bureau.marques import marque_de
from binome.bureau.recherche import organismes
from binome.dossiers.etats import Etat
from binome.regles.calendrier import date_en_clair
from binome.typographie import majuscule

if TYPE_CHECKING:
    from binome.bureau.filtres import FiltreDeDossiers

ECHEANCE: Final = "echeance"


def en_mots(filtre: FiltreDeDossiers) -> list[tuple[str, str]]:
    """Each filter that leaves something out: its name, and what it keeps."""
    dits = [
        ("File ou état", "" if filtre.etat == TOUS else _etat(filtre.etat)),
        ("Organisme", dict(organismes()).get(filtre.organisme or 0, "")),
        ("Réponse", majuscule(voies().get(filtre.voie, ""))),
        ("Alertes", ALERTES.get(filtre.alertes, "")),
        ("Qui l’examine", SUIVIS.get(filtre.suivi, "")),
        ("À lire", _marque(filtre.marque)),
        ("Session souhaitée", filtre.session),
        ("Entrée en formation", _mois(filtre.mois)),
        ("Échéance", "Ceux qui en ont une" if filtre.tri == ECHEANCE else ""),
        ("Recherche", f"« {filtre.q} »" if filtre.q else ""),
    ]
    return [(nom, mots) for nom, mots in dits if mots]


def _etat(code: str) -> str:
    return FILES.get(code) or dict(Etat.choices).get(code, "")


def _marque(code: str) -> str:
    marque = marque_de(code)
    return "" if marque is None else marque.titre


def _mois(dit: str) -> str:
    return date_en_clair(date.fromisoformat(f"{dit}-01")).partition(" ")[2] if dit else ""
