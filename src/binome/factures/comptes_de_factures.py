"""What is left to pay of invoices: their total, less credit notes, less what payments pay of them. Cents, and few queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Sum

from binome.factures.etats import NatureDeFacture
from binome.factures.models import Facture, Lettrage
from binome.prises_en_charge.fonds import CleDeFonds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from binome.comptes.models import Organisation
    from binome.prises_en_charge.fonds import Sommes


@dataclass(frozen=True)
class CompteDeFacture:
    """An invoice, and what became of it. `reste_cents` is negative where more was paid than is owed, credit notes included."""

    facture: Facture
    avoirs_cents: int
    regle_cents: int

    @property
    def reste_cents(self) -> int:
        """What is left to pay."""
        return self.facture.total_cents - self.avoirs_cents - self.regle_cents

    @property
    def trop_cents(self) -> int:
        """What is to be given back."""
        return max(0, -self.reste_cents)

    def retard(self, le: date) -> int:
        """Days since it should have been paid; 0 when nothing is late."""
        return max(0, (le - self.facture.echeance).days) if self.reste_cents > 0 else 0


def comptes_de(factures: Iterable[Facture]) -> list[CompteDeFacture]:
    """The account of each invoice, in their order; credit notes are counted on theirs."""
    lues = [une for une in factures if une.nature == NatureDeFacture.FACTURE]
    numeros = [une.pk for une in lues]
    avoirs = _sommes(
        Facture.objects.filter(corrige__in=numeros)
        .order_by()
        .values_list("corrige")
        .annotate(somme=Sum("total_cents"))
    )
    regles = _sommes(
        Lettrage.objects.filter(facture__in=numeros, defait_le__isnull=True)
        .order_by()
        .values_list("facture")
        .annotate(somme=Sum("montant_cents"))
    )
    return [CompteDeFacture(une, avoirs.get(une.pk, 0), regles.get(une.pk, 0)) for une in lues]


def compte_de(facture: Facture) -> CompteDeFacture:
    """The account of one invoice."""
    return comptes_de([facture])[0]


def deja_lettre(reglements: Collection[int]) -> dict[int, int]:
    """What each payment pays already, by its number."""
    return _sommes(
        Lettrage.objects.filter(reglement__in=reglements, defait_le__isnull=True)
        .order_by()
        .values_list("reglement")
        .annotate(somme=Sum("montant_cents"))
    )


def _sommes(paires: Iterable[tuple[int, int]]) -> dict[int, int]:
    return dict(paires)


def sommes_du_payeur(payeur: Organisation, sommes: Sommes) -> None:
    """What is billed under the agreements of a payer, credit notes taken off, and what organisations say was paid of it."""
    de = "prise_en_charge__"
    factures = Facture.objects.filter(payeur=payeur).order_by()
    groupes = factures.values_list(f"{de}annee", f"{de}voie", f"{de}bareme", "nature")
    for annee, voie, bareme, nature, cents in groupes.annotate(somme=Sum("total_cents")):
        signe = 1 if nature == NatureDeFacture.FACTURE else -1
        sommes[CleDeFonds(annee, voie, bareme)].facture += signe * cents
    de = f"facture__{de}"
    lettrages = Lettrage.objects.filter(facture__payeur=payeur, defait_le__isnull=True).order_by()
    for annee, voie, bareme, cents in lettrages.values_list(
        f"{de}annee", f"{de}voie", f"{de}bareme"
    ).annotate(somme=Sum("montant_cents")):
        sommes[CleDeFonds(annee, voie, bareme)].paye += cents
