"""Where a training takes place: the classes whose holidays it follows, and the days off of its territory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from binome.agenda.vacances import classes_du_departement

if TYPE_CHECKING:
    from binome.agenda.vacances import Classes

TERRITOIRES: Final = {
    "57": "alsace_moselle",
    "67": "alsace_moselle",
    "68": "alsace_moselle",
    "971": "guadeloupe",
    "972": "martinique",
    "973": "guyane",
    "974": "la_reunion",
    "975": "saint_pierre_et_miquelon",
    "976": "mayotte",
    "977": "saint_barthelemy",
    "978": "saint_martin",
}
"""The territories with days off of their own, by département or by the code that stands for one."""
SANS_CLASSES_CONNUES: Final = frozenset(
    {"2A", "2B", *(code for code in TERRITOIRES if len(code) > 2)} - {"974"}
)


@dataclass(frozen=True, slots=True)
class Lieu:
    """A place; `classes` is None where nobody told us its school holidays, `territoire` empty in the common case."""

    classes: Classes | None = None
    territoire: str = ""


def lieu_du_departement(code: str) -> Lieu | None:
    """The place of a département, by its code (`01`, `2A`, `974`); None when there is no such one."""
    classes = classes_du_departement(code)
    if classes is None and code not in SANS_CLASSES_CONNUES:
        return None
    return Lieu(classes, TERRITOIRES.get(code, ""))


FUSEAUX: Final = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
}
"""The clocks of the territories that do not keep the time of Paris, by code."""


def fuseau_du_departement(code: str) -> ZoneInfo:
    """The time that the clocks of a département show."""
    return ZoneInfo(FUSEAUX.get(code, "Europe/Paris"))
