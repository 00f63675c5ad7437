"""The slots of a session, each with its sheet, and what to look at before a certificate is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.presences.a_regarder import a_regarder
from binome.sessions.etats import EtatDeCreneau
from binome.sessions.permissions import session_pour
from binome.sessions.programme import intitule_du_creneau

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def presences(request: HttpRequest, numero: int) -> HttpResponse:
    """For who works in the organisation: what it shows of people is theirs to explain."""
    acteur = acteur_de(request)
    session = session_pour(acteur, numero)
    if session.organisme_id not in acteur.organisations("gestionnaire", "formateur"):
        raise PermissionDenied("Cette page est à l’organisme qui forme.")
    creneaux = list(
        session.creneaux.exclude(etat=EtatDeCreneau.ANNULE)
        .select_related("session__site", "formateur")
        .order_by("debut", "pk")
    )
    maintenant = timezone.now()
    contexte = {
        "session": session,
        "creneaux": [(un, intitule_du_creneau(un)) for un in creneaux],
        "commences": [un for un in creneaux if un.debut <= maintenant],
        "geles": sum(un.etat == EtatDeCreneau.GELE for un in creneaux),
        "indices": a_regarder(creneaux),
        "dates": True,
    }
    return render(request, "presences/session.html", contexte)
