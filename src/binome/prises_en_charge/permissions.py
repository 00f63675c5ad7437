"""Who reads and does what: the organisation asks, the payer answers, the trainee and the employer read what is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.http import Http404

from binome.comptes.roles import EMPLOYEUR, GROUPEMENT, OPCO
from binome.dossiers.traces import noter
from binome.lectures.models import ObjetLu
from binome.prises_en_charge.models import (
    CertificatDeRealisation,
    EtatDeService,
    PriseEnCharge,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur

ORGANISME: Final = "organisme"
"""The side of those who manage the organisation that asks."""
PAYEUR: Final = "payeur"
"""The side of a payer that is in Binôme."""
RECOPIE: Final = "recopie"
"""The organisation's, where the payer is not: it copies the answer that it received."""


def payeurs(acteur: Acteur) -> frozenset[int]:
    """The payers that a person answers for; none through the eyes of somebody else."""
    return frozenset() if acteur.soutien is not None else acteur.organisations(OPCO)


def organismes(acteur: Acteur) -> frozenset[int]:
    """The organisations that a person manages; none through the eyes of somebody else."""
    return frozenset() if acteur.soutien is not None else acteur.organisations("gestionnaire")


def employeurs(acteur: Acteur) -> frozenset[int]:
    """The employers that a person answers for; none through the eyes of somebody else."""
    if acteur.soutien is not None:
        return frozenset()
    return acteur.organisations(EMPLOYEUR, GROUPEMENT)


def cotes(acteur: Acteur, prise: PriseEnCharge) -> frozenset[str]:
    """The sides of a person on an agreement."""
    siens = set()
    if prise.organisme_id in organismes(acteur):
        siens.add(ORGANISME)
        if prise.payeur_id is None:
            siens.add(RECOPIE)
    if prise.payeur_id in payeurs(acteur):
        siens.add(PAYEUR)
    return frozenset(siens)


def cotes_de_l_etat(acteur: Acteur, etat: EtatDeService) -> frozenset[str]:
    """The same, on a month."""
    return cotes(acteur, etat.prise_en_charge)


def cotes_du_certificat(acteur: Acteur, certificat: CertificatDeRealisation) -> frozenset[str]:
    """The same, on a certificate."""
    return cotes(acteur, certificat.etat_de_service.prise_en_charge)


def _lus(acteur: Acteur, avant: str = "") -> Q:
    """What a person may read: an organisation its own; the others, what was sent to the payer."""
    demandee = Q(**{f"{avant}demandee_le__isnull": False})
    lus = Q(**{f"{avant}parcours__dossier__candidat": acteur.personne}) & demandee
    for champ, roles in (("payeur", (OPCO,)), ("employeur", (EMPLOYEUR, GROUPEMENT))):
        maisons = acteur.organisations(*roles)
        if maisons:
            lus |= Q(**{f"{avant}{champ}__in": maisons}) & demandee
    gerees = acteur.organisations("gestionnaire")
    return lus | Q(**{f"{avant}organisme__in": gerees}) if gerees else lus


def visibles(acteur: Acteur) -> QuerySet[PriseEnCharge]:
    """The agreements that a person may read. A tutor, a CPAM, a branch read none."""
    return PriseEnCharge.objects.filter(_lus(acteur)).select_related(
        "parcours__dossier", "organisme", "payeur", "employeur"
    )


def etats_visibles(acteur: Acteur) -> QuerySet[EtatDeService]:
    """The months of these."""
    return EtatDeService.objects.filter(_lus(acteur, "prise_en_charge__")).select_related(
        "prise_en_charge__parcours__dossier",
        "prise_en_charge__organisme",
        "prise_en_charge__payeur",
    )


def certificats_visibles(acteur: Acteur) -> QuerySet[CertificatDeRealisation]:
    """The certificates of these."""
    return CertificatDeRealisation.objects.filter(
        _lus(acteur, "etat_de_service__prise_en_charge__")
    ).select_related(
        "etat_de_service__prise_en_charge__parcours__dossier",
        "etat_de_service__prise_en_charge__organisme",
        "etat_de_service__prise_en_charge__payeur",
    )


def prise_pour(acteur: Acteur, numero: int) -> tuple[PriseEnCharge, frozenset[str]]:
    """An agreement, for who may read it, and the sides they stand on. Raises Http404."""
    prise = visibles(acteur).filter(pk=numero).first()
    if prise is None:
        raise Http404("Cette prise en charge n’existe pas, ou ne vous est pas ouverte.")
    return prise, cotes(acteur, prise)


def etat_pour(acteur: Acteur, numero: int) -> tuple[EtatDeService, frozenset[str]]:
    """A month, for who may read it, and the sides they stand on. Raises Http404."""
    etat = etats_visibles(acteur).filter(pk=numero).first()
    if etat is None:
        raise Http404("Cet état de service n’existe pas, ou ne vous est pas ouvert.")
    return etat, cotes_de_l_etat(acteur, etat)


def noter_la_prise(acteur: Acteur, prise: PriseEnCharge) -> None:
    """Notes who opened an agreement: it tells of the person of its dossier."""
    noter(acteur, prise.parcours.dossier, ObjetLu.DOSSIER)


def noter_l_etat(acteur: Acteur, etat: EtatDeService) -> None:
    """The same, of a month."""
    noter_la_prise(acteur, etat.prise_en_charge)


def noter_le_certificat(acteur: Acteur, certificat: CertificatDeRealisation) -> None:
    """The same, of a certificate."""
    noter_la_prise(acteur, certificat.etat_de_service.prise_en_charge)
