"""Who completes a civil status, and who declares: the person, their organisation, and the branch that delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from binome.comptes.roles import CERTIFIENT
from binome.dossiers.impartialite import est_partie
from binome.dossiers.permissions import est_de_sa_branche
from binome.parcours.impartialite import PARTIE
from binome.parcours.models import Parcours
from binome.parcours.permissions import visibles as parcours_visibles
from binome.passeport.models import FicheDEtatCivil, LotDePassages, PassageADeclarer

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation
    from binome.dossiers.models import Dossier
    from binome.passeport.models import ReglagesDuPasseport

SOI: Final = "soi"
ORGANISME: Final = "organisme"
BRANCHE: Final = "branche"


def cotes_du_dossier(acteur: Acteur, dossier: Dossier) -> frozenset[str]:
    """On which sides of somebody's civil status a person stands."""
    if acteur.soutien is not None:
        return frozenset()
    siens = set()
    if dossier.candidat_id is not None and dossier.candidat_id == acteur.personne.pk:
        siens.add(SOI)
    geres = acteur.organisations("gestionnaire")
    if geres and (
        dossier.organisme_id in geres
        or Parcours.objects.filter(dossier=dossier, organisme__in=geres).exists()
    ):
        siens.add(ORGANISME)
    if est_de_sa_branche(acteur, dossier, *CERTIFIENT) and not est_partie(acteur, dossier):
        siens.add(BRANCHE)
    return frozenset(siens)


def cotes_de_fiche(acteur: Acteur, fiche: FicheDEtatCivil) -> frozenset[str]:
    """The sides of the dossier that it is of."""
    return cotes_du_dossier(acteur, fiche.dossier)


def _declare(acteur: Acteur, branche: int) -> frozenset[str]:
    declare = acteur.soutien is None and branche in acteur.branches(*CERTIFIENT)
    return frozenset({BRANCHE}) if declare else frozenset()


def cotes_de_reglages(acteur: Acteur, reglages: ReglagesDuPasseport) -> frozenset[str]:
    """Who declares for the branch."""
    return _declare(acteur, reglages.branche_id)


def cotes_de_passage(acteur: Acteur, passage: PassageADeclarer) -> frozenset[str]:
    """Who declares for the branch that delivered the parchemin."""
    return _declare(acteur, passage.titre.emetteur_id)


def cotes_de_lot(acteur: Acteur, lot: LotDePassages) -> frozenset[str]:
    """Who declares for the branch."""
    return _declare(acteur, lot.branche_id)


def branche_qui_declare(acteur: Acteur, *, agir: bool = True) -> Organisation:
    """The branch that a person declares for, the first where there are several. Raises Http404, PermissionDenied."""
    sienne = next((un for un in acteur.appartenances if un.role in CERTIFIENT), None)
    if sienne is None:
        raise Http404("Cette page est celle de la branche.")
    if agir and acteur.soutien is not None:
        raise PermissionDenied(
            "Vous regardez à la place de quelqu’un : vous ne pouvez rien changer."
        )
    return sienne.organisation


def lots_visibles(acteur: Acteur) -> QuerySet[LotDePassages]:
    """The lots of one's branch, for who declares."""
    return LotDePassages.objects.filter(branche__in=acteur.branches(*CERTIFIENT))


def passages_visibles(acteur: Acteur) -> QuerySet[PassageADeclarer]:
    """The certifications of one's branch, for who declares."""
    siens = PassageADeclarer.objects.filter(titre__emetteur__in=acteur.branches(*CERTIFIENT))
    return siens.select_related("titre__parcours__dossier", "titre__emetteur")


def lot_pour(acteur: Acteur, numero: int, *, agir: bool = False) -> LotDePassages:
    """A lot, to read or to act on. Raises Http404, PermissionDenied."""
    lot = lots_visibles(acteur).filter(pk=numero).first()
    if lot is None:
        raise Http404("Ce lot n’existe pas, ou ne vous est pas ouvert.")
    if agir and not cotes_de_lot(acteur, lot):
        raise PermissionDenied(
            "Vous regardez à la place de quelqu’un : vous ne pouvez rien changer."
        )
    return lot


def passage_pour(acteur: Acteur, numero: int) -> PassageADeclarer:
    """A certification to act on. Raises Http404, PermissionDenied."""
    passage = passages_visibles(acteur).filter(pk=numero).first()
    if passage is None:
        raise Http404("Cette certification n’existe pas, ou ne vous est pas ouverte.")
    if est_partie(acteur, passage.titre.parcours.dossier):
        raise PermissionDenied(PARTIE)
    if not cotes_de_passage(acteur, passage):
        raise PermissionDenied(
            "Vous regardez à la place de quelqu’un : vous ne pouvez rien changer."
        )
    return passage


def parcours_pour(acteur: Acteur, numero: int) -> tuple[Parcours, frozenset[str]]:
    """A path whose person's civil status somebody may complete, and the sides that they stand on.

    Raises Http404 for any other: an employer, a tutor or a trainer reads no civil status.
    """
    parcours = parcours_visibles(acteur).filter(pk=numero, dossier__anonyme_le__isnull=True).first()
    cotes = cotes_du_dossier(acteur, parcours.dossier) if parcours is not None else frozenset()
    if parcours is None or not cotes:
        raise Http404("Cet état civil n’existe pas, ou ne vous est pas ouvert.")
    return parcours, cotes


def parcours_a_completer(acteur: Acteur) -> QuerySet[Parcours]:
    """The paths of the organisations that one manages."""
    geres = acteur.organisations("gestionnaire")
    return Parcours.objects.filter(
        Q(organisme__in=geres), dossier__anonyme_le__isnull=True
    ).select_related("dossier")
