"""A number as people write it in a cell or a field: « 24 mois », « 3 ans et demi », « 1 607 h », « 35,5 »."""

from __future__ import annotations

import re
from typing import Final

from binome.regles.calendrier import lire_duree

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
_ANS: Final = re.compile(
    r"(?P<ans>\d{1,2}(?:[.,]\d{1,2})?|[a-z]+) ?(?:ans?|années?)"
    r"(?:(?: et)? ?(?P<mois>\d{1,2}) ?mois|(?P<demi> et demie?))?",
    re.IGNORECASE,
)
_EN_LETTRES: Final = {
    mot: rang
    for rang, mots in enumerate(
        ("un une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"), start=1
    )
    for mot in mots.split()
}
MOIS_PAR_AN: Final = 12
ILLISIBLES: Final = "Écrivez les heures ainsi : 182 h, ou 182 h 30."


def _en_mois(dit: str) -> int | None:
    """The whole months that years say; None for what says none, or a part of one."""
    trouve = _ANS.fullmatch(dit)
    if trouve is None:
        return None
    unites, _, fraction = trouve["ans"].replace(",", ".").partition(".")
    ans = int(unites) if unites.isdecimal() else _EN_LETTRES.get(unites.casefold())
    if ans is None or (fraction and (trouve["demi"] or trouve["mois"])):
        return None
    centiemes = int(fraction.ljust(2, "0")) if fraction else 50 if trouve["demi"] else 0
    mois, reste = divmod((ans * 100 + centiemes) * MOIS_PAR_AN, 100)
    return None if reste else mois + int(trouve["mois"] or 0)


def sans_unite(texte: str, unite: str) -> str:
    """The number alone, its groups joined; a text that says anything else is given back as it is.

    Years become months where months are asked.
    """
    dit = " ".join(texte.split())
    if unite == "mois" and (mois := _en_mois(dit)) is not None:
        return str(mois)
    if mots := _MOTS.get(unite):
        dit = re.sub(rf"(?<=\d) ?(?:{mots})\.?$", "", dit, flags=re.IGNORECASE)
    return dit.replace(" ", "") if _NOMBRE.fullmatch(dit) else texte


def lire_les_heures(texte: str) -> int:
    """Hours out of a form, in minutes: « 182 h 30 », « 279 heures », « 12,5 », or a number of hours. Raises ValueError."""
    dit = re.sub(
        r"(?<=\d)\s*(?:heures?|h)\b\.?", " h", " ".join(texte.split()), flags=re.IGNORECASE
    )
    nombre = sans_unite(dit, "heures").replace(",", ".")
    if re.fullmatch(r"\d+(\.\d+)?", nombre):
        heures, _, fraction = nombre.partition(".")
        minutes, reste = divmod(int(fraction or 0) * 60, int(f"1{'0' * len(fraction)}"))
        if reste:
            raise ValueError(ILLISIBLES)
        return int(heures) * 60 + minutes
    try:
        return lire_duree(re.sub(r"(?<=h )(\d{1,2}) ?min\w*$|(?<=h )(\d{1,2})$", r"\1\2", dit))
    except ValueError:
        raise ValueError(ILLISIBLES) from None
