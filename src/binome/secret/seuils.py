"""The thresholds under which a count is not shown, and what each rule says of one count.

They are a proposal for the data protection officer, read in the practice of French health statistics: settings, not law.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from binome.reglages import declarations as reglages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Seuils:
    """The least count that is shown, by what is counted; `dominance` is a percentage of the total of a cell."""

    personnes: int = 11
    contrats: int = 5
    organismes: int = 3
    dominance: int = 85


def seuils() -> Seuils:
    """The thresholds of this installation. Raises ReglageRefuse."""
    return Seuils(
        reglages.SEUIL_PERSONNES.lire(),
        reglages.SEUIL_CONTRATS.lire(),
        reglages.SEUIL_ORGANISMES.lire(),
        reglages.SEUIL_DOMINANCE.lire(),
    )


def montrable(nombre: int, seuil: int | None = None) -> int | None:
    """A count of persons, or None where it is too small to be shown; zero is a small count, it speaks of everybody."""
    return nombre if nombre >= (seuils().personnes if seuil is None else seuil) else None


def repartition(comptes: Mapping[str, int]) -> dict[str, int]:
    """The counts of a total that is shown, each of them; nothing where one is too small.

    With its total beside it, one hidden cell is worked out: a single distribution is shown whole, or not at all.
    """
    seuil = seuils().personnes
    return dict(comptes) if all(nombre >= seuil for nombre in comptes.values()) else {}


def montrable_par_organisme(parts: Sequence[int], tenus: Seuils | None = None) -> int | None:
    """The sum of what organisations bring to a cell; None with too few of them, or one that makes nearly all of it."""
    tenus = tenus or seuils()
    actives = [part for part in parts if part > 0]
    total = sum(actives)
    if len(actives) < tenus.organismes or max(actives) * 100 > tenus.dominance * total:
        return None
    return total


def taux(numerateur: int, denominateur: int, tenus: Seuils | None = None) -> float | None:
    """A rate of persons; None under the threshold, and at none or all of them: that would be said of each."""
    tenus = tenus or seuils()
    if denominateur < tenus.personnes or numerateur in (0, denominateur):
        return None
    return numerateur / denominateur
