"""What was signed and counter-signed, on paper: the sheet of a slot, or all the slots of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from binome.regles.calendrier import date_en_clair

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class PapierDePresence:
    """A table under a title: `entete` says of what, `notes` what a reader should know. Each of `rangs` has as many cells as
    `colonnes`."""

    titre: str
    emetteur: str
    entete: tuple[str, ...]
    colonnes: tuple[str, ...]
    rangs: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    le: date
    exemple: bool = False


def contenu_du_papier(papier: PapierDePresence) -> dict[str, Any]:
    """What the template writes."""
    return {
        "titre": papier.titre,
        "emetteur": papier.emetteur,
        "phrase": papier.entete[0],
        "regles": " ".join(papier.entete[1:]),
        "sans_valeur": "Personnes inventées : ce papier est un exemple, sans valeur."
        if papier.exemple
        else "",
        "colonnes": list(papier.colonnes),
        "rangs": [list(un) for un in papier.rangs],
        "notes": list(papier.notes),
        "mention": "Papier scellé : toute modification du fichier rompt le sceau.",
        "pied": f"Édité le {date_en_clair(papier.le)}.",
        "date": [papier.le.year, papier.le.month, papier.le.day],
    }
