"""The three pages of the projection. What counts is only loaded when one of them is asked for: NumPy takes its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpResponse

    from binome.socle.demande import Demande


@require_safe
def projection(request: Demande) -> HttpResponse:
    """What would come if nothing else changed, with what it is uncertain of."""
    from binome.site.projection.page import contexte_de_la_projection  # noqa: PLC0415

    return render(request, "projection/projection.html", contexte_de_la_projection(request))


@require_safe
def score(request: Demande) -> HttpResponse:
    """What the projection made at the end of 2022 was worth, and the report's own arithmetic."""
    from binome.site.projection.score import contexte_du_score  # noqa: PLC0415

    return render(request, "projection/score.html", contexte_du_score())


@require_safe
def essayer(request: Demande) -> HttpResponse:
    """A recommendation switched on: its rules, the dossiers that it touches, the curves with and without it."""
    from binome.site.projection.reforme import contexte_de_l_essai  # noqa: PLC0415

    return render(request, "projection/essayer.html", contexte_de_l_essai(request))


@require_safe
def essayer_sur_les_dossiers(request: Demande) -> HttpResponse:
    """The same for whoever works for the branch, with the live dossiers that the rules touch. Raises Http404."""
    from binome.site.projection.reforme import contexte_de_l_essai  # noqa: PLC0415

    contexte = contexte_de_l_essai(request, branche=True)
    return render(request, "projection/essayer.html", contexte)
