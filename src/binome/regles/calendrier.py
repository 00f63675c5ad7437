"""Months, dates and durations, defined once for both evaluators.

The arithmetic below uses only `+ - * // %`, so the same functions accept Python integers (one
dossier) and Narwhals columns (a million dossiers): there is no second copy to drift.

A date is compared through its *key*: `(months since year 0) * 32 + day`, which orders dates; one
month more is 32 more. Adding months clamps to the last day of the month: 31 August + 6 months is
28 or 29 February. `jour_borne` does it.

Asking whether a date is at most (or after) another one moved by months needs no clamping: no date
lies between the month's last day and the day that overflows. Asking whether it is at least (or
before) does.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, TypeAlias

Nombre: TypeAlias = Any  # an int, or a column of ints: see the module's docstring

MOIS_DE_L_ANNEE = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

_MONTANT = re.compile(r"(\d{1,3}(?: \d{3})*|\d+)(?:,(\d\d))? €")
_DUREE = re.compile(r"(\d+|\d{1,3}(?: \d{3})+)\s*h(?:\s*(\d\d))?|(\d+)\s*min|0")


def _est_nul(reste: Nombre, modulo: int) -> Nombre:
    """1 when `reste` (between 0 and modulo - 1) is 0, else 0, without any comparison."""
    return 1 - (reste + (modulo - 1)) // modulo


def jours_du_mois(mois_absolu: Nombre) -> Nombre:
    """Number of days of a month counted from year 0 (`year * 12 + month - 1`)."""
    annee = mois_absolu // 12
    mois = mois_absolu % 12 + 1
    bissextile = _est_nul(annee % 4, 4) - _est_nul(annee % 100, 100) + _est_nul(annee % 400, 400)
    est_fevrier = _est_nul((mois_absolu + 11) % 12, 12)
    return 30 + (mois + mois // 8) % 2 - est_fevrier * (2 - bissextile)


def jour_borne(mois_absolu: Nombre, jour: Nombre) -> Nombre:
    """The day, or the last day of that month when the month is shorter."""
    exces = jour - jours_du_mois(mois_absolu)
    # `exces` lies between -30 and 3: the quotient is 1 only where the day overflows.
    return jour - exces * ((exces + 31) // 32)


def cle(annee: Nombre, mois: Nombre, jour: Nombre) -> Nombre:
    """Order key of a date."""
    return (annee * 12 + mois - 1) * 32 + jour


def cle_bornee(mois_absolu: Nombre, jour: Nombre) -> Nombre:
    """Order key of a day in a month counted from year 0, clamped to that month's last day."""
    return mois_absolu * 32 + jour_borne(mois_absolu, jour)


def decaler(cle_: Nombre, plus_mois: int, *, borner: bool) -> Nombre:
    """Order key moved by months; clamped to the month's last day when asked (see the top)."""
    decalee = cle_ + plus_mois * 32
    return cle_bornee(decalee // 32, decalee % 32) if borner else decalee


def cle_de(jour: date) -> int:
    """Order key of one date."""
    return int(cle(jour.year, jour.month, jour.day))


def ajouter_mois(jour: date, mois: int) -> date:
    """The date `mois` months later (earlier if negative), clamped to the month's last day."""
    quantieme = jour.day
    mois_absolu = jour.year * 12 + jour.month - 1 + mois
    if quantieme > 28:  # up to there every month has the day
        quantieme = int(jour_borne(mois_absolu, quantieme))
    return date(mois_absolu // 12, mois_absolu % 12 + 1, quantieme)


def age_le(naissance: object, jour: object) -> int | None:
    """Whole years on a day; None when a date is unknown. A 29 February has its birthday on 1 March."""
    if not isinstance(naissance, date) or not isinstance(jour, date):
        return None
    pas_encore = (jour.month, jour.day) < (naissance.month, naissance.day)
    return jour.year - naissance.year - pas_encore


def lire_duree(texte: str) -> int:
    """Minutes written as `98 h`, `2 h 30`, `45 min` or `0`.

    Raises ValueError when the text is not a duration.
    """
    trouve = _DUREE.fullmatch(texte.strip())
    if not trouve:
        msg = f"durée illisible : « {texte} » (écrivez par exemple « 2 h 30 » ou « 45 min »)"
        raise ValueError(msg)
    heures, reste, minutes = (int(un.replace(" ", "")) for un in trouve.groups(default="0"))
    return heures * 60 + reste + minutes


def lire_montant(texte: str) -> int:
    """Cents written as `36 000 €` or `9,15 €`.

    Raises ValueError when the text is not an amount.
    """
    trouve = _MONTANT.fullmatch(texte.strip())
    if not trouve:
        msg = f"montant illisible : « {texte} » (écrivez par exemple « 36 000 € » ou « 9,15 € »)"
        raise ValueError(msg)
    euros, centimes = trouve.groups(default="0")
    return int(euros.replace(" ", "")) * 100 + int(centimes)


def nombre_en_clair(nombre: int) -> str:
    """A whole number as people write it: `1 607`."""
    return f"{nombre:,}".replace(",", " ")


def montant_en_clair(cents: int) -> str:
    """An amount as people of the field write it: `12 600 €`, `9,15 €`."""
    signe = "−" if cents < 0 else ""
    euros, reste = divmod(abs(cents), 100)
    milliers = nombre_en_clair(euros)
    return f"{signe}{milliers},{reste:02d} €" if reste else f"{signe}{milliers} €"


def duree_en_clair(minutes: int) -> str:
    """A duration as people of the field write it: `1 061 h 40`, `63 h`, `45 min`."""
    heures, reste = divmod(minutes, 60)
    dites = nombre_en_clair(heures)
    if heures and reste:
        return f"{dites} h {reste:02d}"
    return f"{dites} h" if heures or not reste else f"{reste} min"


def heure_du_jour(heures: int, minutes: int) -> str:
    """An hour of the day as French writes it: `9 h`, `9 h 05`."""
    return f"{heures} h {minutes:02d}" if minutes else f"{heures} h"


def duree_ou_inconnue(minutes: int | None) -> str:
    """A duration in words, and said to be unknown when it is."""
    return "durée inconnue" if minutes is None else duree_en_clair(minutes)


def mois_en_clair(jour: date) -> str:
    """The month of a date in French words: `juin 2025`."""
    return f"{MOIS_DE_L_ANNEE[jour.month - 1]} {jour.year}"


def date_en_clair(jour: date) -> str:
    """A date in French words: `1er juin 2025`, `15 janvier 2026`."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme} {MOIS_DE_L_ANNEE[jour.month - 1]} {jour.year}"
