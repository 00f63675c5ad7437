"""The table of attendance of a session: people by slots, in minutes, in few queries whatever their number."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from binome.presences.etats import (
    EtatDePresence,
    EtatDeSignature,
    MoyenDeSignature,
    NatureDePresence,
)
from binome.presences.models import Presence, Signature
from binome.presences.prouvees import RIEN, Comptee, prouvees
from binome.regles.calendrier import duree_en_clair
from binome.sessions.attendus import attendus_des
from binome.sessions.etats import EtatDeCreneau

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from binome.parcours.models import Parcours
    from binome.sessions.models import Creneau, Session


class Quoi(StrEnum):
    """What a slot is for a person, in the words of the table."""

    PROUVEE = "présence prouvée"
    NON_PROUVEE = "présence sans signature"
    ABSENCE = "absence"
    A_CONTRESIGNER = "pas contresigné"
    A_VENIR = "à venir"
    PAS_ATTENDUE = "pas attendue"


class CaseDePresence(NamedTuple):
    """One person in one slot: `suivies` and `prouvees` in minutes."""

    creneau: Creneau
    quoi: Quoi
    presence: Presence | None
    signatures: tuple[str, ...]
    suivies: int
    comptee: Comptee

    @property
    def prouvees(self) -> int:
        """Minutes that are proven."""
        return self.comptee.minutes

    @property
    def va_bien(self) -> bool:
        """Whether there is nothing to look at: on a phone, it is not shown."""
        entiere = self.quoi == Quoi.PROUVEE and self.prouvees == self.creneau.minutes
        return entiere or self.quoi in {Quoi.A_VENIR, Quoi.PAS_ATTENDUE}

    @property
    def dite(self) -> str:
        """The words of the cell."""
        if self.quoi == Quoi.PROUVEE:
            ailleurs = ", le reste compté ailleurs" if self.comptee.en_double else ""
            return f"{duree_en_clair(self.prouvees)}{ailleurs}"
        if self.quoi == Quoi.NON_PROUVEE:
            return f"{duree_en_clair(self.suivies)}, sans signature"
        return "" if self.quoi == Quoi.PAS_ATTENDUE else str(self.quoi)

    @property
    def comment(self) -> str:
        """How the person signed, in words; empty when they did not."""
        return ", ".join(str(MoyenDeSignature(un).label) for un in self.signatures)


@dataclass(frozen=True)
class RangDePresence:
    """A person, their cells in the order of the slots, and their minutes."""

    parcours: Parcours
    cases: tuple[CaseDePresence, ...]

    @property
    def attendues(self) -> list[CaseDePresence]:
        """The slots that were theirs."""
        return [une for une in self.cases if une.quoi != Quoi.PAS_ATTENDUE]

    def _minutes(self, *quoi: Quoi) -> int:
        return sum(une.creneau.minutes for une in self.cases if une.quoi in quoi)

    @property
    def prevues(self) -> int:
        """Minutes of the slots that were theirs, those to come included."""
        return sum(une.creneau.minutes for une in self.attendues)

    @property
    def prouvees(self) -> int:
        """Those that are proven."""
        return sum(une.prouvees for une in self.cases)

    @property
    def en_double(self) -> int:
        """Those that another slot of the same hours counts already."""
        return sum(une.comptee.en_double for une in self.cases)

    @property
    def a_prouver(self) -> int:
        """Those followed without a signature, and those of slots that are over and not counter-signed."""
        sans = sum(une.suivies for une in self.cases if une.quoi == Quoi.NON_PROUVEE)
        return sans + self._minutes(Quoi.A_CONTRESIGNER)

    @property
    def manquees(self) -> int:
        """Those that the person missed: absences, late arrivals, early departures."""
        constatees = (Quoi.PROUVEE, Quoi.NON_PROUVEE, Quoi.ABSENCE)
        return sum(
            une.creneau.minutes - une.suivies for une in self.cases if une.quoi in constatees
        )

    @property
    def a_venir(self) -> int:
        """Those of slots to come."""
        return self._minutes(Quoi.A_VENIR)


@dataclass(frozen=True)
class TableauDePresence:
    """The slots that are not cancelled, the first one first, and the people by name."""

    session: Session
    creneaux: tuple[Creneau, ...]
    rangs: tuple[RangDePresence, ...]


def tableau_de(session: Session, *, maintenant: datetime | None = None) -> TableauDePresence:
    """The table of a session, in few queries whatever the number of slots and people."""
    instant = maintenant or timezone.now()
    creneaux = list(
        session.creneaux.exclude(etat=EtatDeCreneau.ANNULE)
        .select_related("session__site", "gele_par")
        .order_by("debut", "pk")
    )
    gens: dict[int, Parcours] = {}
    attendues: set[tuple[int, int]] = set()
    for numero, inscrites in attendus_des(creneaux).items():
        for une in inscrites:
            gens.setdefault(une.parcours_id, une.parcours)
            attendues.add((numero, une.parcours_id))
    tenues = _tenues(creneaux)
    for presence in tenues.values():
        gens.setdefault(presence.parcours_id, presence.parcours)
    signees = _signees(creneaux)
    comptees = prouvees(tenues.values())
    rangs = []
    for numero, parcours in gens.items():
        cases = []
        for un in creneaux:
            cle = un.pk, numero
            tenue = tenues.get(cle)
            comptee = RIEN if tenue is None else comptees.get(tenue.pk, RIEN)
            quoi = _quoi(un, tenue, attendue=cle in attendues, instant=instant)
            suivies = tenue.minutes if tenue is not None and un.etat == EtatDeCreneau.GELE else 0
            cases.append(CaseDePresence(un, quoi, tenue, tuple(signees[cle]), suivies, comptee))
        rangs.append(RangDePresence(parcours, tuple(cases)))
    return TableauDePresence(session, tuple(creneaux), tuple(rangs))


def _tenues(creneaux: Sequence[Creneau]) -> dict[tuple[int, int], Presence]:
    par_numero = {un.pk: un for un in creneaux}
    lues = (
        Presence.objects.filter(creneau__in=creneaux)
        .exclude(etat=EtatDePresence.REMPLACEE)
        .select_related("parcours__dossier")
    )
    tenues = {}
    for une in lues.order_by("pk"):
        une.creneau = par_numero[une.creneau_id]
        tenues[une.creneau_id, une.parcours_id] = une
    return tenues


def _signees(creneaux: Iterable[Creneau]) -> defaultdict[tuple[int, int], list[str]]:
    """How each signed each slot, each way once."""
    signees: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    lues = Signature.objects.filter(creneau__in=list(creneaux), etat=EtatDeSignature.RECUE)
    for creneau, parcours, moyen in lues.order_by("signee_le", "pk").values_list(
        "creneau", "parcours", "moyen"
    ):
        if moyen not in signees[creneau, parcours]:
            signees[creneau, parcours].append(moyen)
    return signees


def _quoi(un: Creneau, tenue: Presence | None, *, attendue: bool, instant: datetime) -> Quoi:
    if un.etat == EtatDeCreneau.GELE and tenue is not None:
        if tenue.nature == NatureDePresence.ABSENT:
            return Quoi.ABSENCE
        return Quoi.PROUVEE if tenue.signee else Quoi.NON_PROUVEE
    if not attendue and tenue is None:
        return Quoi.PAS_ATTENDUE
    return Quoi.A_CONTRESIGNER if un.fin <= instant else Quoi.A_VENIR
