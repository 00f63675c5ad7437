"""Where a payer's funds stand, year by year and route by route: what it has, committed, proven, accepted, left, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from binome.prises_en_charge.etats import (
    EN_VIGUEUR,
    EtatDePriseEnCharge,
    EtatDUnEtatDeService,
    VoieDePaiement,
)
from binome.prises_en_charge.models import EnveloppeDuPayeur, EtatDeService, PriseEnCharge

if TYPE_CHECKING:
    from binome.comptes.models import Organisation

RYTHME: Final = 90
"""Days over which the pace is read."""
SIECLE: Final = 36_525
"""Days beyond which nobody is told a date."""


@dataclass(frozen=True)
class LigneDeFonds:
    """A year and a route, `voie` empty for all of the year: cents. A year is that of the first day of the training.

    `enveloppe` is None where the payer said nothing; `fin` the day when nothing is left at this pace, None when that is not known.
    """

    annee: int
    voie: str
    enveloppe: int | None
    engage: int
    prouve: int
    accepte: int
    par_jour: int
    fin: date | None

    @property
    def titre(self) -> str:
        """The route in words."""
        return str(VoieDePaiement(self.voie).label) if self.voie else "Toutes les voies"

    @property
    def reste(self) -> int | None:
        """What is not committed yet; negative when more is."""
        return None if self.enveloppe is None else self.enveloppe - self.engage


def epuisement(reste: int, par_jour: int, aujourd_hui: date) -> date | None:
    """The day when nothing is left, at so many cents a day; today when nothing is, None when the pace leads nowhere."""
    if reste <= 0:
        return aujourd_hui
    if par_jour <= 0 or reste // par_jour > SIECLE:
        return None
    return aujourd_hui + timedelta(days=reste // par_jour)


def fonds(payeur: Organisation) -> list[LigneDeFonds]:
    """The lines of a payer, the last year first, each year whole and then by route; four queries, whatever their number."""
    enveloppes: dict[tuple[int, str], int] = {}
    for une in EnveloppeDuPayeur.objects.filter(payeur=payeur).order_by("pk"):
        enveloppes[une.annee, une.voie] = une.montant_cents
    tenues = PriseEnCharge.objects.filter(payeur=payeur, etat=EtatDePriseEnCharge.ACCORDEE)
    engages = _par_annee_et_voie(
        tenues.values_list("annee", "voie").order_by().annotate(un=Sum("engage_cents"))
    )
    recentes = tenues.filter(repondue_le__gte=timezone.now() - timedelta(days=RYTHME))
    rythmes = _par_annee_et_voie(
        recentes.values_list("annee", "voie").order_by().annotate(un=Sum("engage_cents"))
    )
    prouves, acceptes = _prouves(payeur)
    annees = sorted({annee for annee, _ in (*enveloppes, *engages, *prouves)}, reverse=True)
    return [
        _ligne(annee, voie, enveloppes, engages, prouves, acceptes, rythmes)
        for annee in annees
        for voie in ("", *VoieDePaiement.values)
        if not voie or any((annee, voie) in lus for lus in (enveloppes, engages, prouves))
    ]


def _prouves(payeur: Organisation) -> tuple[dict[tuple[int, str], int], dict[tuple[int, str], int]]:
    """What months prove, then what of it is accepted; wages included."""
    siens = EtatDeService.objects.filter(payeur=payeur, etat__in=EN_VIGUEUR)
    prouves: dict[tuple[int, str], int] = {}
    acceptes: dict[tuple[int, str], int] = {}
    lus = (
        siens.values_list("prise_en_charge__annee", "prise_en_charge__voie", "etat")
        .order_by()
        .annotate(un=Sum("montant_cents") + Coalesce(Sum("salaire_cents"), 0))
    )
    for annee, voie, etat, cents in lus:
        prouves[annee, voie] = prouves.get((annee, voie), 0) + cents
        if etat == EtatDUnEtatDeService.ACCEPTE:
            acceptes[annee, voie] = acceptes.get((annee, voie), 0) + cents
    return prouves, acceptes


def _par_annee_et_voie(lus: object) -> dict[tuple[int, str], int]:
    return {(annee, voie): cents or 0 for annee, voie, cents in lus}  # type: ignore[attr-defined] # rows of three


def _ligne(
    annee: int,
    voie: str,
    enveloppes: dict[tuple[int, str], int],
    engages: dict[tuple[int, str], int],
    prouves: dict[tuple[int, str], int],
    acceptes: dict[tuple[int, str], int],
    rythmes: dict[tuple[int, str], int],
) -> LigneDeFonds:
    def somme(lus: dict[tuple[int, str], int]) -> int:
        return sum(
            cents for (sienne, une), cents in lus.items() if sienne == annee and voie in ("", une)
        )

    enveloppe = enveloppes.get((annee, voie))
    if enveloppe is None and not voie:
        des_voies = [
            cents for (sienne, une), cents in enveloppes.items() if sienne == annee and une
        ]
        enveloppe = sum(des_voies) if des_voies else None
    engage, par_jour = somme(engages), somme(rythmes) // RYTHME
    fin = (
        None
        if enveloppe is None
        else epuisement(enveloppe - engage, par_jour, timezone.localdate())
    )
    return LigneDeFonds(
        annee, voie, enveloppe, engage, somme(prouves), somme(acceptes), par_jour, fin
    )
