"""Sealing minutes: a lot at a time by the jobs, from what they said the day the jury closed, and nothing else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from binome.impression.pdf import pdf_du_proces_verbal
from binome.impression.proces_verbal_imprime import ProcesVerbalImprime
from binome.jurys.models import ProcesVerbal
from binome.jurys.rayons import PROCES_VERBAUX
from binome.sceau import papiers
from binome.sceau.papiers import Papiers, Scelle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet

    from binome.journal.services import Ecriture
    from binome.sceau.cle import Sceau

RAISON: Final = "Procès-verbal de jury"
SCELLER: Final = "jurys.proces_verbal_scelle"
"""The entry that minutes are sealed."""


def a_sceller() -> QuerySet[ProcesVerbal]:
    """The minutes that wait for their seal; the oldest first."""
    return ProcesVerbal.objects.filter(fichier="").order_by("pk")


def imprime(un: ProcesVerbal) -> ProcesVerbalImprime:
    """The minutes as they are printed: the same for the same row."""
    return ProcesVerbalImprime(un.pk, un.dit, un.etabli_le.date())


def _composer(lus: Sequence[ProcesVerbal], _: Sceau) -> list[Callable[[], bytes]]:
    return [partial(pdf_du_proces_verbal, imprime(un)) for un in lus]


def _inscrire(un: ProcesVerbal, scelle: Scelle) -> Ecriture | None:
    return papiers.inscrire(a_sceller(), un, scelle, geste=SCELLER, objet=un.objet)


PAPIERS: Final = Papiers("proces-verbal", RAISON, PROCES_VERBAUX, a_sceller, _composer, _inscrire)


def sceller_les_proces_verbaux() -> int:
    """Seals a lot of minutes; how many. Raises SceauAbsent, OSError."""
    return papiers.sceller(PAPIERS)


def pourquoi_rompu(un: ProcesVerbal) -> str | None:
    """Why the paper of minutes does not hold, in French; None when file, hash and signature do. Raises SceauAbsent."""
    if un.scelle_le is None:
        return "le papier n’est pas encore scellé"
    return papiers.verifier(PROCES_VERBAUX, Scelle(un.fichier, un.empreinte, un.scelle_le))
