"""References that no dossier has yet: twenty-seven thousand million exist, and yet two draws may meet."""

from __future__ import annotations

from binome.dossiers.models import Dossier
from binome.dossiers.references import tirer


def nouvelles(combien: int) -> list[str]:
    """As many references, all different and free; one query, and another when a draw met one that is taken."""
    libres: set[str] = set()
    while len(libres) < combien:
        tirees = {tirer() for _ in range(combien - len(libres))}
        prises = Dossier.objects.filter(reference__in=tirees).order_by("pk")
        libres |= tirees.difference(prises.values_list("reference", flat=True))
    return sorted(libres)
