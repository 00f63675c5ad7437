"""The number of an invoice, as the label of a transfer or a person writes it. Pure."""

from __future__ import annotations

import re
from typing import Final

_EXACT: Final = re.compile(r"(?<!\d)(20\d{2})\s?[-\u2010-\u2015]\s?(\d{5,9})(?!\d)")
_AUTREMENT: Final = re.compile(r"(?<!\d)(20\d{2})[ ./]?(\d{5})(?!\d)")
"""A bank drops the hyphen, or puts something in its place: then the rank has the five figures that are printed, no more."""
_COURT: Final = re.compile(r"(20\d{2})-(\d{1,9})")


def numeros_dits(texte: str) -> set[tuple[int, int]]:
    """The numbers that a label names, each its year and its rank; those without a hyphen only where none has one."""
    exacts = _EXACT.findall(texte)
    return {(int(annee), int(rang)) for annee, rang in exacts or _AUTREMENT.findall(texte)}


def lire_un_numero_de_facture(texte: str) -> tuple[int, int]:
    """The year and the rank of the one number that a person types, `2026-12` for short. Raises ValueError."""
    colle = re.sub("[\u2010-\u2015]", "-", "".join(texte.split()))
    court = _COURT.fullmatch(colle)
    if court is not None:
        return int(court[1]), int(court[2])
    dits = numeros_dits(texte)
    if len(dits) != 1:
        raise ValueError("Ce n’est pas un numéro de facture.")
    return dits.pop()
