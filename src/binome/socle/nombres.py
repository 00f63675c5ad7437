"""Whole numbers that a form or an address holds."""

from __future__ import annotations


def lire_entier(texte: str, chiffres: int) -> int | None:
    """The number, or None when it is none or has more figures than that: Python refuses very long ones."""
    return int(texte) if texte.isdecimal() and len(texte) <= chiffres else None
