"""What a dossier may not say at once: dates in an impossible order, facts that deny each other.

A dossier that contradicts itself is refused with every fact named: an answer would follow one of them
and silently drop the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from binome.regles.calendrier import age_le, date_en_clair
from binome.regles.compiler import Etabli, compiler
from binome.regles.conditions import atomes

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.regles.compiler import Evaluer
    from binome.regles.conditions import Condition
    from binome.regles.faits import Coherence, Dossier
    from binome.regles.lecture import Brut

LireUneCondition: TypeAlias = "Callable[[object], Condition]"


@dataclass(frozen=True, slots=True)
class OrdreDeDates:
    """Two dates that cannot stand in the other order: `avant` is at the latest `apres`."""

    avant: str
    apres: str
    raison: str

    @property
    def faits(self) -> tuple[str, ...]:
        """Both dates."""
        return self.avant, self.apres

    def faute(self, dossier: Dossier) -> str | None:
        """The sentence, when the first date is after the second."""
        avant, apres = dossier[self.avant], dossier[self.apres]
        if isinstance(avant, date) and isinstance(apres, date) and avant > apres:
            return self.raison.format(avant=date_en_clair(avant), apres=date_en_clair(apres))
        return None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts that deny each other: what `condition` describes cannot be."""

    condition: Condition
    raison: str
    faits: tuple[str, ...]
    evaluer: Evaluer[Dossier]

    def faute(self, dossier: Dossier) -> str | None:
        """The sentence, once the contradiction is established: an unknown contradicts nobody."""
        return self.raison if self.evaluer(dossier, Etabli()) is True else None


@dataclass(frozen=True, slots=True)
class AgeContraire:
    """An age that the date of birth denies, on a day."""

    age: str
    naissance: str
    jour: str
    raison: str

    @property
    def faits(self) -> tuple[str, ...]:
        """The age, the birth and the day."""
        return self.age, self.naissance, self.jour

    def faute(self, dossier: Dossier) -> str | None:
        """The sentence, when the age told is not the one that the two dates give."""
        dit, naissance = dossier[self.age], dossier[self.naissance]
        compte = age_le(naissance, dossier[self.jour])
        if dit is None or compte is None or dit == compte or not isinstance(naissance, date):
            return None
        return self.raison.format(age=dit, naissance=date_en_clair(naissance), compte=compte)


def lire_coherence(brut: Brut, lire: LireUneCondition) -> Coherence:
    """What the data write; `lire` reads a condition. Raises ValueError when it is none of the three."""
    match brut:
        case {"avant": str(avant), "apres": str(apres), "raison": str(raison), **reste} if (
            not reste
        ):
            return OrdreDeDates(avant, apres, raison)
        case {"si": si, "raison": str(raison), **reste} if not reste:
            condition = lire(si)
            lus = dict.fromkeys(nom for un in atomes(condition) for nom in un.faits)
            return Contradiction(condition, raison, tuple(lus), compiler(condition, {}))
        case {
            "age": str(age),
            "naissance": str(naissance),
            "jour": str(jour),
            "raison": str(raison),
            **reste,
        } if not reste:
            return AgeContraire(age, naissance, jour, raison)
        case _:
            msg = f"cohérence illisible : {brut!r}"
            raise ValueError(msg)
