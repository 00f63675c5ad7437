"""The tasks beyond the trade that the branch reads: counts, without anybody's name or words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.livret.branche import taches_signalees
from binome.livret.glissements import DELAI
from binome.secret.seuils import seuils

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def taches(request: HttpRequest) -> HttpResponse:
    """Which tasks, in how many booklets, where."""
    acteur = acteur_de(request)
    if not acteur.de_la_branche:
        raise PermissionDenied("Cette page est celle de la branche.")
    contexte = {
        "acteur": acteur,
        "signalees": taches_signalees(acteur),
        "seuil": seuils().personnes,
        "jours": DELAI.days,
    }
    return render(request, "livret/taches.html", contexte)
