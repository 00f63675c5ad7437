"""The number of a parchemin: its year, its rank without gap, and a character that tells a mistyped one. Pure.

`AM-2026-000123-R`: the check character is ISO 7064's MOD 37,2, over all that comes before, hyphens apart.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_2

PREFIXE: Final = "AM"
FORME: Final = re.compile(r"AM([0-9OIL]{4})([0-9OIL]{6})([0-9A-Z*])", re.ASCII)
DEBUT: Final = re.compile(r"AM[0-9OIL]{4}", re.ASCII)
POUR_UN_CHIFFRE: Final = str.maketrans("OIL", "011")
"""Letters that a hand or a screen takes for figures: where only figures stand, they are meant."""
LONGUEUR: Final = 200
"""Characters that are worth reading."""
RANGS: Final = 999_999
"""Parchemins of a year, at most."""


class NumeroDeParchemin(NamedTuple):
    """What a number says: `annee` of issue, `rang` in that year, from 1."""

    annee: int
    rang: int

    def __str__(self) -> str:
        """The number as it is printed. Raises ValueError beyond what its form holds."""
        if not (2000 <= self.annee <= 9999 and 1 <= self.rang <= RANGS):
            raise ValueError("Ce rang ne tient pas dans un numéro de parchemin.")
        corps = f"{PREFIXE}{self.annee:04d}{self.rang:06d}"
        cle = mod_37_2.calc_check_digit(corps)
        return f"{PREFIXE}-{self.annee:04d}-{self.rang:06d}-{cle}"


EXEMPLE: Final = str(NumeroDeParchemin(2026, 123))
"""How a number is written, for who has to type one; its check character is right."""


def ressemble_a_un_numero(texte: str) -> bool:
    """Whether somebody meant a number, mistyped or not, rather than a code."""
    return DEBUT.match(_colle(texte)) is not None


def _colle(texte: str) -> str:
    return re.sub(r"[\s\-\u2010-\u2015_.]+", "", texte.strip().upper())


def lire_un_numero(texte: str) -> NumeroDeParchemin:
    """The number that somebody typed, in small letters, with spaces in the place of hyphens or nothing, an O for a zero.

    Raises ValueError, whose message is for the person: its form, or its last character.
    """
    lu = FORME.fullmatch(_colle(texte)) if len(texte) < LONGUEUR else None
    if lu is None:
        raise ValueError(f"Un numéro de parchemin s’écrit comme {EXEMPLE}.")
    annee, rang = (un.translate(POUR_UN_CHIFFRE) for un in lu.group(1, 2))
    try:
        mod_37_2.validate(f"{PREFIXE}{annee}{rang}{lu[3]}")
    except ValidationError:
        raise ValueError(
            "Ce numéro contient une faute de frappe : relisez chaque chiffre et la dernière lettre."
        ) from None
    return NumeroDeParchemin(int(annee), int(rang))
