"""Who reads and does what: the practice its contracts, the caisse those it signed, a doctor their own, whichever the caisse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from binome.comptes.roles import CPAM, EMPLOYEUR, GROUPEMENT
from binome.contrats_d_aide.etats import JAMAIS_SIGNES, OUVERTS, EtatDeContrat
from binome.contrats_d_aide.models import Contrat
from binome.emplois.models import Adhesion, Emploi
from binome.emplois.permissions import en_cours

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur

COTE_CABINET: Final = "cabinet"
"""The side of those who answer for the practice that signs."""
COTE_CAISSE: Final = "caisse"
"""The side of the caisse that signs with it."""

COTE_GROUPEMENT: Final = "groupement"
"""The side of the group of employers that the practice is in: it says which of its people work there."""


def groupements(acteur: Acteur) -> frozenset[int]:
    """The groups of employers that a person answers for; none through the eyes of somebody else."""
    return frozenset() if acteur.soutien is not None else acteur.organisations(GROUPEMENT)


def cabinets(acteur: Acteur) -> frozenset[int]:
    """The practices that a person answers for; none through the eyes of somebody else."""
    return frozenset() if acteur.soutien is not None else acteur.organisations(EMPLOYEUR)


def caisses(acteur: Acteur) -> frozenset[int]:
    """The caisses that a person works for; none through the eyes of somebody else."""
    return frozenset() if acteur.soutien is not None else acteur.organisations(CPAM)


def cotes(acteur: Acteur, contrat: Contrat) -> frozenset[str]:
    """The sides of a person on a contract."""
    siens = set()
    if contrat.signataire_id in cabinets(acteur):
        siens.add(COTE_CABINET)
    if contrat.caisse_id in caisses(acteur):
        siens.add(COTE_CAISSE)
    tenus = groupements(acteur)
    if tenus and adhesions_tenues(tenus).filter(membre=contrat.signataire_id).exists():
        siens.add(COTE_GROUPEMENT)
    return frozenset(siens)


def visibles(acteur: Acteur) -> QuerySet[Contrat]:
    """The contracts that a person may read. A branch, an organisation, an Opco, a tutor read none.

    A caisse reads a contract once it is signed: what is prepared is still the practice's alone, unless nobody else holds it.
    """
    lus = Q(medecin__personne=acteur.personne)
    siens = acteur.organisations(EMPLOYEUR)
    if siens:
        lus |= Q(signataire__in=siens)
    tenues = acteur.organisations(CPAM)
    if tenues:
        lus |= Q(caisse__in=tenues) & (~Q(etat__in=JAMAIS_SIGNES) | Q(signataire=None))
    return Contrat.objects.filter(lus).select_related("medecin", "societe", "signataire", "caisse")


def contrat_pour(acteur: Acteur, numero: int) -> tuple[Contrat, frozenset[str]]:
    """A contract, for who may read it, and the sides they stand on. Raises Http404."""
    contrat = visibles(acteur).filter(pk=numero).first()
    if contrat is None:
        raise Http404("Ce contrat d’aide n’existe pas, ou ne vous est pas ouvert.")
    return contrat, cotes(acteur, contrat)


def adhesions_tenues(numeros: frozenset[int]) -> QuerySet[Adhesion]:
    """The practices that are in some groups today."""
    jour = timezone.localdate()
    return Adhesion.objects.filter(
        Q(au__isnull=True) | Q(au__gte=jour), groupement__in=numeros, du__lte=jour
    )


def contrats_des_membres(acteur: Acteur) -> QuerySet[Contrat]:
    """The contracts of the members of a person's groups: their shares alone are shown there."""
    membres = adhesions_tenues(groupements(acteur)).values("membre")
    return Contrat.objects.filter(
        signataire__in=membres, etat__in=(EtatDeContrat.PREPARE, *OUVERTS)
    ).select_related("medecin", "societe", "signataire", "caisse")


def emplois_du_groupement(acteur: Acteur) -> QuerySet[Emploi]:
    """The jobs that last today in a person's groups."""
    return en_cours().filter(employeur__in=groupements(acteur))


def emplois_a_payer(acteur: Acteur, contrat: Contrat) -> QuerySet[Emploi]:
    """The jobs that a person may put under a contract: those of the practice that signs, where they answer for it."""
    siens = {contrat.signataire_id} & cabinets(acteur)
    return en_cours().filter(employeur__in=siens)
