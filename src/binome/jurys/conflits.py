"""Who may not judge whom: ties found in facts, and those that a juror declares. Pure.

A jury is collegial, and no member has a personal or professional tie with a candidate; who trained one does not sit
(`sources/parcours.md` §3.3).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

EMPLOYEURS: Final = "employeurs"
SALARIES: Final = "salaries"
COLLEGES: Final = {EMPLOYEURS: "Employeurs", SALARIES: "Salariés"}


@dataclass(frozen=True)
class Jure:
    """Somebody who may sit: `organismes` where they train or manage, `employeurs` where they work or that they answer for.

    `exterieur`: neither of the certifier nor of the organisation that trained. `declares` are the paths of those they say they know.
    """

    code: int
    nom: str
    college: str
    exterieur: bool
    organismes: frozenset[int] = frozenset()
    employeurs: frozenset[int] = frozenset()
    declares: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Presente:
    """A candidate as a jury sees their ties: where they trained, who employs them, was their tutor, trained them; who sits and is them."""

    parcours: int
    organisme: int
    employeurs: frozenset[int] = frozenset()
    tuteurs: frozenset[int] = frozenset()
    formateurs: frozenset[int] = frozenset()
    soi: frozenset[int] = frozenset()


@dataclass(frozen=True)
class LienAuCandidat:
    """Why a juror leaves the vote for a candidate."""

    jure: int
    parcours: int
    raisons: tuple[str, ...] = field(default=())


def conflit(jure: Jure, candidat: Presente) -> LienAuCandidat | None:
    """The ties of a juror with a candidate, each said; None for none."""
    raisons = []
    if jure.code in candidat.soi:
        raisons.append("est la personne présentée")
    if jure.code in candidat.formateurs:
        raisons.append("a formé cette personne")
    if candidat.organisme in jure.organismes:
        raisons.append("travaille dans l’organisme qui l’a formée")
    if jure.code in candidat.tuteurs:
        raisons.append("a été son tuteur ou sa tutrice")
    if not jure.employeurs.isdisjoint(candidat.employeurs):
        raisons.append("travaille pour le même employeur")
    if candidat.parcours in jure.declares:
        raisons.append("a dit connaître cette personne")
    return LienAuCandidat(jure.code, candidat.parcours, tuple(raisons)) if raisons else None


def raisons_d_ecart(jure: Jure, candidats: Iterable[Presente]) -> tuple[str, ...]:
    """Why a juror is left out of a whole jury: their ties with anyone presented there, each said once."""
    trouves = (conflit(jure, un) for un in candidats)
    return tuple(
        dict.fromkeys(raison for lien in trouves if lien is not None for raison in lien.raisons)
    )


def conflits(
    jures: Iterable[Jure], candidats: Iterable[Presente]
) -> dict[tuple[int, int], LienAuCandidat]:
    """Every tie, by juror and path."""
    tous = list(candidats)
    trouves = (conflit(jure, candidat) for jure in jures for candidat in tous)
    return {(un.jure, un.parcours): un for un in trouves if un is not None}
