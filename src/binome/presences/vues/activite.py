"""The page of who follows an activity at a distance: what they did, and what was counted of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from binome.comptes.demande import acteur_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.presences.activites import celle_du, rendre
from binome.presences.etats import EtatDActivite
from binome.presences.flows import ACTIVITES
from binome.presences.signer import celle_de
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.sessions.permissions import creneau_pour
from binome.sessions.programme import intitule_du_creneau
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def activite(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Gives what one did of a slot without a timetable; what was typed comes back with why it is not taken."""
    acteur = acteur_de(request)
    creneau = creneau_pour(acteur, uid)
    sienne = celle_de(acteur, creneau)
    if sienne is None or creneau.modalite != ModaliteDeCreneau.A_DISTANCE:
        raise PermissionDenied("Cette page est à qui suit ce créneau à distance.")
    faute, status, tape = "", 200, ""
    if request.method == "POST":
        tape = request.POST.get("preuve", "")
        version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
        try:
            rendre(acteur, creneau, sienne, tape, version=version)
        except GesteImpossible as impossible:
            faute, status = str(impossible), 409 if isinstance(impossible, Depasse) else 422
        else:
            messages.success(request, ACTIVITES.gestes["rendre"].dit)
            return redirect("activite-a-distance", uid)
    rendue = celle_du(creneau, sienne.parcours_id)
    contexte = {
        "creneau": creneau,
        "intitule": intitule_du_creneau(creneau),
        "activite": rendue,
        "version": rendue.version if rendue else 0,
        "ouverte": creneau.etat not in {EtatDeCreneau.GELE, EtatDeCreneau.ANNULE}
        and (rendue is None or rendue.etat != EtatDActivite.EVALUEE),
        "tape": tape or (rendue.preuve if rendue else ""),
        "faute": faute,
    }
    return render(request, "presences/activite.html", contexte, status=status)
