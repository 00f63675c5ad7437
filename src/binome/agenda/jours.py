"""The days of a week's rhythm, one by one: open, or lost and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from binome.agenda.feries import Ferie, jours_feries_locaux
from binome.agenda.vacances import vacances_par_jour

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from binome.agenda.territoires import Lieu

JOURS_DE_LA_SEMAINE: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")
UN_JOUR: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class JourDuRythme:
    """A day of the rhythm; `raison` says why it is lost, empty when it is open.

    `a_confirmer`: whether it is lost depends on the place, or on a custom.
    """

    le: date
    raison: str = ""
    a_confirmer: bool = False


def au_rythme(debut: date, jours: Collection[int], lieu: Lieu) -> Iterator[JourDuRythme]:
    """Every day of the rhythm from `debut` (included), without end; `jours` from 0 (Monday) to 5 (Saturday)."""
    fermes = vacances_par_jour(lieu.classes) if lieu.classes else {}
    le = debut
    while True:
        if le.weekday() in jours:
            ferie = jours_feries_locaux(le.year, lieu.territoire).get(le)
            if ferie is not None:
                yield JourDuRythme(le, _raison(ferie), ferie.a_confirmer)
            else:
                yield JourDuRythme(le, fermes.get(le, ""))
        le += UN_JOUR


def _raison(ferie: Ferie) -> str:
    if ferie.a_confirmer:
        return f"jour férié selon les lieux : {ferie.nom} (à confirmer)"
    return f"jour férié : {ferie.nom}"


def semaine(jours: Collection[int]) -> str:
    """The days of a rhythm in words: « le mardi et le mercredi »."""
    *premiers, dernier = (f"le {JOURS_DE_LA_SEMAINE[un]}" for un in sorted(jours))
    return f"{', '.join(premiers)} et {dernier}" if premiers else dernier
