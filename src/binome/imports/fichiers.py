"""The template, and the file that comes back."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from binome.bureau.colonnes import colonnes
from binome.echanges.modele import classeur_modele, csv_modele
from binome.echanges.recu import Recu
from binome.lots.avis import ne_rien_dire

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from binome.lots.avis import Dire

VIDE: Final = ("Cellule vide", "Elle ne dit rien : ce que le dossier contient déjà reste.")


def modele(certification: str = "") -> bytes:
    """The template of a certification: an empty sheet with its headings, and a sheet of help."""
    return classeur_modele(colonnes(certification), "Candidats", VIDE)


def modele_csv(certification: str = "") -> str:
    """The headings alone, for who would rather fill in a text table."""
    return csv_modele(colonnes(certification))


def lire_fichier(
    chemin: Path,
    certification: str = "",
    dire: Dire = ne_rien_dire,
    choix: Mapping[str, str] = MappingProxyType({}),
) -> Recu:
    """The rows, each with its number and its cells by column; `choix` says what the headings that nobody knows hold.

    `dire` hears, before the first, what the reader chose. Raises TravailImpossible when the table as a whole is
    unusable, ColonnesInconnues while some headings are to be asked about.
    """
    return Recu(chemin, colonnes(certification), dire, choix)
