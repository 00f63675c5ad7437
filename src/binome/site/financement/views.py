"""The pages of the funding. Every one is a GET, and keeps nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from binome.site.financement import explique, qui_paie
from binome.site.financement.formulaire import CHAMPS
from binome.site.financement.visite import lire
from binome.site.simulateur.hypothese import lire_les_deux
from binome.site.simulateur.portes import porte_de
from binome.socle.machine_a_remonter import jour_de

if TYPE_CHECKING:
    from binome.socle.demande import Demande


@require_safe
def voies(request: Demande, code: str) -> HttpResponse:
    """Who pays for one person's training. Raises Http404.

    What cannot be read is said beside its field; an answer of the positioning is asked again.
    """
    porte = porte_de(code)
    parcours, dit = lire_les_deux(request.GET, lire)
    if set(parcours.refus) - set(CHAMPS):
        adresse = reverse("question", args=[code])
        return HttpResponseRedirect(f"{adresse}?{request.GET.urlencode()}")
    contexte = qui_paie.contexte(parcours, porte, request, dit)
    return render(request, "financement/qui_paie.html", contexte)


@require_safe
def financement(request: Demande) -> HttpResponse:
    """The funding explained, with the rules of the day of the page."""
    return render(request, "financement/explique.html", explique.contexte(jour_de(request)))
