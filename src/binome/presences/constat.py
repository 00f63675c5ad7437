"""What happened in a slot for a person, in minutes, and what it leaves of the slot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from binome.gestes.refus import GesteImpossible
from binome.presences.etats import NatureDePresence
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from binome.sessions.models import Creneau

PRESENT = str(NatureDePresence.PRESENT)
ABSENT = str(NatureDePresence.ABSENT)


@dataclass(frozen=True)
class CeQuiSEstPasse:
    """There or not; how late, how early gone, how long away in between, in minutes."""

    nature: str = PRESENT
    retard: int = 0
    avance: int = 0
    interruption: int = 0

    @property
    def otees(self) -> int:
        """Minutes that it takes off the slot."""
        return self.retard + self.avance + self.interruption

    def minutes(self, creneau: Creneau) -> int:
        """Those followed: what is left of the slot, none for an absence."""
        return 0 if self.nature == ABSENT else creneau.minutes - self.otees

    def colonnes(self, creneau: Creneau) -> dict[str, object]:
        """As a presence keeps it. Raises GesteImpossible when more is taken off than the slot lasts."""
        if self.nature == ABSENT and self.otees:
            raise GesteImpossible(
                "Une absence n’a ni retard ni départ : choisissez l’un ou l’autre."
            )
        if self.nature == PRESENT and self.otees >= creneau.minutes:
            raise GesteImpossible(
                "Ces minutes ne laissent rien du créneau : notez une absence.", champ="retard"
            )
        return {
            "nature": self.nature,
            "retard": self.retard,
            "avance": self.avance,
            "interruption": self.interruption,
            "minutes": self.minutes(creneau),
        }


def lire(
    recu: Mapping[str, str], creneau: Creneau, maintenant: datetime, avant: CeQuiSEstPasse
) -> CeQuiSEstPasse:
    """What a form says, by its button: one tap for who comes or leaves now. Raises GesteImpossible."""
    quoi = recu.get("quoi", "")
    if quoi == "absent":
        return CeQuiSEstPasse(ABSENT)
    if quoi == "present":
        return CeQuiSEstPasse()
    if quoi == "arrive":
        return CeQuiSEstPasse(
            PRESENT, _entre(creneau.debut, maintenant), avant.avance, avant.interruption
        )
    if quoi == "part":
        return CeQuiSEstPasse(
            PRESENT, avant.retard, _entre(maintenant, creneau.fin), avant.interruption
        )
    if quoi != "minutes":
        raise GesteImpossible("Choisissez ce qui s’est passé.")
    return CeQuiSEstPasse(
        PRESENT, *(_minutes(recu, nom) for nom in ("retard", "avance", "interruption"))
    )


def _entre(debut: datetime, fin: datetime) -> int:
    return max(0, int((fin - debut).total_seconds()) // 60)


def _minutes(recu: Mapping[str, str], nom: str) -> int:
    dites = recu.get(nom, "").strip()
    if not dites:
        return 0
    lues = lire_entier(dites, chiffres=3)
    if lues is None:
        raise GesteImpossible("Écrivez des minutes entières, comme 20.", champ=nom)
    return lues
