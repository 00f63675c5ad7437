"""« Et maintenant » : the next three steps of an answer, dated, each with who, where and how long."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from binome.regles.calendrier import date_en_clair
from binome.site.simulateur.etapes_suivantes import dans_combien, lire_les_etapes

if TYPE_CHECKING:
    from datetime import date

    from binome.regles.metiers.positionnement import Positionnement
    from binome.site.simulateur.etapes_suivantes import EtapeSuivante, Moment
    from binome.site.simulateur.portes import Porte

FICHIER: Final = Path(__file__).parent / "etapes.yaml"
EMPLOYEUR: Final = "entree.employeur"
"""The rule that says whether the person has the employer that the training asks for."""


def etapes() -> tuple[EtapeSuivante, ...]:
    """Every step, in the order of the file. Raises BaseInvalide."""
    return lire_les_etapes(FICHIER)


def _quand(moment: Moment, entree: date | None, aujourd_hui: date) -> str:
    if moment == "maintenant":
        return f"Dès aujourd’hui, {date_en_clair(aujourd_hui)}"
    if entree is None:
        return "Avant d’entrer en formation"
    if entree <= aujourd_hui:
        return f"L’entrée était le {date_en_clair(entree)}"
    dit = f"{date_en_clair(entree)}, {dans_combien(entree, aujourd_hui)}"
    return f"Avant le {dit}" if moment == "avant" else f"À partir du {date_en_clair(entree)}"


def maintenant(reponse: Positionnement, porte: Porte, aujourd_hui: date) -> list[dict[str, Any]]:
    """The steps of an answer for who asks it; none where the route asks for nothing."""
    employeur = EMPLOYEUR in reponse.aussi
    return [
        une.en_page(_quand(une.quand, reponse.au, aujourd_hui))
        for une in etapes()
        if reponse.voie in une.reponses
        and porte.code in une.portes
        and (une.employeur is None or une.employeur == employeur)
    ]
