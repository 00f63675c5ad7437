"""The number of a practice or of a company: a SIRET, or the RPPS of a doctor."""

from __future__ import annotations

import re
from typing import Final

from stdnum.fr import siret

from binome.visible import visible

_SON_NOM: Final = re.compile(r"(?i)^(?:n(?:uméro|°|o)?\s*)?(?:de\s+)?(?:siret|siren|rpps|n°)?\s*:?")
"""What people paste before the digits."""


def lire_identifiant(texte: str) -> str:
    """The digits of a SIRET or of an RPPS, however they were spaced; empty when nothing is written.

    A SIRET is checked by its last digit. Nothing published says how an RPPS is checked: its digits are only counted.
    Raises ValueError with a French sentence.
    """
    dit = visible(texte).strip()
    chiffres = re.sub(r"[\s.\-\u2010-\u2015]", "", _SON_NOM.sub("", dit))
    if not dit:
        return ""
    if not re.fullmatch(r"[0-9]{11}|[0-9]{14}", chiffres):
        raise ValueError("Un SIRET a 14 chiffres, un RPPS en a 11.")
    if len(chiffres) == 14 and not siret.is_valid(chiffres):
        raise ValueError(
            "Ce SIRET n’existe pas : un de ses chiffres est faux. Relisez-le, par exemple sur un bulletin de paie."
        )
    return chiffres
