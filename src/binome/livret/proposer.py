"""Which three competences a card proposes: those of the modules just taught, then what was never seen. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.livret.etats import Valeur
from binome.livret.semaines import SEMAINE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from binome.regles.competences import Competence

NOMBRE: Final = 3
JAMAIS: Final = 10_000
"""Days since what was never seen."""
RECENTES: Final = 2 * SEMAINE
"""How long before the end of the week a module is « just taught ». A choice of Binôme's."""
REPOS: Final = 2 * SEMAINE
"""How long a competence without any occasion is left before it is proposed again. The same."""
RANGS: Final = {"": 0, Valeur.PAS_EU: 0, Valeur.VU: 1, Valeur.AIDE: 2, Valeur.SEUL: 3}
"""How far one is with a competence: the least far is proposed first."""
REPETEES: Final = 2
"""How many times without any occasion make a request to the organisation."""


@dataclass(frozen=True)
class Vecue:
    """What a week said of a competence; `semaine` is its Monday."""

    competence: str
    semaine: date
    valeur: str


def proposer(
    competences: Sequence[Competence],
    vecues: Sequence[Vecue],
    enseignes: Mapping[str, date],
    suivis: Collection[str],
    semaine: date,
) -> tuple[Competence, ...]:
    """The competences that the card of a week proposes, three at most, the same for the same facts whatever their order.

    `enseignes` is the last day that each module was taught before the end of that week, `suivis` the modules that the path
    follows: others come only when these give less than three.
    """
    dernieres = _dernieres(vecues, semaine)
    fin = semaine + SEMAINE

    def ordre(une: Competence) -> tuple[bool, bool, bool, int, int, str]:
        derniere = dernieres.get(une.code)
        valeur = derniere.valeur if derniere is not None else ""
        repose = (
            valeur == Valeur.PAS_EU and derniere is not None and semaine - derniere.semaine <= REPOS
        )
        jour = enseignes.get(une.module)
        recent = jour is not None and fin - RECENTES <= jour < fin
        # What had no occasion was never seen: once rested, it waits no longer than the others.
        ancienne = (
            (semaine - derniere.semaine).days if derniere is not None and RANGS[valeur] else JAMAIS
        )
        return (
            repose or valeur == Valeur.SEUL,
            une.module not in suivis,
            not recent,
            RANGS[valeur],
            -ancienne,
            une.code,
        )

    return tuple(sorted(competences, key=ordre)[:NOMBRE])


def _dernieres(vecues: Sequence[Vecue], semaine: date) -> dict[str, Vecue]:
    """What was last said of each competence before a week."""
    dernieres: dict[str, Vecue] = {}
    for une in sorted(vecues, key=lambda une: (une.semaine, une.competence, une.valeur)):
        if une.semaine < semaine:
            dernieres[une.competence] = une
    return dernieres


def sans_occasion(vecues: Sequence[Vecue]) -> dict[str, int]:
    """The competences that a path asks its organisation for: how many weeks in a row, up to the last, had no occasion."""
    suites: dict[str, int] = {}
    for une in sorted(vecues, key=lambda une: (une.semaine, une.competence)):
        rien = une.valeur == Valeur.PAS_EU
        suites[une.competence] = suites.get(une.competence, 0) + 1 if rien else 0
    return {code: nombre for code, nombre in sorted(suites.items()) if nombre >= REPETEES}
