"""Telling the journal, once, of the jobs that a migration made out of the practices of dossiers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from binome.dossiers.employeurs.models import EmploiSuivi
from binome.emplois.models import Emploi, Salarie
from binome.journal.inventaire import dire
from binome.journal.tables import table_de

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.migrations import Migration

COPIE: Final = ("dossiers", "0017_des_cabinets_aux_emplois")


def inventorier_la_copie(
    sender: object,  # noqa: ARG001 - a receiver
    *,
    plan: Iterable[tuple[Migration, bool]] = (),
    **_: Any,
) -> None:
    """Once everything is migrated, when the copy was part of it: nobody has written there yet.

    Killed in between, `binome journal inventorier` says the same.
    """
    passees = {(une.app_label, une.name) for une, recule in plan if not recule}
    if COPIE in passees:
        _dire()


@transaction.atomic
def _dire() -> None:
    emplois = Emploi.objects.filter(suivis__isnull=False)
    salaries = Salarie.objects.filter(emplois__suivis__isnull=False)
    for rangs in (EmploiSuivi.objects.all(), emplois, salaries):
        numeros = set(rangs.order_by().values_list("pk", flat=True))
        dire(table_de(rangs.model), dict.fromkeys(numeros, ("id",)))
