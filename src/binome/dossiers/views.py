"""The members' pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from binome.comptes.demande import acteur_de
from binome.dossiers.permissions import visibles

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def accueil(request: HttpRequest) -> HttpResponse:
    """What waits for the person."""
    acteur = acteur_de(request)
    recents = visibles(acteur).select_related("organisme").order_by("-modifie_le", "pk")[:20]
    return render(request, "espace/accueil.html", {"acteur": acteur, "dossiers": recents})
