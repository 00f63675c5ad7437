"""What a new dossier is given: a reference that no other has, and the branch that will decide it."""

from __future__ import annotations

from binome.comptes.models import Organisation
from binome.comptes.roles import BRANCHE
from binome.dossiers.models import Dossier
from binome.dossiers.references import tirer
from binome.regles.courante import code_par_defaut


def nouvelles(combien: int) -> list[str]:
    """As many references, all different and free; one query, and another when a draw met one that is taken.

    Twenty-seven thousand million exist, and yet two draws may meet.
    """
    libres: set[str] = set()
    while len(libres) < combien:
        tirees = {tirer() for _ in range(combien - len(libres))}
        prises = Dossier.objects.filter(reference__in=tirees).order_by("pk")
        libres |= tirees.difference(prises.values_list("reference", flat=True))
    return sorted(libres)


def branches_de(certification: str) -> list[int]:
    """The branches that deliver a certification."""
    codes = {certification} | ({""} if certification == code_par_defaut() else set())
    lues = Organisation.objects.filter(genre=BRANCHE, certification__in=codes)
    return list(lues.order_by("pk").values_list("pk", flat=True))


def branche_de(certification: str) -> int | None:
    """The only branch that delivers a certification; None when there is none, or several."""
    lues = branches_de(certification)
    return lues[0] if len(lues) == 1 else None
