"""Who reads and does what with the money: the organisation bills and receives, the employer spends, the payer answers, the trainee reads theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from binome.comptes.roles import EMPLOYEUR, GROUPEMENT, OPCO
from binome.dossiers.traces import noter
from binome.factures.models import Avance, Depense, Facture, Reglement
from binome.lectures.models import ObjetLu
from binome.prises_en_charge.permissions import employeurs, organismes, payeurs, visibles

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.prises_en_charge.models import PriseEnCharge

ORGANISME: Final = "organisme"
"""The side of those who manage the organisation that bills."""
PAYEUR: Final = "payeur"
"""The side of a payer that is in Binôme."""
COTE_EMPLOYEUR: Final = "employeur"
"""The side of the employer who spends, and owes what was advanced."""
STAGIAIRE: Final = "stagiaire"
"""The side of the person who follows the training."""
RECOPIE: Final = "recopie"
"""The employer's, where the payer is not in Binôme: it copies the answer that it received."""


def cotes_de_la_facture(acteur: Acteur, facture: Facture) -> frozenset[str]:
    """The side of a person on an invoice."""
    gere = facture.organisme_id in organismes(acteur)
    return frozenset({ORGANISME}) if gere else frozenset()


def cotes_de_la_depense(acteur: Acteur, depense: Depense) -> frozenset[str]:
    """The sides of a person on an expense."""
    siens = set()
    if depense.employeur_id in employeurs(acteur):
        siens.add(COTE_EMPLOYEUR)
        if depense.payeur_id is None:
            siens.add(RECOPIE)
    if depense.payeur_id in payeurs(acteur):
        siens.add(PAYEUR)
    return frozenset(siens)


def cotes_de_l_avance(acteur: Acteur, avance: Avance) -> frozenset[str]:
    """The sides of a person on what a trainee advanced."""
    siens = set()
    if avance.employeur_id in employeurs(acteur):
        siens.add(COTE_EMPLOYEUR)
    if acteur.soutien is None and _suit(acteur, avance.prise_en_charge):
        siens.add(STAGIAIRE)
    return frozenset(siens)


def cotes_du_reglement(acteur: Acteur, reglement: Reglement) -> frozenset[str]:
    """The side of a person on a payment."""
    gere = reglement.organisme_id in organismes(acteur)
    return frozenset({ORGANISME}) if gere else frozenset()


def _suit(acteur: Acteur, prise: PriseEnCharge) -> bool:
    return prise.parcours.dossier.candidat_id == acteur.personne.pk


def factures_visibles(acteur: Acteur) -> QuerySet[Facture]:
    """The invoices that a person may read: who bills, who pays, who bought, who follows. A tutor, a CPAM, a branch read none."""
    lus = Q(prise_en_charge__parcours__dossier__candidat=acteur.personne)
    for champ, roles in (
        ("organisme", ("gestionnaire",)),
        ("payeur", (OPCO,)),
        ("acheteur", (EMPLOYEUR, GROUPEMENT)),
    ):
        maisons = acteur.organisations(*roles)
        if maisons:
            lus |= Q(**{f"{champ}__in": maisons})
    return Facture.objects.filter(lus).select_related(
        "organisme", "payeur", "acheteur", "corrige", "prise_en_charge__parcours__dossier"
    )


def depenses_visibles(acteur: Acteur) -> QuerySet[Depense]:
    """The expenses that a person may read: the employer's who declares them, the payer's, and those for a person's own training."""
    return Depense.objects.filter(_d_un_employeur(acteur)).select_related(
        "prise_en_charge__parcours__dossier", "employeur", "payeur"
    )


def avances_visibles(acteur: Acteur) -> QuerySet[Avance]:
    """What was advanced: by a person, or to be paid back by their employer. Nobody else reads it."""
    lus = Q(prise_en_charge__parcours__dossier__candidat=acteur.personne)
    maisons = acteur.organisations(EMPLOYEUR, GROUPEMENT)
    if maisons:
        lus |= Q(employeur__in=maisons)
    return Avance.objects.filter(lus).select_related(
        "prise_en_charge__parcours__dossier", "employeur"
    )


def reglements_visibles(acteur: Acteur) -> QuerySet[Reglement]:
    """The payments of the organisations that a person manages."""
    return Reglement.objects.filter(
        organisme__in=acteur.organisations("gestionnaire")
    ).select_related("organisme")


def _d_un_employeur(acteur: Acteur) -> Q:
    lus = Q(prise_en_charge__parcours__dossier__candidat=acteur.personne)
    for champ, roles in (("employeur", (EMPLOYEUR, GROUPEMENT)), ("payeur", (OPCO,))):
        maisons = acteur.organisations(*roles)
        if maisons:
            lus |= Q(**{f"{champ}__in": maisons})
    return lus


def facture_pour(acteur: Acteur, numero: int) -> tuple[Facture, frozenset[str]]:
    """An invoice, for who may read it, and the sides they stand on. Raises Http404."""
    facture = factures_visibles(acteur).filter(pk=numero).first()
    if facture is None:
        raise Http404("Cette facture n’existe pas, ou ne vous est pas ouverte.")
    return facture, cotes_de_la_facture(acteur, facture)


def depense_pour(acteur: Acteur, numero: int) -> Depense:
    """An expense, for who may read it. Raises Http404."""
    depense = depenses_visibles(acteur).filter(pk=numero).first()
    if depense is None:
        raise Http404("Cette dépense n’existe pas, ou ne vous est pas ouverte.")
    return depense


def prise_de_l_employeur(acteur: Acteur, numero: int) -> PriseEnCharge:
    """An agreement that a person may declare expenses on. Raises Http404, PermissionDenied."""
    prise = _prise(acteur, numero)
    if prise.employeur_id not in employeurs(acteur):
        raise PermissionDenied("Seul l’employeur déclare les dépenses de cette formation.")
    return prise


def prise_du_stagiaire(acteur: Acteur, numero: int) -> PriseEnCharge:
    """The agreement of a person's own training. Raises Http404, PermissionDenied."""
    prise = _prise(acteur, numero)
    if acteur.soutien is not None or not _suit(acteur, prise):
        raise PermissionDenied("Seule la personne qui suit la formation dit ce qu’elle a avancé.")
    return prise


def prise_a_facturer(acteur: Acteur, numero: int) -> PriseEnCharge:
    """An agreement whose months a person bills. Raises Http404, PermissionDenied."""
    prise = _prise(acteur, numero)
    if prise.organisme_id not in organismes(acteur):
        raise PermissionDenied("Seul l’organisme de formation facture.")
    return prise


def _prise(acteur: Acteur, numero: int) -> PriseEnCharge:
    prise = visibles(acteur).filter(pk=numero).first()
    if prise is None:
        raise Http404("Cette prise en charge n’existe pas, ou ne vous est pas ouverte.")
    return prise


def noter_la_facture(acteur: Acteur, facture: Facture) -> None:
    """Notes who opened an invoice: it tells of the person of its dossier."""
    noter(acteur, facture.prise_en_charge.parcours.dossier, ObjetLu.DOSSIER)


def noter_la_depense(acteur: Acteur, depense: Depense | Avance) -> None:
    """The same, of an expense or of what was advanced."""
    noter(acteur, depense.prise_en_charge.parcours.dossier, ObjetLu.DOSSIER)
