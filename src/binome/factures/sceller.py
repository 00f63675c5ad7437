"""Sealing invoices and credit notes: a lot at a time by the jobs, each with its XML inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.factures.composition_des_factures import papier
from binome.factures.models import Facture, LigneDeFacture
from binome.factures.rayons import FACTURES_SCELLEES
from binome.sceau import papiers
from binome.sceau.papiers import Papiers, Scelle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet

    from binome.journal.services import Ecriture
    from binome.sceau.cle import Sceau

SCELLER: Final = "factures.sceller"
"""The entry that an invoice is sealed."""
RAISON: Final = "Facture émise"


def factures_a_sceller() -> QuerySet[Facture]:
    """The papers that wait; the oldest first."""
    return Facture.objects.filter(fichier="").select_related("corrige").order_by("pk")


def _composer(factures: Sequence[Facture], _: Sceau) -> list[Callable[[], bytes]]:
    siennes: dict[int, list[LigneDeFacture]] = {une.pk: [] for une in factures}
    for ligne in LigneDeFacture.objects.filter(facture__in=siennes).order_by("facture", "pk"):
        siennes[ligne.facture_id].append(ligne)
    return [papier(une, siennes[une.pk]) for une in factures]


def _inscrire(facture: Facture, scelle: Scelle) -> Ecriture | None:
    return papiers.inscrire(
        factures_a_sceller(), facture, scelle, geste=SCELLER, objet=facture.objet
    )


FACTURES_A_SCELLER: Final = Papiers(
    "facture", RAISON, FACTURES_SCELLEES, factures_a_sceller, _composer, _inscrire
)


def sceller_les_factures() -> int:
    """Seals a lot of invoices; how many. Raises SceauAbsent, OSError."""
    return papiers.sceller(FACTURES_A_SCELLER)
