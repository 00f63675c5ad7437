"""How long a decision takes, from the dossiers decided last."""

from __future__ import annotations

from typing import Final, NamedTuple

from binome.dossiers.models import Decision

ASSEZ: Final = 10
"""Below, a figure would tell of somebody rather than of a delay."""
LUS: Final = 500
"""The last decisions read: what was true two years ago is not a promise."""


class Attente(NamedTuple):
    """Days from filing to decision: half of the dossiers take less than `mediane`, nine in ten than `neuf`."""

    mediane: int
    neuf: int
    nombre: int


def _rang(jours: list[int], numerateur: int, denominateur: int) -> int:
    """The smallest delay that at least this share of the dossiers does not exceed."""
    return jours[-(-len(jours) * numerateur // denominateur) - 1]


def attente() -> Attente | None:
    """The delay of the last decisions, in days; None below ten of them. One query."""
    lus = (
        Decision.objects.filter(
            annulee_le__isnull=True, notifiee_le__isnull=False, dossier__depose_le__isnull=False
        )
        .order_by("-pk")
        .values_list("dossier__depose_le", "le")[:LUS]
    )
    jours = sorted((le - depose).days for depose, le in lus if depose is not None)
    if len(jours) < ASSEZ:
        return None
    return Attente(_rang(jours, 1, 2), _rang(jours, 9, 10), len(jours))
