"""What the letter of a decision taken elsewhere says of a path: copied by a person, never recomputed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from binome.parcours.etats import Statut
from binome.parcours.pages import somme

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class ModuleLu:
    """A module as the letter says it; `minutes` are those of the whole module, None where it gives none."""

    code: str
    bloc: int
    intitule: str
    minutes: int | None
    statut: Statut


@dataclass(frozen=True)
class BlocLu:
    """A bloc of the letter, and its minutes to follow; None where one of them is unknown."""

    numero: int
    modules: tuple[ModuleLu, ...]

    @property
    def minutes(self) -> int | None:
        """What is to be followed of it."""
        return somme(un.minutes for un in self.modules if un.statut == Statut.A_SUIVRE)


@dataclass(frozen=True)
class LettreLue:
    """The letter: the day of the decision, its route, its référentiel, its modules, and the minutes of the épreuves."""

    le: date
    voie: str
    referentiel: str
    modules: tuple[ModuleLu, ...]
    evaluations: int | None

    @property
    def formation(self) -> int | None:
        """Minutes to follow; None as soon as one of them is unknown."""
        return somme(un.minutes for un in self.modules if un.statut == Statut.A_SUIVRE)

    @property
    def dispensees(self) -> int | None:
        """Minutes of the modules that need not be followed; None as soon as one of them is unknown."""
        return somme(un.minutes for un in self.modules if un.statut != Statut.A_SUIVRE)

    @property
    def blocs(self) -> tuple[BlocLu, ...]:
        """Its modules, bloc by bloc, in their order."""
        return tuple(
            BlocLu(numero, tuple(siens))
            for numero, siens in groupby(self.modules, key=lambda un: un.bloc)
        )

    def en_json(self) -> dict[str, Any]:
        """The same, as the journal keeps it under the key of the dossier."""
        return {
            "positionne_le": self.le.isoformat(),
            "voie": self.voie,
            "referentiel": self.referentiel,
            "evaluations": self.evaluations,
            "modules": [
                {"code": un.code, "minutes": un.minutes, "statut": str(un.statut)}
                for un in self.modules
            ],
        }
