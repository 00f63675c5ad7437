"""Inviting the employer to follow a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from binome.comptes.demande import acteur_de
from binome.dossiers.employeurs.services import qui_suivent
from binome.dossiers.flows import GESTES
from binome.dossiers.permissions import cotes, dossier_pour
from binome.dossiers.vues.saisie import version_de
from binome.employeurs.formulaires import Association
from binome.employeurs.services import associer
from binome.gestes.refus import Depasse, GesteImpossible
from binome.habillage.provenance import suivre

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.dossiers.models import Dossier


def _page(
    request: HttpRequest, dossier: Dossier, dit: Association, *, faute: str = "", status: int = 200
) -> HttpResponse:
    contexte = {
        "acteur": acteur_de(request),
        "dossier": dossier,
        "dit": dit,
        "faute": faute,
        "autre": "nom" in dit.fields,
    }
    return render(request, "espace/employeur.html", contexte, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def employeur(request: HttpRequest, reference: str) -> HttpResponse:
    """The form, and what it did: an employer follows the dossier, the first one or another."""
    acteur = acteur_de(request)
    dossier = dossier_pour(acteur, reference, "associer")
    passage, autre = GESTES["associer"], bool(qui_suivent(dossier))
    if request.method != "POST":
        if not passage.permis(dossier, cotes(acteur, dossier)):
            return redirect(suivre(request, "dossier", reference))
        connu = "" if autre else dossier.employeur_identifiant
        return _page(request, dossier, Association(initial={"identifiant": connu}, autre=autre))
    dit = Association(request.POST, autre=autre)
    if not dit.is_valid():
        return _page(request, dossier, dit, status=422)
    try:
        associer(dossier, acteur, version=version_de(request), **dit.cleaned_data)
    except GesteImpossible as impossible:
        return _page(
            request,
            dossier_pour(acteur, reference),
            dit,
            faute=str(impossible),
            status=409 if isinstance(impossible, Depasse) else 422,
        )
    messages.success(request, passage.dit)
    return redirect(suivre(request, "dossier", reference))
