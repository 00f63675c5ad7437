"""The three doors of the simulator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import Http404


@dataclass(frozen=True, slots=True)
class Porte:
    """A way in: who asks, and about whom. `tiers` when the person is someone else.

    `aide` when the door also leads to the aid contract.
    """

    code: str
    titre: str
    promesse: str
    tiers: bool
    aide: bool = False


PORTES: Final = {
    porte.code: porte
    for porte in (
        Porte(
            "candidat",
            "Je veux devenir assistant médical ou assistante médicale",
            "Votre voie, vos heures, vos dispenses, et ce qui pourrait les changer.",
            False,
        ),
        Porte(
            "employeur",
            "J’emploie, ou je vais employer, quelqu’un",
            "La formation qu’il lui faut et les jours d’absence ; l’aide à l’embauche et les échéances, sur cinq ans.",
            True,
            aide=True,
        ),
        Porte(
            "organisme",
            "Je dirige un organisme de formation",
            "Le positionnement d’un candidat ou d’une candidate, module par module, avec ses sources.",
            True,
        ),
    )
}


def porte_de(code: str) -> Porte:
    """The door that an address names. Raises Http404."""
    if code not in PORTES:
        raise Http404(f"Le simulateur n’a pas d’entrée « {code[:40]} ».")
    return PORTES[code]
