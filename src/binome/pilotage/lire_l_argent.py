"""Reads on a day what indicators count of money: agreements, invoices, payments, advances, the aid to come."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from binome.contrats_d_aide.etats import EtatDeVersement
from binome.contrats_d_aide.models import VersementAttendu
from binome.factures.etats import EtatDAvance, NatureDeFacture
from binome.factures.models import Avance, Facture, Lettrage
from binome.pilotage.lignes import ArgentCompte, AvanceComptee, VersementAVenir
from binome.prises_en_charge.etats import EtatDePriseEnCharge
from binome.prises_en_charge.models import PriseEnCharge

if TYPE_CHECKING:
    from datetime import date, datetime

HORS_BINOME: Final = "autre"
"""The payer, or the caisse, that is no organisation of Binôme."""


def argent(au: date, apres: datetime) -> list[ArgentCompte]:
    """What each agreement that holds commits, bills and was paid; `apres` is the instant after the day."""
    factures: defaultdict[int, int] = defaultdict(int)
    payes: defaultdict[int, int] = defaultdict(int)
    emises = Facture.objects.filter(le__lte=au).order_by()
    for prise, nature, cents in emises.values_list(
        "prise_en_charge", "nature", "total_cents"
    ).iterator():
        factures[prise] += cents if nature == NatureDeFacture.FACTURE else -cents
    lettres = Lettrage.objects.filter(reglement__jour__lte=au, defait_le=None).order_by()
    for prise, cents in lettres.values_list("facture__prise_en_charge", "montant_cents").iterator():
        payes[prise] += cents
    prises = (
        PriseEnCharge.objects.filter(etat=EtatDePriseEnCharge.ACCORDEE, repondue_le__lt=apres)
        .order_by("pk")
        .values_list(
            "pk", "premiere", "payeur", "organisme", "parcours__dossier__certification", "annee", "engage_cents"
        )
    )  # fmt: skip
    rendus = []
    for pk, premiere, payeur, organisme, certification, annee, engage in prises.iterator():
        versions = {pk, premiere or pk}
        rendus.append(
            ArgentCompte(
                str(payeur or HORS_BINOME),
                str(organisme),
                certification,
                annee,
                engage,
                sum(factures[une] for une in versions),
                sum(payes[une] for une in versions),
            )
        )
    return rendus


def avances(au: date) -> list[AvanceComptee]:
    """What trainees advanced by the day."""
    lues = (
        Avance.objects.filter(jour__lte=au)
        .exclude(etat=EtatDAvance.RETIREE)
        .order_by("pk")
        .values_list(
            "prise_en_charge", "prise_en_charge__payeur", "prise_en_charge__organisme",
            "prise_en_charge__parcours__dossier__certification", "jour", "rendue_le",
        )
    )  # fmt: skip
    return [
        AvanceComptee(
            str(payeur or HORS_BINOME),
            str(organisme),
            certification,
            prise,
            jour,
            rendue if rendue is not None and rendue <= au else None,
        )
        for prise, payeur, organisme, certification, jour, rendue in lues.iterator()
    ]


def versements(au: date) -> list[VersementAVenir]:
    """What caisses owe over the year that follows."""
    lus = (
        VersementAttendu.objects.filter(
            etat=EtatDeVersement.ATTENDU, jour__gt=au, jour__lte=au + timedelta(days=365)
        )
        .order_by("pk")
        .values_list("contrat", "contrat__caisse", "contrat__departement", "jour", "montant_cents")
    )
    return [
        VersementAVenir(contrat, str(caisse or HORS_BINOME), departement, jour, cents)
        for contrat, caisse, departement, jour, cents in lus.iterator()
    ]
