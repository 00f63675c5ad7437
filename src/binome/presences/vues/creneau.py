"""The page of a slot for who teaches it, and the gestures that it carries out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.presences import codes
from binome.presences.feuille import feuille_de
from binome.sessions.flows import CRENEAUX
from binome.sessions.permissions import creneau_pour
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.sessions.models import Creneau

GESTES: Final = ("ouvrir", "fermer")
"""What this page does of a slot; its organisation moves and cancels it on the page of its session."""


@require_safe
def creneau(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who is expected, who signed, and what may be done now."""
    acteur = acteur_de(request)
    return _page(request, acteur, creneau_pour(acteur, uid, "ouvrir"))


def _page(
    request: HttpRequest, acteur: Acteur, un: Creneau, *, faute: str = "", status: int = 200
) -> HttpResponse:
    contexte = {
        "creneau": un,
        "feuille": feuille_de(un),
        "gestes": [
            une for une in CRENEAUX.ouverts(un, CRENEAUX.cotes(acteur, un)) if une.nom in GESTES
        ],
        "tot": timezone.now() < codes.ouverture(un),
        "ouvre": codes.ouverture(un),
        "faute": faute,
    }
    return render(request, "presences/creneau.html", contexte, status=status)


@require_POST
def geste(request: HttpRequest, uid: UUID, nom: str) -> HttpResponse:
    """Opens the signature or closes it; what changed meanwhile is said."""
    if nom not in GESTES:
        raise Http404("Ce geste n’existe pas.")
    acteur = acteur_de(request)
    un = creneau_pour(acteur, uid, nom)
    version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
    try:
        faire(CRENEAUX, nom, un, acteur, version=version)
    except GesteImpossible as impossible:
        status = 409 if isinstance(impossible, Depasse) else 422
        return _page(
            request, acteur, creneau_pour(acteur, uid), faute=str(impossible), status=status
        )
    messages.success(request, CRENEAUX.gestes[nom].dit)
    return redirect("code-du-creneau" if nom == "ouvrir" else "presences-du-creneau", un.uid)
