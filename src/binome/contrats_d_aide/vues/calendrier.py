"""The calendar of contracts: its private address opened, changed, closed; and read by the calendar that subscribed to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from binome.comptes.demande import acteur_de
from binome.contrats_d_aide.abonnement import (
    ABONNEMENTS_AUX_ECHEANCES,
    a_qui,
    abonnement_de,
    contrats_au_calendrier,
    fermer_l_adresse,
    ouvrir_une_adresse,
)
from binome.contrats_d_aide.calendrier import calendrier_des_contrats
from binome.gestes.refus import GesteImpossible
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.http import HttpRequest


def _version(request: HttpRequest) -> int:
    return lire_entier(request.POST.get("version", ""), chiffres=9) or 0


@require_safe
def reglages(request: HttpRequest) -> HttpResponse:
    """Whether an address is open, and what to do of it. Raises Http404 for who follows no contract."""
    acteur = acteur_de(request)
    sien = abonnement_de(acteur)
    # Who left their practice may still close what they had opened.
    if (sien is None or not sien.jeton) and not contrats_au_calendrier(acteur).exists():
        raise Http404("Aucun contrat d’aide n’est à suivre ici.")
    contexte = {"abonnement": sien, "version": 0 if sien is None else sien.version}
    return render(request, "contrats_d_aide/calendrier.html", contexte)


@never_cache
@require_POST
def ouvrir(request: HttpRequest) -> HttpResponse:
    """Opens an address, in the place of the one before, and shows it this once."""
    try:
        adresse = ouvrir_une_adresse(acteur_de(request), _version(request))
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
        return redirect("calendrier-des-contrats")
    contexte = {"adresse": adresse, "abonner": f"webcal://{adresse.partition('://')[2]}"}
    return render(request, "contrats_d_aide/adresse.html", contexte)


@require_POST
def fermer(request: HttpRequest) -> HttpResponse:
    """Closes it."""
    try:
        fermer_l_adresse(acteur_de(request), _version(request))
    except GesteImpossible as impossible:
        messages.error(request, str(impossible))
    else:
        messages.success(request, ABONNEMENTS_AUX_ECHEANCES.gestes["fermer"].dit)
    return redirect("calendrier-des-contrats")


@never_cache
@require_safe
def lire(request: HttpRequest, jeton: str) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """The days of the contracts of the person whose address it is, for a calendar that reads it by itself."""
    acteur = a_qui(jeton)
    if acteur is None:
        raise Http404("Ce calendrier n’existe pas, ou son adresse a été fermée.")
    return HttpResponse(
        calendrier_des_contrats(acteur),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="contrats.ics"'},
    )
