"""Every table, graph and map of the report, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.rapport.tableaux import (
    c1,
    c2,
    g1,
    g2,
    g3,
    g4,
    t01,
    t02,
    t03,
    t04,
    t05,
    t06,
    t07,
    t08,
    t09,
    t10,
)

if TYPE_CHECKING:
    from binome.rapport.tableau import TableauDuRapport

_TOUS: Final[tuple[TableauDuRapport, ...]] = (
    t01.TABLEAU, t02.TABLEAU, t03.TABLEAU, t04.TABLEAU, t05.TABLEAU, t06.TABLEAU, t07.TABLEAU, t08.TABLEAU, t09.TABLEAU,
    t10.TABLEAU, g1.TABLEAU, g2.TABLEAU, g3.TABLEAU, g4.TABLEAU, c1.TABLEAU, c2.TABLEAU,
)  # fmt: skip
TABLEAUX: Final = {un.code: un for un in _TOUS}
