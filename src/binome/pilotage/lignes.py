"""What indicators count, one row a thing, on one day: codes, days, minutes and cents, never a name.

None is unknown, never « no » and never zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class ContratCompte:
    """An aid contract signed by the day. `etp` is what it pays for, in basis points of a full time; `suspendu`: on that day."""

    numero: int
    departement: str
    caisse: str
    signe_le: date
    debut: date | None
    fini_le: date | None
    suspendu: bool
    etp: int | None

    def en_vigueur(self, au: date) -> bool:
        """Whether somebody may work under it that day: begun, neither over nor suspended."""
        commence = self.debut is not None and self.debut <= au
        return commence and not self.suspendu and (self.fini_le is None or self.fini_le > au)


@dataclass(frozen=True, slots=True)
class PosteCompte:
    """Somebody who works under a contract in force. `personne` tells one from another, and names nobody.

    `part` is in basis points; `qualifiee` and `en_formation` are None where nobody said.
    """

    personne: str
    contrat: int
    departement: str
    caisse: str
    depuis: date
    part: int
    qualifiee: bool | None
    en_formation: bool | None


@dataclass(frozen=True, slots=True)
class DossierCompte:
    """A dossier filed by the day; `en_attente`: no decision was taken by then, and it was not withdrawn."""

    numero: int
    organisme: str
    certification: str
    complet_le: date
    decide_le: date | None
    en_attente: bool


@dataclass(frozen=True, slots=True)
class ParcoursCompte:
    """A path opened by the day. `embauche` is the first day of the job, `parti_le` its last one; `entree` the first day attended.

    `abandon_le` is the day it was given up; `presente` whether a jury decided of it, `tentatives` how many times; `titre_le` the day
    of its title, and None without one. `dispensees` are the minutes taken off, None unknown; `payeurs` who agreed to pay.
    """

    numero: int
    organisme: str
    certification: str
    departement: str
    voie: str
    embauche: date | None
    parti_le: date | None
    entree: date | None
    abandon_le: date | None
    tentatives: int
    titre_le: date | None
    dispensees: int | None
    payeurs: tuple[str, ...] = ()
    en_cours: bool = True


@dataclass(frozen=True, slots=True)
class SessionComptee:
    """A session published by the day: its seats, who is enrolled, who came at least once."""

    organisme: str
    certification: str
    departement: str
    debut: date
    places: int
    inscrits: int
    entres: int


@dataclass(frozen=True, slots=True)
class HeuresComptees:
    """Minutes followed and counter-signed; `a_distance`: by a virtual class, or without a timetable."""

    organisme: str
    certification: str
    departement: str
    minutes: int
    a_distance: bool


@dataclass(frozen=True, slots=True)
class ArgentCompte:
    """What one agreement commits, bills, and was paid, in cents, for the funds of one year; `engage` is None where unknown."""

    payeur: str
    organisme: str
    certification: str
    annee: int
    engage: int | None
    facture: int
    paye: int


@dataclass(frozen=True, slots=True)
class AvanceComptee:
    """What a trainee advanced, by the dossier of its agreement; `depuis` is the day they paid, `rendue_le` when it was paid back."""

    payeur: str
    organisme: str
    certification: str
    prise: int
    depuis: date
    rendue_le: date | None


@dataclass(frozen=True, slots=True)
class VersementAVenir:
    """A payment that a caisse owes for a contract; cents are None where no source gives them."""

    contrat: int
    caisse: str
    departement: str
    jour: date | None
    cents: int | None


@dataclass(frozen=True)
class FaitsComptes:
    """All that is counted on a day, `au` included; `sessions`, `heures` and the like may be of one perimeter only."""

    au: date
    contrats: list[ContratCompte] = field(default_factory=list)
    postes: list[PosteCompte] = field(default_factory=list)
    dossiers: list[DossierCompte] = field(default_factory=list)
    parcours: list[ParcoursCompte] = field(default_factory=list)
    sessions: list[SessionComptee] = field(default_factory=list)
    heures: list[HeuresComptees] = field(default_factory=list)
    argent: list[ArgentCompte] = field(default_factory=list)
    avances: list[AvanceComptee] = field(default_factory=list)
    versements: list[VersementAVenir] = field(default_factory=list)
