"""The tables of jobs that the journal tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.emplois.models import Adhesion, Emploi, Salarie
from binome.journal.tables import TableSuivie, declarer

if TYPE_CHECKING:
    from django.db.models import Model

HORS_DU_JOURNAL: Final[dict[type[Model], str]] = {}
"""The tables that the journal does not tell of, and why."""


def _emploi(numero: int) -> tuple[str, str]:
    """A job is a subject of its own: it goes alone, or with whom it is of."""
    return f"emploi:{numero}", f"emploi:{numero}"


def declarer_les_tables() -> None:
    """Makes the tables known to the journal."""
    declarer(
        TableSuivie(Salarie, (), lambda numero: (f"salarie:{numero}", "")),
        TableSuivie(Emploi, (), _emploi),
        TableSuivie(Adhesion, ("groupement_id",), lambda _, numero: (f"organisation:{numero}", "")),
    )
