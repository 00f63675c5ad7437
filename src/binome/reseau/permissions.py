"""Who reads what the network is made of, and on which side of it they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from binome.comptes.roles import EXAMINENT
from binome.reseau.models import Formateur, SiteDeFormation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Organisation
    from binome.gestes.passage import M
    from binome.gestes.table import Flux

ORGANISME: Final = "organisme"


def _exemples(acteur: Acteur) -> set[bool]:
    """The worlds that somebody belongs to: the made-up one, the real one."""
    return {un.organisation.exemple for un in acteur.appartenances}


def visibles(acteur: Acteur) -> QuerySet[SiteDeFormation]:
    """The places that a person may read: those of their organisation, every one for the branch."""
    lus = Q(organisme__in=acteur.organisations("gestionnaire", "formateur"))
    if acteur.de_la_branche:
        lus |= Q(organisme__exemple__in=_exemples(acteur))
    return SiteDeFormation.objects.filter(lus).select_related("organisme")


def cotes(acteur: Acteur, site: SiteDeFormation) -> frozenset[str]:
    """Who manages the organisation acts on its places; not who looks through their eyes."""
    return _gere(acteur, site.organisme_id)


def formateurs_visibles(acteur: Acteur) -> QuerySet[Formateur]:
    """The trainers that a person may read: those of the organisation they manage, themselves, all for who examines."""
    lus = Q(organisme__in=acteur.organisations("gestionnaire")) | Q(compte=acteur.personne)
    if acteur.a_role(*EXAMINENT):
        lus |= Q(organisme__exemple__in=_exemples(acteur))
    return Formateur.objects.filter(lus).select_related("organisme", "compte")


def cotes_du_formateur(acteur: Acteur, un: Formateur) -> frozenset[str]:
    """Who manages the organisation says who trains for it."""
    return _gere(acteur, un.organisme_id)


def organisme_gere(acteur: Acteur) -> Organisation:
    """The organisation that a person manages and acts for, the first where they chose none.

    Raises Http404 for who manages none, PermissionDenied for who looks through their eyes.
    """
    sien = next((un for un in acteur.appartenances if un.role == "gestionnaire"), None)
    if sien is None:
        raise Http404("Cette page est celle de qui gère un organisme de formation.")
    if acteur.soutien is not None:
        raise PermissionDenied(
            "Vous regardez à la place de quelqu’un : vous ne pouvez rien changer."
        )
    return sien.organisation


def a_corriger_pour(acteur: Acteur, flux: Flux[M], numero: int, geste: str = "corriger") -> M:
    """An object whose own form carries a gesture out. Raises Http404 for what one may not read, PermissionDenied."""
    assert flux.visibles is not None  # noqa: S101 - every flow of this room has its pages
    objet = flux.visibles(acteur).filter(pk=numero).first()
    if objet is None:
        raise Http404("Cette fiche n’existe pas, ou ne vous est pas ouverte.")
    if flux.cotes(acteur, objet).isdisjoint(flux.gestes[geste].qui):
        raise PermissionDenied(flux.pourquoi_pas(acteur, objet))
    return objet


def _gere(acteur: Acteur, organisme: int) -> frozenset[str]:
    gere = acteur.soutien is None and organisme in acteur.organisations("gestionnaire")
    return frozenset({ORGANISME}) if gere else frozenset()
