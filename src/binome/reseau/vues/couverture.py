"""Where people can train under convention, and where nobody does: for the branch."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.formations.carte import ATTRIBUTION, SOUS_CONVENTION, carte_svg
from binome.formations.lecture import departements_mal_couverts, zones_mal_couvertes
from binome.reseau.couverture import couverture as couverture_du

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LOIN: Final = 2
"""Départements away from which a place is said to be far on this page."""


@require_safe
def couverture(request: HttpRequest) -> HttpResponse:
    """The map and its table. Raises Http404 for who does not work for a branch."""
    acteur = acteur_de(request)
    if not acteur.de_la_branche:
        raise Http404("Cette page est celle de la branche.")
    lignes = couverture_du(timezone.localdate(), acteur.branches())
    points = {un.departement.code: un.sites for un in lignes if un.sites}
    dessin = carte_svg(points, departements_mal_couverts(), mots=SOUS_CONVENTION)
    contexte = {
        "groupes": [(dite, list(siens)) for dite, siens in groupby(lignes, lambda un: un.phrase)],
        "servis": len(points),
        "sans": sum(not un.sites for un in lignes),
        "loin": [un for un in lignes if un.pas is None or un.pas >= LOIN],
        "carte": mark_safe(dessin),  # noqa: S308 - built and escaped by carte_svg
        "attribution": ATTRIBUTION,
        "zones": zones_mal_couvertes(),
        "sources_des_zones": zones_mal_couvertes()[0].sources,
    }
    return render(request, "reseau/couverture.html", contexte)
