"""What agreements commit, and what of it is proven, billed and paid on a day, in cents."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Sum

from binome.factures.etats import NatureDeFacture
from binome.factures.models import Facture, Lettrage
from binome.prises_en_charge.etats import EN_VIGUEUR, EtatDePriseEnCharge
from binome.prises_en_charge.models import EtatDeService, PriseEnCharge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime


def argent(au: date, apres: datetime) -> Iterator[tuple[Any, ...]]:
    """A row for each agreement that holds; `apres` is the instant after the day.

    What was billed on the first version of an agreement is counted with the one that replaced it.
    """
    prouves, factures, payes = _prouves(apres), _factures(au), _payes(au)
    lues = (
        PriseEnCharge.objects.filter(etat=EtatDePriseEnCharge.ACCORDEE, repondue_le__lt=apres)
        .order_by("pk")
        .values_list("pk", "premiere", "payeur", "organisme", "annee", "engage_cents")
    )
    for pk, premiere, payeur, organisme, annee, engage in lues.iterator():
        versions = {pk, premiere or pk}
        sommes = (sum(par.get(une, 0) for une in versions) for par in (prouves, factures, payes))
        yield (pk, payeur, organisme, annee, engage, *sommes)


def _prouves(apres: datetime) -> dict[int, int]:
    return dict(
        EtatDeService.objects.filter(etat__in=EN_VIGUEUR, etabli_le__lt=apres)
        .order_by()
        .values("prise_en_charge")
        .annotate(en_tout=Sum("montant_cents"))
        .values_list("prise_en_charge", "en_tout")
    )


def _factures(au: date) -> dict[int, int]:
    par: defaultdict[int, int] = defaultdict(int)
    emises = (
        Facture.objects.filter(le__lte=au)
        .order_by()
        .values_list("prise_en_charge", "nature")
        .annotate(en_tout=Sum("total_cents"))
    )
    for prise, nature, cents in emises.iterator():
        par[prise] += cents if nature == NatureDeFacture.FACTURE else -cents
    return par


def _payes(au: date) -> dict[int, int]:
    lettres = Lettrage.objects.filter(reglement__jour__lte=au, defait_le=None).order_by()
    return dict(
        lettres.values("facture__prise_en_charge")
        .annotate(en_tout=Sum("montant_cents"))
        .values_list("facture__prise_en_charge", "en_tout")
    )
