"""How long an épreuve lasts for somebody, and when each passes it within a slot."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from binome.epreuves.etats import EtatDAmenagement, MesureAccordee
from binome.epreuves.models import Amenagement
from binome.epreuves.temps_en_plus import avec_temps_en_plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from binome.epreuves.programme import EpreuveDuBloc

RIEN_DE_PLUS = Fraction(0)


class TempsAccordes:
    """The extra time granted to people, read once: for an épreuve, the largest of its own and of that of all."""

    def __init__(self, parcours: Iterable[int]) -> None:
        accordes = Amenagement.objects.filter(
            parcours__in=list(parcours),
            etat=EtatDAmenagement.ACCORDE,
            mesure=MesureAccordee.TEMPS,
        )
        self._parts: defaultdict[tuple[int, str], Fraction] = defaultdict(Fraction)
        for un in accordes.order_by("pk"):
            self._parts[un.parcours_id, un.epreuve] = un.temps

    def part(self, parcours: int, epreuve: str) -> Fraction:
        """The share granted to a path for an épreuve."""
        return max(
            self._parts.get((parcours, ""), RIEN_DE_PLUS),
            self._parts.get((parcours, epreuve), RIEN_DE_PLUS),
        )

    def parties(self, parcours: int, epreuve: EpreuveDuBloc) -> tuple[int, ...]:
        """The minutes of each part for a path."""
        return avec_temps_en_plus(epreuve.parties, self.part(parcours, epreuve.code))


@dataclass(frozen=True, slots=True)
class TourDePassage:
    """When one of those expected passes, and the minutes of each part; `place` is False where the slot is too short for them."""

    rang: int
    parties: tuple[int, ...]
    debut: datetime
    fin: datetime
    place: bool


def tours(
    durees: Sequence[tuple[int, ...]], debut: datetime, fin: datetime, *, chacun_son_tour: bool
) -> Iterator[TourDePassage]:
    """When each passes between two instants, in their order: one after another where each has a turn, else all from the start.

    An épreuve whose minutes no source gives takes the whole slot. Who does not fit takes no one's place.
    """
    depuis = debut
    for rang, parties in enumerate(durees):
        minutes = sum(parties)
        if not minutes:
            yield TourDePassage(rang, parties, debut, fin, place=True)
            continue
        part = depuis if chacun_son_tour else debut
        arrive = part + timedelta(minutes=minutes)
        place = arrive <= fin
        yield TourDePassage(rang, parties, part, arrive, place)
        if place:
            depuis = arrive


class Plage(Protocol):
    """Something between two instants."""

    debut: datetime
    fin: datetime


def fin_avec_pauses(plages: Sequence[Plage], minutes: int) -> datetime | None:
    """When so many minutes are over, begun with the first of slots that follow one another; None where they are too short."""
    reste = timedelta(minutes=minutes)
    for une in plages:
        longueur = une.fin - une.debut
        if reste <= longueur:
            return une.debut + reste
        reste -= longueur
    return None
