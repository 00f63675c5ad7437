"""An electronic address as people type it and paste it, read the same at every door."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from binome.visible import visible

_LIEN: Final = re.compile(r"mailto:", re.IGNORECASE)
_ENTRE_CHEVRONS: Final = re.compile(r"[^<>]*<([^<>]*)>[\s;,.]*")
_AUTOUR: Final = re.compile(r"\s*@\s*")


def adresse_lue(texte: str) -> str:
    """The address alone: out of a link (`mailto:`), of « Nom <adresse> », without what nobody sees.

    A blank stays where it is within a name: it may stand for a letter that is missing. Whether the rest is an
    address is for the door to check.
    """
    nue = visible(texte).strip()
    if nomme := _ENTRE_CHEVRONS.fullmatch(nue):
        nue = nomme[1].strip()
    if lien := _LIEN.match(nue):
        nue = unquote(nue[lien.end() :].partition("?")[0])
    return _AUTOUR.sub("@", nue.strip().rstrip(";,. \u00a0\u202f"))
