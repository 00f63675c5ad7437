"""A slot as its trainer reads it: each person who is expected, what they signed, and what holds of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from binome.presences.etats import EtatDeSignature
from binome.presences.models import Signature
from binome.sessions.attendus import attendus

if TYPE_CHECKING:
    from binome.sessions.models import Creneau, Inscription


@dataclass(frozen=True)
class LigneDePresence:
    """A person of the sheet: their enrolment, and their signatures, the first that came first."""

    inscription: Inscription
    signatures: tuple[Signature, ...]

    @property
    def personne(self) -> str:
        """Who it is."""
        return self.inscription.parcours.dossier.personne


@dataclass(frozen=True)
class Feuille:
    """The lines of a slot, by name."""

    lignes: tuple[LigneDePresence, ...]

    @property
    def signees(self) -> int:
        """How many people signed."""
        return sum(bool(une.signatures) for une in self.lignes)


def feuille_de(creneau: Creneau) -> Feuille:
    """The sheet of a slot, in few queries whatever the number of people."""
    signees: defaultdict[int, list[Signature]] = defaultdict(list)
    siennes = Signature.objects.filter(creneau=creneau, etat=EtatDeSignature.RECUE)
    for une in siennes.select_related("par").order_by("signee_le", "pk"):
        signees[une.parcours_id].append(une)
    return Feuille(
        tuple(LigneDePresence(une, tuple(signees[une.parcours_id])) for une in attendus(creneau))
    )
