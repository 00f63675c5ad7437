"""The pages of the projection. What counts is only loaded when one of them is asked for: NumPy takes its time."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.socle.adresse_reseau import adresse_comptee
from binome.socle.cadence import MINUTE, dans_la_cadence

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from binome.socle.demande import Demande

PAR_MINUTE: Final = 120
"""Projections that one address asks for in a minute, in one process: a hand on a cursor stays under it."""


def _mesuree(vue: Callable[[Demande], HttpResponse]) -> Callable[[Demande], HttpResponse]:
    """The view, read only, and not asked for too often by one address: an answer takes a tenth of a second."""

    @wraps(vue)
    def servir(request: Demande) -> HttpResponse:
        adresse = adresse_comptee(str(request.META.get("REMOTE_ADDR", "")))
        if dans_la_cadence(f"projection:{adresse}", PAR_MINUTE):
            return vue(request)
        reponse = render(request, "429.html", status=429)
        reponse.headers["Retry-After"] = str(MINUTE)
        return reponse

    return require_safe(servir)


@_mesuree
def projection(request: Demande) -> HttpResponse:
    """What would come if nothing else changed, with what it is uncertain of."""
    from binome.site.projection.page import contexte_de_la_projection  # noqa: PLC0415

    return render(request, "projection/projection.html", contexte_de_la_projection(request))


@_mesuree
def score(request: Demande) -> HttpResponse:
    """What the projection made at the end of 2022 was worth, and the report's own arithmetic."""
    from binome.site.projection.score import contexte_du_score  # noqa: PLC0415

    return render(request, "projection/score.html", contexte_du_score())


@_mesuree
def essayer(request: Demande) -> HttpResponse:
    """A recommendation switched on: its rules, and the curves with and without it."""
    from binome.site.projection.reforme import contexte_de_l_essai  # noqa: PLC0415

    return render(request, "projection/essayer.html", contexte_de_l_essai(request))


@_mesuree
def essayer_sur_les_dossiers(request: Demande) -> HttpResponse:
    """The same for whoever works for the branch, with the live dossiers that the rules touch. Raises Http404."""
    from binome.site.projection.reforme import contexte_de_l_essai  # noqa: PLC0415

    contexte = contexte_de_l_essai(request, branche=True)
    return render(request, "projection/essayer.html", contexte)
