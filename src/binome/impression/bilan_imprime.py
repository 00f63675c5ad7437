"""The bilan pédagogique et financier on paper: each frame and its lines, and what is left to who signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from datetime import date

SPECIMEN: Final = "SPÉCIMEN : personnes et chiffres d’exemple, sans valeur."


@dataclass(frozen=True)
class CadreImprime:
    """A frame: its letter, its lines as code, words, people, hours, euros."""

    cadre: str
    lignes: tuple[tuple[str, str, str, str, str], ...]


@dataclass(frozen=True)
class BilanImprime:
    """What the paper says; days both included."""

    organisme: str
    siret: str
    du: date
    au: date
    le: date
    cadres: tuple[CadreImprime, ...]
    totaux: str
    a_resoudre: tuple[str, ...]
    essai: bool = False


def contenu_du_bilan(un: BilanImprime) -> dict[str, Any]:
    """What the template writes."""
    siret = f", SIRET {un.siret}" if un.siret else ""
    return {
        "titre": "Bilan pédagogique et financier",
        "emetteur": un.organisme,
        "phrase": f"Exercice du {date_en_clair(un.du)} au {date_en_clair(un.au)}{siret}.",
        "regles": "Préparation du Cerfa 10443*17 : ce papier ne se dépose pas, il aide à remplir la télédéclaration.",
        "sans_valeur": SPECIMEN if un.essai else "",
        "cadres": [
            {"titre": f"Cadre {cadre.cadre}", "lignes": [list(ligne) for ligne in cadre.lignes]}
            for cadre in un.cadres
        ],
        "totaux": un.totaux,
        "a_resoudre": list(un.a_resoudre),
        "mention": SPECIMEN if un.essai else "Calculé par Binôme d’heures prouvées et de factures émises.",
        "pied": f"Édité le {date_en_clair(un.le)}.",
        "date": [un.le.year, un.le.month, un.le.day],
    }  # fmt: skip
