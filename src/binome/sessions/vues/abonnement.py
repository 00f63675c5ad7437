"""The private address of a calendar: opened, closed; and read by the calendar that subscribed to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.gestes.refus import GesteImpossible
from binome.sessions.abonnement import ABONNEMENTS, a_qui, ouvrir_une_adresse, regler
from binome.sessions.calendriers import fichier_de_la_personne
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

GESTES = ("revoquer", "taire", "rappeler")


def _version(request: HttpRequest) -> int:
    return lire_entier(request.POST.get("version", ""), chiffres=9) or 0


@never_cache
@require_POST
def ouvrir(request: HttpRequest) -> HttpResponse:
    """Opens an address, in the place of the one before, and shows it this once."""
    try:
        adresse = ouvrir_une_adresse(acteur_de(request), _version(request))
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
        return redirect("mes-creneaux")
    contexte = {"adresse": adresse, "abonner": f"webcal://{adresse.partition('://')[2]}"}
    return render(request, "sessions/abonnement.html", contexte)


@require_POST
def geste(request: HttpRequest, nom: str) -> HttpResponse:
    """Closes the address, stops the reminders or takes them up."""
    if nom not in GESTES:
        raise Http404("Ce geste n’existe pas.")
    try:
        regler(acteur_de(request), nom, _version(request))
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
    else:
        messages.success(request, ABONNEMENTS.gestes[nom].dit)
    return redirect("mes-creneaux")


@never_cache
@require_safe
def calendrier(request: HttpRequest, jeton: str) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """The slots of the person whose address it is, for a calendar that reads it by itself."""
    acteur = a_qui(jeton)
    if acteur is None:
        raise Http404("Ce calendrier n’existe pas, ou son adresse a été fermée.")
    return fichier_de_la_personne(acteur)
