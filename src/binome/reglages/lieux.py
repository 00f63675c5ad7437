"""Where the programs are: an upgrade replaces that place, and nothing of anyone's may be kept there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

PAQUET: Final = Path(__file__).resolve().parent.parent
"""The folder of the programs."""


def installation() -> tuple[Path, ...]:
    """The folders that an installation fills."""
    environnement = (Path(sys.prefix).resolve(),) if sys.prefix != sys.base_prefix else ()
    return (PAQUET, *environnement)


def refuser_l_installation(chemin: Path) -> None:
    """Raises ValueError for a place among the programs."""
    entier = chemin.absolute().resolve()
    for lieu in installation():
        if entier.is_relative_to(lieu):
            raise ValueError(
                f"est dans l’environnement du programme ({lieu}), qu’une mise à jour remplace ; "
                "donnez un autre dossier"
            )
