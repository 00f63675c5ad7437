"""A number as people write it in a cell or a field: « 24 mois », « 2 ans », « 1 607 h », « 35,5 »."""

from __future__ import annotations

import re
from typing import Final

_MOTS: Final = {
    "mois": "mois",
    "heures": "h|heures?",
    "minutes": "min|mn|minutes?",
    "ans": "ans?|années?",
    "patients": "patients?|patientes?",
    "équivalents temps plein": "etp|équivalents? temps plein",
    "%": "%|pour cent",
    "cents": "",
}
"""How the unit of a fact is written after its number; money has a reading of its own."""
_NOMBRE: Final = re.compile(r"[+-]?(?:\d+|\d{1,3}(?: \d{3})+)(?:[.,]\d+)?")
"""Blanks may part groups of three digits; anywhere else they tell two numbers, which are not read."""
_ANS: Final = re.compile(r"(\d{1,2}) ?ans?(?:(?: et)? ?(\d{1,2}) ?mois)?", re.IGNORECASE)
MOIS_PAR_AN: Final = 12


def sans_unite(texte: str, unite: str) -> str:
    """The number alone, its groups joined; a text that says anything else is given back as it is.

    Years become months where months are asked.
    """
    dit = " ".join(texte.split())
    if unite == "mois" and (ans := _ANS.fullmatch(dit)):
        return str(int(ans[1]) * MOIS_PAR_AN + int(ans[2] or 0))
    if mots := _MOTS.get(unite):
        dit = re.sub(rf"(?<=\d) ?(?:{mots})\.?$", "", dit, flags=re.IGNORECASE)
    return dit.replace(" ", "") if _NOMBRE.fullmatch(dit) else texte
