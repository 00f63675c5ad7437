"""The data folder: the one given, or a place of the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from binome.reglages.declarations import DONNEES
from binome.reglages.lieux import PAQUET, refuser_l_installation
from binome.reglages.reglage import ReglageRefuse, donnes

if TYPE_CHECKING:
    from binome.reglages.reglage import Environnement


def donnees_d_avant(code: Path = PAQUET.parent.parent) -> Path | None:
    """Where versions before kept the data, in the folder of the code, if any are still there."""
    lieu = code / ".binome" / "donnees"
    try:
        refuser_l_installation(lieu)
        return lieu if any(lieu.iterdir()) else None
    except (OSError, ValueError):
        return None


def par_defaut(environnement: Environnement) -> Path:
    """`binome` in XDG_DATA_HOME, or in ~/.local/share. Raises ReglageRefuse for a user without a folder."""
    # A relative path is ignored: https://specifications.freedesktop.org/basedir-spec/latest/
    donne = Path(environnement.get("XDG_DATA_HOME", ""))
    if donne.is_absolute():
        return donne / "binome"
    try:
        return Path.home() / ".local" / "share" / "binome"
    except RuntimeError:
        raise ReglageRefuse(
            f"{DONNEES.nom} manque, et cet utilisateur n’a pas de dossier à lui : dites où garder les données."
        ) from None


def donnees(environnement: Environnement | None = None) -> Path:
    """Where the data are, or will be. Raises ReglageRefuse."""
    lus = donnes() if environnement is None else environnement
    return DONNEES.lire(lus) or donnees_d_avant() or par_defaut(lus)
