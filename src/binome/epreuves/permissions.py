"""Who plans, who judges, who gives an opinion and who reads; permission and fetch in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from binome.dossiers.impartialite import est_partie
from binome.epreuves.models import Passation
from binome.livret.etats import CoteDuBinome
from binome.livret.permissions import cotes_de_livret
from binome.parcours.impartialite import PARTIE
from binome.parcours.permissions import visibles

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.epreuves.models import (
        Amenagement,
        AttestationAfgsu,
        AvisDeTuteur,
        Grille,
        VerdictDeCompetence,
    )
    from binome.parcours.models import Parcours

ORGANISME: Final = "organisme"
"""Who manages the organisation of a path, or trains there."""
EVALUATEUR: Final = "evaluateur"
BRANCHE: Final = "branche"
"""Who organises the juries of its branch."""
STAGIAIRE: Final = CoteDuBinome.STAGIAIRE.value
TUTEUR: Final = CoteDuBinome.TUTEUR.value


def cotes_d_epreuves(acteur: Acteur, parcours: Parcours) -> frozenset[str]:
    """The sides of a path's épreuves that a person stands on; none of who looks through their eyes."""
    if acteur.soutien is not None:
        return frozenset()
    siens = set()
    if parcours.organisme_id in acteur.organisations("gestionnaire", "formateur"):
        siens.add(ORGANISME)
    if _de_la_branche(acteur, parcours):
        siens.add(BRANCHE)
    if parcours.dossier.candidat_id == acteur.personne.pk:
        siens.add(STAGIAIRE)
    return frozenset(siens)


def _de_la_branche(acteur: Acteur, parcours: Parcours) -> bool:
    if not acteur.certifie or est_partie(acteur, parcours.dossier):
        return False
    return visibles(acteur).filter(pk=parcours.pk).exists()


def cotes_de_lecture(acteur: Acteur, parcours: Parcours) -> frozenset[str]:
    """The same for what is only read, support's look included."""
    siens = set(cotes_d_epreuves(acteur, parcours))
    if acteur.soutien is not None:
        if parcours.organisme_id in acteur.organisations("gestionnaire", "formateur"):
            siens.add(ORGANISME)
        if parcours.dossier.candidat_id == acteur.personne.pk:
            siens.add(STAGIAIRE)
        if _de_la_branche(acteur, parcours):
            siens.add(BRANCHE)
    return frozenset(siens)


def cotes_de_passation(acteur: Acteur, passation: Passation) -> frozenset[str]:
    """The organisation, the trainee, and who may fill its grid: those named; who trains there where a place is left."""
    siens = set(cotes_d_epreuves(acteur, passation.parcours))
    if acteur.soutien is None and evalue(acteur, passation):
        siens.add(EVALUATEUR)
    return frozenset(siens)


def evalue(acteur: Acteur, passation: Passation) -> bool:
    """Whether a person may fill a grid of an attempt: of its organisation, and named, or nobody is in that place."""
    if passation.parcours.organisme_id not in acteur.organisations("gestionnaire", "formateur"):
        return False
    nommes = {passation.evaluateur_id, passation.second_id} - {None}
    return acteur.personne.pk in nommes or len(nommes) < passation.evaluateurs


def cotes_de_grille(acteur: Acteur, grille: Grille) -> frozenset[str]:
    """Those of its attempt; its author alone evaluates again."""
    siens = cotes_de_passation(acteur, grille.passation)
    return siens if grille.par_id == acteur.personne.pk else siens - {EVALUATEUR}


def cotes_de_verdict(acteur: Acteur, verdict: VerdictDeCompetence) -> frozenset[str]:
    """Those of its grid."""
    return cotes_de_grille(acteur, verdict.grille)


def cotes_d_amenagement(acteur: Acteur, amenagement: Amenagement) -> frozenset[str]:
    """The sides of the path."""
    return cotes_d_epreuves(acteur, amenagement.parcours)


def cotes_d_avis(acteur: Acteur, avis: AvisDeTuteur) -> frozenset[str]:
    """The tutor's alone."""
    return cotes_de_livret(acteur, avis.parcours) & {TUTEUR}


def cotes_d_attestation(acteur: Acteur, attestation: AttestationAfgsu) -> frozenset[str]:
    """The sides of the path."""
    return cotes_d_epreuves(acteur, attestation.parcours)


def parcours_pour(acteur: Acteur, numero: int, *cotes: str) -> Parcours:
    """The path of a number, to who stands on one of these sides of its épreuves, or reads them when none is named.

    Raises Http404 to who may not read its épreuves, PermissionDenied to who reads them and does not stand there.
    """
    parcours = visibles(acteur).filter(pk=numero).first()
    if parcours is None or not cotes_de_lecture(acteur, parcours):
        raise Http404("Ces épreuves n’existent pas, ou ne vous sont pas ouvertes.")
    if cotes and cotes_d_epreuves(acteur, parcours).isdisjoint(cotes):
        partie = acteur.certifie and est_partie(acteur, parcours.dossier)
        raise PermissionDenied(PARTIE if partie else "Votre rôle ne permet pas ce geste.")
    return parcours


def passations_a_evaluer(acteur: Acteur) -> QuerySet[Passation]:
    """The attempts whose grid a person may fill, or filled: theirs by name, and those where nobody is named yet."""
    miens = Q(evaluateur=acteur.personne) | Q(second=acteur.personne)
    libres = Q(evaluateur__isnull=True) | Q(evaluateurs=2, second__isnull=True)
    return Passation.objects.filter(
        miens | libres,
        parcours__organisme__in=acteur.organisations("gestionnaire", "formateur"),
    ).select_related("parcours__dossier", "parcours__organisme", "creneau__session__site")


def passation_pour(acteur: Acteur, numero: int, *cotes: str) -> Passation:
    """The attempt of a number, to who stands on one of these sides. Raises Http404, PermissionDenied."""
    passation = (
        Passation.objects.filter(pk=numero, parcours__in=visibles(acteur))
        .select_related(
            "parcours__dossier",
            "parcours__organisme",
            "creneau__session__site",
            "evaluateur",
            "second",
        )
        .first()
    )
    if passation is None or not (
        cotes_de_lecture(acteur, passation.parcours) or cotes_de_passation(acteur, passation)
    ):
        raise Http404("Cette épreuve n’existe pas, ou ne vous est pas ouverte.")
    if cotes and cotes_de_passation(acteur, passation).isdisjoint(cotes):
        raise PermissionDenied("Cette épreuve est confiée à d’autres personnes.")
    return passation
