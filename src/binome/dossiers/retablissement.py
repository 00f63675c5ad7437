"""Taking a withdrawn dossier back: until when, by whom, and what it is again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.gestes.refus import GesteImpossible
from binome.journal.models import Entree

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from binome.dossiers.models import Dossier
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage

DELAI: Final = timedelta(days=30)
"""How long a withdrawn dossier may be taken back."""


def jusqu_a(dossier: Dossier) -> datetime | None:
    """Until when a withdrawn dossier may be taken back; None when it may not, or no longer."""
    if dossier.clos_le is None or dossier.anonyme_le is not None:
        return None
    fin = dossier.clos_le + DELAI
    return fin if timezone.now() <= fin else None


def possible(dossier: Dossier) -> str | None:
    """It was withdrawn not long ago, and still tells of somebody."""
    if jusqu_a(dossier) is not None:
        return None
    return "Ce dossier est retiré depuis plus de trente jours : ouvrez-en un nouveau."


def retablir(passages: Sequence[Passage[Dossier]], par: Auteur) -> None:
    """A draft again, as if it had not been filed; what a candidate withdrew is theirs alone to take back."""
    retraits = Entree.objects.filter(
        objet__in=[passage.objet.objet for passage in passages], geste="dossier.retirer"
    )
    qui = dict(retraits.order_by("rang").values_list("objet", "auteur"))
    for passage in passages:
        dossier = passage.objet
        if qui.get(dossier.objet) == f"personne:{dossier.candidat_id}" != par.nom_au_journal:
            passage.refus = GesteImpossible(
                "La personne candidate a retiré ce dossier : elle seule peut le rétablir, depuis son espace."
            )
            continue
        passage.change |= {"clos_le": None, "depose_le": None, "claire": False}
