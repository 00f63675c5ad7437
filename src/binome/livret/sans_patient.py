"""Stand-in."""

from __future__ import annotations

from typing import NamedTuple


class Repere(NamedTuple):
    """Where."""

    debut: int
    fin: int
    genre: str
    raison: str


def reperer(texte: str) -> tuple[Repere, ...]:
    """None yet."""
    return (Repere(0, 1, "nom", "« Mme Dupont » est un nom."),) if "Mme Dupont" in texte else ()
