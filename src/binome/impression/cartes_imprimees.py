"""The cards of a few weeks on paper: boxes to tick, a line to write, two signatures, and a square that names each week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from binome.impression.feuille_de_presence import carre
from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class SemaineAImprimer:
    """The card of a week: its first and last day, the competences proposed, and the address that its square holds."""

    lundi: date
    dimanche: date
    competences: tuple[str, ...]
    adresse: str


@dataclass(frozen=True)
class CartesImprimees:
    """A page a week; `reponses` are the words above the boxes."""

    personne: str
    semaines: tuple[SemaineAImprimer, ...]
    reponses: tuple[str, ...]
    le: date
    exemple: bool = False


def contenu_des_cartes(cartes: CartesImprimees) -> dict[str, Any]:
    """What the template writes."""
    return {
        "titre": "Cartes de la semaine",
        "emetteur": "Binôme",
        "phrase": cartes.personne,
        "regles": "Une page par semaine. Cochez une case par ligne, signez tous les deux, photographiez la page entière.",
        "sans_valeur": "Personnes inventées : ces cartes sont un exemple, sans valeur."
        if cartes.exemple
        else "",
        "reponses": list(cartes.reponses),
        "semaines": [
            {
                "titre": f"Du {date_en_clair(une.lundi)} au {date_en_clair(une.dimanche)}",
                "competences": list(une.competences),
                "carre": carre(une.adresse),
            }
            for une in cartes.semaines
        ],
        "mention": f"{'Exemple, sans valeur. ' if cartes.exemple else ''}Cartes : {cartes.personne}",
        "pied": f"Édité le {date_en_clair(cartes.le)}.",
        "date": [cartes.le.year, cartes.le.month, cartes.le.day],
    }
