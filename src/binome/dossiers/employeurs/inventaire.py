"""Telling the journal, once, of the jobs that a migration made out of the practices of dossiers."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from binome.dossiers.employeurs.models import EmploiSuivi
from binome.emplois.models import Emploi, Salarie
from binome.journal.inventaire import GESTE
from binome.journal.lignes import lignes
from binome.journal.services import Fait, ecrire_tout

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.migrations import Migration

COPIE: Final = ("dossiers", "0017_des_cabinets_aux_emplois")
LOT: Final = 500


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
    suivis = EmploiSuivi.objects.select_related("dossier").order_by("pk")
    _par_lots((un.dossier.objet, un) for un in suivis.iterator(LOT))
    emplois = Emploi.objects.filter(suivis__isnull=False).order_by("pk").distinct()
    _par_lots((un.objet, un) for un in emplois.iterator(LOT))
    salaries = Salarie.objects.filter(emplois__suivis__isnull=False).order_by("pk").distinct()
    _par_lots((un.objet, un) for un in salaries.iterator(LOT))


def _par_lots(lues: Iterable[tuple[str, EmploiSuivi | Emploi | Salarie]]) -> None:
    rangs = iter(lues)
    while lot := list(islice(rangs, LOT)):
        _ecrire(lot)


def _ecrire(lot: Sequence[tuple[str, EmploiSuivi | Emploi | Salarie]]) -> None:
    ecrire_tout([Fait(GESTE, objet, lignes=lignes([un])) for objet, un in lot])
