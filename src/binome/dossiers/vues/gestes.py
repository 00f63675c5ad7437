"""Carrying out a gesture on a dossier, and saying what it did or why it did not pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from binome.comptes.demande import acteur_de
from binome.dossiers.flux import FLUX
from binome.dossiers.permissions import dossier_pour
from binome.dossiers.vues.dossier import page
from binome.dossiers.vues.saisie import version_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.gestes.volets import GesteTente
from binome.gestes.vues import dire_le_resultat
from binome.habillage.provenance import suivre

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_POST
def geste(request: HttpRequest, reference: str, nom: str) -> HttpResponse:
    """One gesture of the flow; what was typed comes back with the reason when it does not pass."""
    un = FLUX.gestes.get(nom)
    if un is None or not un.formulaire:
        raise Http404("Ce geste n’existe pas.")
    acteur = acteur_de(request)
    dossier = dossier_pour(acteur, reference, nom)
    # Boxes of one name are as many values: a field reads them all.
    donnees = {cle: " ".join(request.POST.getlist(cle)) for cle in request.POST}
    try:
        passage = faire(
            FLUX,
            nom,
            dossier,
            acteur,
            version=version_de(request),
            donnees=un.du_formulaire(donnees),
        )
    except GesteImpossible as impossible:
        return page(
            request,
            dossier_pour(acteur, reference),
            acteur,
            tentative=GesteTente(nom, donnees, str(impossible), impossible.champ),
            status=409 if isinstance(impossible, Depasse) else 422,
        )
    suivant, sienne = request.POST.get("puis") == "suivant", suivre(request, "dossier", reference)
    dire_le_resultat(
        request, FLUX, nom, passage, de=dossier.personne if suivant else "", page=sienne
    )
    return redirect(suivre(request, "suivant", reference) if suivant else sienne)
