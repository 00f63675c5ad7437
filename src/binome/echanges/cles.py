"""The keys of an import, compared as people compare them; each is kept as it was typed."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from typing import TypeVar

    T = TypeVar("T")


def cle_comparee(cle: str) -> str:
    """A key whatever its capitals, its blanks, the width of its signs, and the zeros before a number.

    « zc-9 » and « ZC-9 » are one, « 0012 » and 12 are; « A0012 » is not « A12 »: that zero may tell two people.
    """
    pliee = cle if cle.isascii() else unicodedata.normalize("NFKC", cle)
    pliee = "".join(pliee.casefold().split())
    return pliee.lstrip("0") or "0" if pliee.isdecimal() else pliee


def de_memes_cles(connues: Iterable[tuple[T, str]], cherchees: Collection[str]) -> list[T]:
    """What a list pairs with one of these keys, compared so."""
    voulues = {cle_comparee(cle) for cle in cherchees if cle}
    return [une for une, cle in connues if cle and cle_comparee(cle) in voulues]
