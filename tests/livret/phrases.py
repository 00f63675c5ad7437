"""The sentences of the booklet, with and without somebody to be known in them, and the ways to type each."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from binome.regles.lecture import lire_yaml

LIMITES: Final = frozenset(("rdv de thomas bernard déplacé à jeudi",))
"""What is not seen: two names without a capital nor a title look like any two words."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is typed, and the kinds of what must be found in it."""

    texte: str
    genres: tuple[str, ...]


def phrases(fichier: str) -> tuple[Phrase, ...]:
    """The sentences of a file of this folder."""
    lues = lire_yaml(Path(__file__).with_name(f"{fichier}.yaml"))
    return tuple(Phrase(un["t"], tuple(sorted(un["r"]))) for un in lues)


def autrement(texte: str) -> tuple[str, ...]:
    """The same sentence as other devices write it: accents apart, blanks that do not break, a sign of the phone."""
    return (
        unicodedata.normalize("NFD", texte),
        texte.replace("’", "'"),
        texte.replace(" ", "\u00a0"),
        f"😀 {texte}\u200b",
    )


TOUTES: Final = tuple(
    une
    for fichier in ("phrases", "phrases_neuves", "phrases_dernieres")
    for une in phrases(fichier)
)
