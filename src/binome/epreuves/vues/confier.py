"""Who judges an attempt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from binome.comptes.demande import acteur_de
from binome.epreuves.permissions import ORGANISME, passation_pour
from binome.epreuves.planifier import confier as confier_a
from binome.epreuves.vues.grilles import page_de_passation
from binome.epreuves.vues.session import lire_les_evaluateurs
from binome.gestes.refus import GesteImpossible
from binome.socle.nombres import lire_entier

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_POST
def confier(request: HttpRequest, numero: int) -> HttpResponse:
    """Names one or two people, of the organisation's team."""
    acteur = acteur_de(request)
    lue = passation_pour(acteur, numero, ORGANISME)
    version = lire_entier(request.POST.get("version", ""), chiffres=9) or 0
    try:
        evaluateurs = lire_les_evaluateurs(request, lue.parcours.organisme_id)
        confier_a(lue, evaluateurs, acteur, version=version)
    except GesteImpossible as impossible:
        return page_de_passation(
            request, acteur, lue, faute=str(impossible), de_quoi="confier", champ=impossible.champ
        )
    messages.success(request, "L’évaluation est confiée.")
    return redirect("passation", numero)
