"""The calendar of the projection: whole months, numbered from September 2019."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

PREMIER: Final = (2019, 9)
"""The first month after the approval of avenant 7 (20 August 2019)."""
DERNIER: Final = (2040, 12)
ANNEES: Final = (2019, 2040)


def rang(jour: date) -> int:
    """The number of the month of a day; negative before September 2019."""
    return (jour.year - PREMIER[0]) * 12 + jour.month - PREMIER[1]


def fin(numero: int) -> date:
    """The last day of a month."""
    annee, mois = divmod(PREMIER[0] * 12 + PREMIER[1] - 1 + numero, 12)
    return date(annee, mois + 1, monthrange(annee, mois + 1)[1])


def nom(numero: int) -> str:
    """A month as the contract writes it: `2026-12`."""
    return fin(numero).isoformat()[:7]


NOMBRE: Final = (DERNIER[0] - PREMIER[0]) * 12 + DERNIER[1] - PREMIER[1] + 1


def premier_a_venir(au: date) -> int:
    """The first month that is not over on a day."""
    return max(rang(au) + (fin(rang(au)) <= au), 0)
