"""A slot as its trainer reads it: each person who is expected, what they signed, and what holds of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from binome.presences.constat import CeQuiSEstPasse
from binome.presences.etats import (
    EtatDePresence,
    EtatDeSignature,
    MoyenDeSignature,
    NatureDePresence,
)
from binome.presences.models import Activite, Presence, Signature
from binome.presences.prouvees import RIEN, dire_le_double, prouvees
from binome.sessions.attendus import attendus
from binome.sessions.etats import ModaliteDeCreneau

if TYPE_CHECKING:
    from binome.parcours.models import Parcours
    from binome.presences.prouvees import Comptee
    from binome.sessions.models import Creneau


@dataclass(frozen=True)
class LigneDePresence:
    """A person of the sheet, their signatures, the first that came first, and what is said of them.

    `apres_coup` is what the person signed once the slot was frozen, while it is not accepted. `tenue` is what is noted, or what holds once counter-signed; `anciennes` what it replaced, the last first.
    """

    parcours: Parcours
    signatures: tuple[Signature, ...]
    tenue: Presence | None
    anciennes: tuple[Presence, ...]
    activite: Activite | None = None
    comptee: Comptee = RIEN
    apres_coup: Signature | None = None

    @property
    def double(self) -> str:
        """Which minutes do not count here, and why; empty when all do."""
        return "" if self.tenue is None else dire_le_double(self.tenue.creneau, self.comptee)

    @property
    def personne(self) -> str:
        """Who it is."""
        return self.parcours.dossier.personne

    @property
    def version(self) -> int:
        """That of what is said now; 0 when nothing is."""
        return 0 if self.tenue is None else self.tenue.version

    @property
    def constat(self) -> CeQuiSEstPasse:
        """What is said now; there for the whole slot when nothing is."""
        une = self.tenue
        return (
            CeQuiSEstPasse()
            if une is None
            else CeQuiSEstPasse(une.nature, une.retard, une.avance, une.interruption)
        )

    @property
    def a_proposer(self) -> bool:
        """Whether a signature that counts for nothing came: late, or of someone said to be away."""
        une = self.tenue
        return (
            une is not None
            and une.etat == EtatDePresence.EN_VIGUEUR
            and not une.signee
            and bool(self.signatures)
        )

    @property
    def sans_preuve(self) -> bool:
        """Whether the person is said to be there, and nothing proves it."""
        une = self.tenue
        present = une is not None and une.nature == NatureDePresence.PRESENT
        return present and not self.signatures and self.activite is None


@dataclass(frozen=True)
class Feuille:
    """The lines of a slot, by name."""

    lignes: tuple[LigneDePresence, ...]

    @property
    def signees(self) -> int:
        """How many people signed."""
        return sum(bool(une.signatures) for une in self.lignes)


def feuille_de(creneau: Creneau) -> Feuille:
    """The sheet of a slot, in few queries whatever the number of people.

    Who is expected no more, and of whom something is kept, stays on it after the others.
    """
    signees: defaultdict[int, list[Signature]] = defaultdict(list)
    dites: defaultdict[int, list[Presence]] = defaultdict(list)
    gens = {une.parcours_id: une.parcours for une in attendus(creneau)}
    de_qui = "parcours__dossier__candidat"
    apres_coup: dict[int, Signature] = {}
    siennes = Signature.objects.filter(creneau=creneau).select_related("par", de_qui)
    for signature in siennes.order_by("signee_le", "pk"):
        if signature.etat == EtatDeSignature.RECUE:
            signees[signature.parcours_id].append(signature)
        elif signature.moyen == MoyenDeSignature.APRES_COUP:
            apres_coup[signature.parcours_id] = signature
        else:
            continue
        gens.setdefault(signature.parcours_id, signature.parcours)
    lues = Presence.objects.filter(creneau=creneau).select_related(
        "par", de_qui, "remplacante__par"
    )
    toutes = list(lues.order_by("-pk"))
    for presence in toutes:
        presence.creneau = creneau
        dites[presence.parcours_id].append(presence)
        gens.setdefault(presence.parcours_id, presence.parcours)
    comptees = prouvees(toutes)
    activites = {}
    if creneau.modalite == ModaliteDeCreneau.A_DISTANCE:
        rendues = Activite.objects.filter(creneau=creneau).select_related("par")
        activites = {une.parcours_id: une for une in rendues}
    return Feuille(
        tuple(
            _ligne(un, signees[numero], dites[numero], activites.get(numero), comptees, apres_coup)
            for numero, un in gens.items()
        )
    )


def _ligne(
    parcours: Parcours,
    signees: list[Signature],
    dites: list[Presence],
    activite: Activite | None,
    comptees: dict[int, Comptee],
    apres_coup: dict[int, Signature],
) -> LigneDePresence:
    tenue = next((une for une in dites if une.etat != EtatDePresence.REMPLACEE), None)
    anciennes = tuple(une for une in dites if une.etat == EtatDePresence.REMPLACEE)
    comptee = RIEN if tenue is None else comptees.get(tenue.pk, RIEN)
    return LigneDePresence(
        parcours, tuple(signees), tenue, anciennes, activite, comptee, apres_coup.get(parcours.pk)
    )
