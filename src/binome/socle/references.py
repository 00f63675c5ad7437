"""References of dossiers: short, said over the phone, and with a letter that catches a slip."""

from __future__ import annotations

import secrets
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Neither 0 nor O, neither 1 nor I nor L."""


def _cle(corps: str) -> str:
    somme = sum(rang * ALPHABET.index(signe) for rang, signe in enumerate(corps, start=2))
    return ALPHABET[somme % len(ALPHABET)]


def tirer() -> str:
    """A reference drawn at random, as `BM-7KQ4-M2XA`; it says nothing of the person."""
    return composer("".join(secrets.choice(ALPHABET) for _ in range(7)))


def composer(corps: str) -> str:
    """The reference of seven signs, with the letter that checks them."""
    return habiller(corps + _cle(corps))


def habiller(signes: str) -> str:
    """Eight signs as people read them."""
    return f"BM-{signes[:4]}-{signes[4:]}"


def lire(saisie: str) -> str | None:
    """The reference that someone typed, however they did; None when a sign is wrong."""
    signes = "".join(signe for signe in saisie.upper().removeprefix("BM") if signe.isalnum())
    if len(signes) != 8 or any(signe not in ALPHABET for signe in signes):
        return None
    return habiller(signes) if _cle(signes[:7]) == signes[7] else None
