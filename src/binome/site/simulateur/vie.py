"""What the hours come to in a life: so many days, two a week, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.agenda.plan import plan
from binome.regles.calendrier import MOIS_DE_L_ANNEE, date_en_clair

if TYPE_CHECKING:
    from datetime import date

    from binome.agenda.plan import Plan
    from binome.regles.sources import Citation

JOURNEE: Final = 420
"""Minutes of a training day: the plan's own hypothesis, which it names."""
DEBUT: Final = 10
MILIEU: Final = 20


@dataclass(frozen=True, slots=True)
class VieEnFormation:
    """The days of an answer in one sentence; `reserve` is what the end does not count."""

    jours: str
    quand: str
    reserve: str
    sources: tuple[Citation, ...]


def en_jours(minutes: int) -> int:
    """Training days that so many minutes take."""
    return -(-minutes // JOURNEE)


def vers(jour: date) -> str:
    """A day as one says it of something far: « mi-avril 2027 »."""
    part = "début " if jour.day <= DEBUT else "mi-" if jour.day <= MILIEU else "fin "
    return f"{part}{MOIS_DE_L_ANNEE[jour.month - 1]} {jour.year}"


def vie(
    au: date | None, minutes: int | None, moins: int, pose: Plan | None
) -> VieEnFormation | None:
    """The days of an answer that may lose `moins` minutes; None when there is nothing to follow.

    `pose` is the plan of who chose a zone: its end is then told to the day.
    """
    if au is None or not minutes:
        return None
    un = pose or plan(au, minutes, None)
    if un.fin is None:
        return None
    plus, au_moins = en_jours(minutes), en_jours(minutes - moins)
    jours = f"{plus} jour{'s' if plus > 1 else ''}"
    if au_moins < plus:
        jours = f"de {au_moins} à {plus} jours"
    entree = date_en_clair(un.jours[0])
    if pose is None:
        fin = f"à {vers(un.fin)} au plus tôt"
        reserve = "Les vacances scolaires n’y sont pas retirées."
    else:
        fin, reserve = f"au {date_en_clair(un.fin)}", ""
    return VieEnFormation(jours, f"du {entree} {fin}", reserve, un.sources)
