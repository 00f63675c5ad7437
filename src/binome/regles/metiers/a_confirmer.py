"""What would take hours off and that no answer settles: only somebody named can confirm it.

The total is then the most that it may be: the sources are silent, or a time has no table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from binome.regles.conditions import AConfirmer, parcourir
from binome.regles.manquants import inconnus
from binome.regles.metiers.effets import Acquis, Dispense, Forfait
from binome.regles.metiers.heures import durees_marquees

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.regles.base import Base
    from binome.regles.compiler import Etabli
    from binome.regles.faits import Dossier
    from binome.regles.regle import Regle


@dataclass(frozen=True, slots=True)
class HeuresAConfirmer:
    """One rule that somebody must confirm; `minutes` is what it takes off, None where nobody knows."""

    regle: str
    titre: str
    aupres: str
    minutes: int | None

    def en_json(self) -> dict[str, object]:
        """The reserve as the JSON contract fixes it."""
        return {"regle": self.regle, "aupres": self.aupres, "minutes_en_moins": self.minutes}


@lru_cache(maxsize=16)
def _reserves_de(base: Base) -> tuple[tuple[Regle, HeuresAConfirmer], ...]:
    trouvees = []
    for regle in base.regles.values():
        if not isinstance(regle.effet, Acquis | Dispense | Forfait):
            continue
        qui = [n.aupres for n in parcourir(regle.si) if isinstance(n, AConfirmer)]
        if qui:
            reserve = HeuresAConfirmer(regle.id, regle.titre, qui[0], _minutes(base, regle.effet))
            trouvees.append((regle, reserve))
    return tuple(trouvees)


def _minutes(base: Base, effet: Acquis | Dispense | Forfait) -> int | None:
    match effet:
        case Acquis(marque):
            (minutes,) = durees_marquees(base, marque)
            return minutes
        case Dispense(referentiel, modules):
            return sum(base.referentiels[referentiel].module(un).minutes or 0 for un in modules)
        case Forfait(formation=formation, evaluations=evaluations):
            return None if formation is None or evaluations is None else formation + evaluations


def reserves(base: Base, dossier: Dossier, etabli: Etabli) -> Iterator[HeuresAConfirmer]:
    """The rules that stay open whatever the person answers."""
    for regle, reserve in _reserves_de(base):
        ouverte = etabli.verites.get(regle.id, False) is None
        if ouverte and not inconnus(base).de_la_regle(regle, dossier, etabli):
            yield reserve
