"""Who reads a path, and on which side of it they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from binome.dossiers.employeurs.services import suivis_par
from binome.dossiers.permissions import de_ses_branches
from binome.emplois.permissions import employe
from binome.parcours.models import Parcours

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur

ORGANISME: Final = "organisme"


def visibles(acteur: Acteur) -> QuerySet[Parcours]:
    """The paths that a person may read: their own, those of their organisation, their branch's, who they employ.

    An organisation reads a path that it passed on, and that it received; never the dossier behind one that it did not file.
    """
    lus = Q(dossier__candidat=acteur.personne)
    organismes = acteur.organisations("gestionnaire", "formateur")
    if organismes:
        lus |= Q(organisme__in=organismes)
    if employe(acteur):
        lus |= Q(dossier__in=suivis_par(acteur))
    if acteur.de_la_branche:
        lus |= de_ses_branches(acteur, "dossier__")
    return Parcours.objects.filter(lus).select_related(
        "dossier__organisme", "organisme", "decision"
    )


def cotes(acteur: Acteur, parcours: Parcours) -> frozenset[str]:
    """Who manages the organisation of a path acts on it; not who looks through their eyes."""
    gere = acteur.soutien is None and parcours.organisme_id in acteur.organisations("gestionnaire")
    return frozenset({ORGANISME}) if gere else frozenset()
