"""Whether a count may be shown, whole or not at all, and whether showing it again would tell a small difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.rapport.tableau import SeuilDuRapport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.rapport.tableau import CompteDuRapport, TableauDuRapport
    from binome.secret.seuils import Seuils


def publiable(
    tableau: TableauDuRapport,
    compte: CompteDuRapport,
    avant: Mapping[str, int] | None,
    tenus: Seuils,
) -> bool:
    """Whether a table may be shown: no cell under the threshold, none that moved by less than it since `avant`.

    Nobody in a cell speaks of everybody in the others, but for the years of a suite. A single distribution is
    shown whole or not at all: with its total, one hidden cell is worked out.
    """
    seuil = {
        SeuilDuRapport.PERSONNES: tenus.personnes,
        SeuilDuRapport.CONTRATS: tenus.contrats,
        SeuilDuRapport.ORGANISMES: tenus.organismes,
    }[tableau.seuil]
    cases = cases_de(compte)
    if compte.lus < seuil:
        return False
    for code, nombre in cases.items():
        vide = nombre == 0 and (tableau.suite or code == INCONNUS)
        if nombre < seuil and not vide:
            return False
    if avant is None:
        return True
    ecarts = (abs(cases.get(code, 0) - avant.get(code, 0)) for code in {*cases, *avant})
    return not any(0 < ecart < seuil for ecart in ecarts)


INCONNUS = "inconnus"
"""The cell of those that nobody said anything of."""


def cases_de(compte: CompteDuRapport) -> dict[str, int]:
    """The cells of a count, those that nobody knows with them."""
    return {**compte.valeurs, INCONNUS: compte.total - compte.lus}
