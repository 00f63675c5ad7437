"""Which départements touch, as the outlines of the map draw them, and how many borders lead to the nearest of some.

No table of distances is in the house: a border crossed is the only measure, and the pages that use it say so. Paris and
its three neighbours are drawn apart from the rest, so that they count for one place.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

from binome.formations.territoires import DONNEES, departements

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

PETITE_COURONNE: Final = frozenset({"75", "92", "93", "94"})
COMMUNS: Final = 2
"""Points that two outlines share, at least, for a border: one alone is a corner."""
_TRACE: Final = re.compile(r"([Mlz])|(-?\d+)")


@cache
def voisins() -> Mapping[str, frozenset[str]]:
    """The départements that touch each one; none for those overseas."""
    brut = json.loads((DONNEES / "contours.json").read_text(encoding="utf-8"))
    traces = {code: _points(un["d"]) for code, un in brut["contours"].items() if len(code) < 3}
    # The outline that the four have in common, where they really are.
    for code in PETITE_COURONNE:
        traces[code] = _points(brut["renvoi"])
    par_point: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for code, points in traces.items():
        for point in points:
            par_point[point].add(code)
    communs: defaultdict[tuple[str, str], int] = defaultdict(int)
    for codes in par_point.values():
        for un in codes:
            for autre in codes - {un}:
                communs[un, autre] += 1
    touchent: defaultdict[str, set[str]] = defaultdict(set)
    for (un, autre), nombre in communs.items():
        if nombre >= COMMUNS:
            touchent[un].add(autre)
    return {code: frozenset(touchent[code]) for code in departements()}


def frontieres(buts: Collection[str]) -> Mapping[str, int | None]:
    """How many borders one crosses from each département to the nearest of `buts`: 0 there, None where none leads."""
    atteints: dict[str, int | None] = dict.fromkeys(departements())
    couronne = PETITE_COURONNE if PETITE_COURONNE & set(buts) else frozenset()
    front, pas = {code for code in buts if code in atteints} | couronne, 0
    while front:
        atteints.update(dict.fromkeys(front, pas))
        touches = {autre for code in front for autre in voisins()[code]}
        front, pas = {code for code in touches if atteints[code] is None}, pas + 1
    return atteints


def _points(trace: str) -> set[tuple[int, int]]:
    """The points of an outline: `M` begins one, what follows is told from the point before, `z` closes it."""
    points: set[tuple[int, int]] = set()
    nombres: list[int] = []
    x, y, absolu = 0, 0, True
    for lettre, nombre in _TRACE.findall(trace):
        if lettre:
            absolu = lettre == "M"
            continue
        nombres.append(int(nombre))
        if len(nombres) == 2:
            x, y = nombres if absolu else (x + nombres[0], y + nombres[1])
            points.add((x, y))
            nombres.clear()
    return points
