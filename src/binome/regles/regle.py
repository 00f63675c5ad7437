"""Rules and the tables that hold them.

A rule is one dated, sourced row: a window on the date that decides, a condition, an effect.
A table says how its rules combine (its hit policy) and what it is for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

from binome.regles.calendrier import ajouter_mois

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.regles.certification import Certification
    from binome.regles.conditions import Condition
    from binome.regles.referentiels import Referentiel
    from binome.regles.sources import Citation, LectureRivale

Statut: TypeAlias = Literal["en_vigueur", "contestee", "hypothese", "proposee"]
Politique: TypeAlias = Literal["unique", "premiere", "cumul", "toutes"]
SurInconnu: TypeAlias = Literal["bloque", "passe"]
OUI: Final = "oui"
NON: Final = "non"
"""What a table of requirements (`toutes`) retains."""
Role: TypeAlias = Literal["prepare", "decide", "informe", "alerte", "piece"]


@dataclass(frozen=True, slots=True)
class Donne:
    """The table's answer is this value."""

    valeur: str


class Mots(Protocol):
    """Where an effect finds its words: a base, or any view of it."""

    @property
    def referentiels(self) -> Mapping[str, Referentiel]:
        """The référentiels, by identifier."""
        ...  # pragma: no cover

    @property
    def certification(self) -> Certification:
        """What is delivered, and by which ways."""
        ...  # pragma: no cover


class EffetDeMetier:
    """An effect that a trade brings; it says itself in French, for the language has no words for it."""

    __slots__ = ()

    def en_clair(self, mots: Mots) -> str:
        """What the rule does."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Alerte:
    """Something the reader must know: what the sources dispute, and what Binôme does of it.

    `echeances` names the clocks beside which it is told.
    """

    code: str
    texte: str
    lectures: tuple[LectureRivale, ...]
    echeances: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PieceDemandee:
    """A document to provide."""

    code: str


@dataclass(frozen=True, slots=True)
class Bareme:
    """A row of a published scale: cells by name, in cents or in the unit the table declares.

    None where no source gives the cell.
    """

    cases: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Horloge:
    """A clock: the day `mois` months after the day that a fact gives, or a day fixed once for all.

    `veille`: the day before, where what is told is the last day of a time and not the first one after it.
    """

    code: str
    fait: str = ""
    mois: int = 0
    le: date | None = None
    veille: bool = False

    def jour(self, faits: Mapping[str, object]) -> date | None:
        """The day it falls on; None while the day it is counted from is unknown."""
        if self.le is not None:
            return self.le
        depart = faits[self.fait]
        if not isinstance(depart, date):
            return None
        jour = ajouter_mois(depart, self.mois)
        return date.fromordinal(jour.toordinal() - 1) if self.veille else jour


@dataclass(frozen=True, slots=True)
class Constat:
    """The rule informs and changes nothing."""


Effet: TypeAlias = Donne | Alerte | PieceDemandee | Bareme | Horloge | Constat | EffetDeMetier


@dataclass(frozen=True, slots=True)
class Regle:
    """One dated, sourced rule. `du` and `au` are both included; None means no bound.

    `pour` names the answers that a rule which informs or warns speaks of; all of its view's when
    empty. `sujet` ties the rules of several eras that answer one another. `dit` is what a person wrote
    of it, to be read first; empty in an export from before there were any.
    """

    id: str
    titre: str
    table: str
    du: date | None
    au: date | None
    si: Condition
    effet: Effet
    sources: tuple[Citation, ...]
    statut: Statut
    sujet: str = ""
    pour: tuple[str, ...] = ()
    note: str = ""
    phrases: Mapping[str, str] = field(default_factory=dict)
    dit: str = ""

    def couvre(self, jour: date) -> bool:
        """Whether the rule is in force that day."""
        return (self.du is None or self.du <= jour) and (self.au is None or jour <= self.au)


@dataclass(frozen=True, slots=True)
class Table:
    """Rules that answer one question together.

    `politique`: one rule at most answers yes (`unique`), the first that does (`premiere`), each by
    itself (`cumul`), or the table says `oui` when all its rules in force do and `non` when one
    does not (`toutes`).

    `inconnu` says what an unknown condition does under `premiere`: `bloque` makes the answer
    unknown, `passe` looks further (an advantage is granted only on what is established).

    `role`: `decide` is part of the answer, `prepare` only serves a table that decides; the others
    inform, warn, or ask for a document. `vue` is the view of the base that the table belongs to, `aussi`
    the others that have it too, `unite` the unit of its scales; `conditions` says what it is to have each answer, as a condition is
    said: an infinitive.
    """

    id: str
    titre: str
    question: str
    decide_par: str
    politique: Politique
    inconnu: SurInconnu
    role: Role
    quand: Condition | None
    regles: tuple[Regle, ...]
    vue: str
    unite: str = ""
    conditions: Mapping[str, str] = field(default_factory=dict)
    aussi: tuple[str, ...] = ()


def valeur_de(regle: Regle) -> str:
    """What a table retains when it retains this rule: the value given, or the rule itself."""
    return regle.effet.valeur if isinstance(regle.effet, Donne) else regle.id


def regles_donnant(table: Table, valeurs: Iterable[str]) -> tuple[str, ...]:
    """The rules without which a table gives none of these values; empty when it may give one without any."""
    voulues = set(valeurs)
    trouvees = {regle.id: valeur_de(regle) for regle in table.regles if valeur_de(regle) in voulues}
    return tuple(trouvees) if set(trouvees.values()) == voulues else ()
