"""Counts of frames as the tables of the report show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.rapport.tableau import CompteDuRapport

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def repartis(par_code: Mapping[str, int], codes: Iterable[str]) -> CompteDuRapport:
    """A distribution over the rows of a table; the empty code is « nobody said », and any other one is known but has no row."""
    total = sum(par_code.values())
    return CompteDuRapport(
        {code: par_code.get(code, 0) for code in codes}, total - par_code.get("", 0), total
    )


def cumules(par_annee: Mapping[str, int], annees: Iterable[str]) -> dict[str, int]:
    """The running sum of yearly counts at the end of each year, those before the first one included."""
    return {
        annee: sum(nombre for une, nombre in par_annee.items() if une <= annee) for annee in annees
    }
