"""Permission and fetch in one call, for the pages that every flow may have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from binome.gestes.registre import flux_nomme

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur
    from binome.gestes.modele import Suivi
    from binome.gestes.table import Flux, Geste


def flux_pour(acteur: Acteur, nom: str) -> tuple[Flux[Any], QuerySet[Any]]:
    """A flow that has its pages here, and what a person may read of it.

    Raises Http404 for one that no room declares, or that has pages of its own.
    """
    flux = flux_nomme(nom)
    if flux is None or flux.visibles is None:
        raise Http404("Cette page n’existe pas.")
    return flux, flux.visibles(acteur)


def objet_pour(acteur: Acteur, nom: str, numero: int, geste: str = "") -> tuple[Flux[Any], Suivi]:
    """An object of a flow, to read, or for a gesture when one is named.

    Raises Http404 when the person may not even know that it exists, PermissionDenied when they may read
    it but not do this.
    """
    flux, visibles = flux_pour(acteur, nom)
    objet: Suivi | None = visibles.filter(pk=numero).first()
    if objet is None:
        raise Http404("Cet objet n’existe pas, ou ne vous est pas ouvert.")
    if geste and flux.cotes(acteur, objet).isdisjoint(geste_de(flux, geste).qui):
        raise PermissionDenied(flux.pourquoi_pas(acteur, objet))
    flux.noter(acteur, objet)
    return flux, objet


def geste_de(flux: Flux[Any], nom: str, *, ensemble: bool = False) -> Geste[Any]:
    """A gesture that a form carries out, for many when asked. Raises Http404."""
    geste = flux.gestes.get(nom)
    if geste is None or not geste.formulaire or (ensemble and not geste.ensemble):
        raise Http404("Ce geste n’existe pas.")
    return geste
