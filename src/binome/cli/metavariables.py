"""What the help calls a value: the command-line library names its types in English, this one place in French."""

from __future__ import annotations

from typing import Any, Final

import click

SOUS_COMMANDE: Final = "COMMANDE [ARGUMENTS]…"
MOTS: Final[tuple[tuple[type[click.ParamType[Any]], str], ...]] = (
    (click.types.StringParamType, "TEXTE"),
    (click.types.IntParamType, "NOMBRE"),
    (click.DateTime, "AAAA-MM-JJ"),
    (click.File, "FICHIER"),
    (click.Path, "FICHIER"),
)


class Entre(click.IntRange):
    """An integer between two bounds, both included, which the help and the refusals say in French."""

    def _describe_range(self) -> str:
        return f"de {self.min} à {self.max}"


def franciser(commande: click.Command) -> None:
    """Gives French words to the values of a command, and of those under it; those it has stay."""
    for parametre in commande.params:
        if isinstance(parametre, click.Option) and parametre.metavar is None:
            mots = (mot for genre, mot in MOTS if isinstance(parametre.type, genre))
            parametre.metavar = next(mots, None)
    if isinstance(commande, click.Group):
        commande.subcommand_metavar = SOUS_COMMANDE
        for sous_commande in commande.commands.values():
            franciser(sous_commande)
