"""The RPPS of a doctor: eleven digits, of which the last is a Luhn key."""

from __future__ import annotations

import re

from stdnum import luhn

from binome.visible import visible


def lire_un_rpps(texte: str) -> str:
    """The digits of an RPPS, however they were spaced; empty when nothing is written. Raises ValueError in words."""
    chiffres = re.sub(r"[\s.\-\u2010-\u2015]", "", visible(texte))
    if not chiffres:
        return ""
    if not re.fullmatch(r"[0-9]{11}", chiffres):
        raise ValueError("Un numéro RPPS a onze chiffres.")
    if not luhn.is_valid(chiffres):
        raise ValueError(
            "Ce numéro RPPS est faux : sa clé ne va pas avec ses chiffres. Relisez-le."
        )
    return chiffres
