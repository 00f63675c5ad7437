"""The clock of a training: that of the place where its session is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.agenda.territoires import fuseau_du_departement
from binome.sessions.models import Inscription

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from binome.parcours.models import Parcours


def fuseau_du_parcours(parcours: Parcours) -> ZoneInfo:
    """By the last session that a path was enrolled in; that of Paris where there is none."""
    inscrites = Inscription.objects.filter(parcours=parcours).order_by("pk")
    return fuseau_du_departement(
        inscrites.values_list("session__site__departement", flat=True).last() or ""
    )
