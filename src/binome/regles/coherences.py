"""What a dossier may not say at once: dates in an impossible order, facts that deny each other.

A dossier that contradicts itself is refused with every fact named: an answer would follow one of them
and silently drop the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from binome.regles.calendrier import age_le, ajouter_mois, date_en_clair
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
    """Two dates that cannot stand in the other order: `avant` is at the latest `apres`.

    With `ans`, so many years at least go by between them, and the months of the fact `mois` on top, where
    there is one; that they stand in the right order is then for another one to say.
    """

    avant: str
    apres: str
    raison: str
    ans: int = 0
    mois: str = ""

    @property
    def faits(self) -> tuple[str, ...]:
        """The months, then both dates."""
        return (self.mois, self.avant, self.apres) if self.mois else (self.avant, self.apres)

    def faute(self, dossier: Dossier) -> str | None:
        """The sentence, when the second date comes too early."""
        avant, apres = dossier[self.avant], dossier[self.apres]
        mois = dossier[self.mois] if self.mois else 0
        if not isinstance(avant, date) or not isinstance(apres, date) or not isinstance(mois, int):
            return None
        attente = 12 * self.ans + mois
        au_plus_tot = ajouter_mois(avant, attente) if attente else avant
        if au_plus_tot <= apres or (self.ans and avant > apres):
            return None
        return self.raison.format(
            avant=date_en_clair(avant), apres=date_en_clair(apres), mois=mois, ans=self.ans
        )


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


@dataclass(frozen=True, slots=True)
class PlusQueLeTout:
    """A number that another one bounds: at most `par` times it, once `plus` is added to it."""

    nombre: str
    tout: str
    par: int
    plus: int
    raison: str

    @property
    def faits(self) -> tuple[str, ...]:
        """The number, then what bounds it."""
        return self.nombre, self.tout

    def faute(self, dossier: Dossier) -> str | None:
        """The sentence, when the number is beyond what the other one allows."""
        nombre, tout = dossier[self.nombre], dossier[self.tout]
        if isinstance(nombre, int) and isinstance(tout, int):
            return self.raison if nombre > self.par * (tout + self.plus) else None
        return None


def lire_coherence(brut: Brut, lire: LireUneCondition) -> Coherence:
    """What the data write; `lire` reads a condition. Raises ValueError when it is none of them."""
    match brut:
        case {"avant": str(avant), "apres": str(apres), "raison": str(raison), **reste} if (
            reste.keys() <= {"ans", "mois"}
        ):
            return OrdreDeDates(avant, apres, raison, reste.get("ans", 0), reste.get("mois", ""))
        case {
            "nombre": str(nombre),
            "au_plus": {"fait": str(tout), "par": int(par), **ajout},
            "raison": str(raison),
            **reste,
        } if (
            not reste and ajout.keys() <= {"plus"} and isinstance(plus := ajout.get("plus", 0), int)
        ):
            return PlusQueLeTout(nombre, tout, par, plus, raison)
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
