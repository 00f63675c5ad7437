"""How nobody speaks: the turns of a program that no sentence of the product may have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGUEUR: Final = 220
"""Characters of one sentence: more is not said in one breath."""
TOURS: Final = {
    "« Constaté : … »": r"\bConstaté\b",
    "« avoir pour voie »": r"\bavoir pour\b",
    "une date « augmentée de 36 mois »": r"\baugmentée? de\b",
    "« trouvé par la machine »": r"\bpar la machine\b",
    "« imprimé » pour écrit ou publié": r"\bimprim(?:e|ent|ée?s?|ait|aient)\b",
    "« La voie » est : …": r"» est :",
    "« Statut : », « Lectures : »": r"\b(?:Statut|Lectures) :",
    "un mot de programme": r"[^\W\d]_\w|\b[a-z-]+\.[a-z0-9]+\.[a-z-]{4,}",
    "un mot redoublé": r"\b(un|une|le|la|les|des|de|à|que|et|ou|pas|avoir|être) \1\b",
    "une élision oubliée": r"(?<!-)\b(?:de|que|ne|le|la|se) [aàâeéèêiîoôuû](?!\b|nz|ui\b|uis|u\b|uh)\w",
    "une apostrophe droite": r"\w'\w",
}  # fmt: skip
"""Each turn as a person would name it, and how it is seen."""
_FIN: Final = re.compile(r"(?<=[.!?])\s+|\n")


def phrases_de(texte: str) -> list[str]:
    """The sentences of a text, with plain spaces."""
    plat = texte.replace("\u202f", " ").replace("\u00a0", " ")
    return [une.strip() for une in _FIN.split(plat) if une.strip()]


def tours(texte: str) -> Iterator[str]:
    """The turns of a program in a text, each with its sentence."""
    for phrase in phrases_de(texte):
        for nom, motif in TOURS.items():
            if trouve := re.search(motif, phrase):
                yield f"{nom} (« {trouve.group()} ») : {phrase[:160]}"
        if any(souffle.count(" : ") > 1 for souffle in phrase.split(" ; ")):
            yield f"deux points en chaîne : {phrase[:160]}"


def longues(texte: str) -> Iterator[str]:
    """What of a text nobody says in one breath; a semicolon gives one."""
    for phrase in phrases_de(texte):
        for souffle in phrase.split(" ; "):
            if len(souffle) > LONGUEUR:
                yield f"{len(souffle)} caractères : {souffle[:160]}"
