"""Who reads a place of training, and on which side of it they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from binome.reseau.models import SiteDeFormation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur

ORGANISME: Final = "organisme"


def visibles(acteur: Acteur) -> QuerySet[SiteDeFormation]:
    """The places that a person may read: those of their organisation, every one for the branch."""
    lus = Q(organisme__in=acteur.organisations("gestionnaire", "formateur"))
    if acteur.de_la_branche:
        exemples = {un.organisation.exemple for un in acteur.appartenances}
        lus |= Q(organisme__exemple__in=exemples)
    return SiteDeFormation.objects.filter(lus).select_related("organisme")


def cotes(acteur: Acteur, site: SiteDeFormation) -> frozenset[str]:
    """Who manages the organisation acts on its places; not who looks through their eyes."""
    gere = acteur.soutien is None and site.organisme_id in acteur.organisations("gestionnaire")
    return frozenset({ORGANISME}) if gere else frozenset()
