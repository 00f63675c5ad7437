"""An appeal, with the documents that bear it out: one form, one gesture, then each file by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from binome.comptes.demande import acteur_de
from binome.dossiers.flux import FLUX
from binome.dossiers.natures import a_joindre, natures_de
from binome.dossiers.permissions import dossier_pour
from binome.dossiers.vues.dossier import page
from binome.dossiers.vues.saisie import version_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire
from binome.gestes.volets import GesteTente
from binome.gestes.vues import dire_le_resultat
from binome.habillage.provenance import suivre
from binome.pieces.arrivees import deposer_les_fichiers
from binome.typographie import compter

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur

CONTESTER = "contester"


@require_POST
def contester(request: HttpRequest, reference: str) -> HttpResponse:
    """Files the appeal, then takes its documents in; one that is refused is said, and takes nothing away."""
    acteur = acteur_de(request)
    dossier = dossier_pour(acteur, reference, CONTESTER)
    donnees = {"texte": request.POST.get("texte", "")}
    try:
        passage = faire(
            FLUX, CONTESTER, dossier, acteur, version=version_de(request), donnees=donnees
        )
    except GesteImpossible as impossible:
        return page(
            request, dossier_pour(acteur, reference), acteur,
            tentative=GesteTente(CONTESTER, donnees, str(impossible), impossible.champ),
            status=409 if isinstance(impossible, Depasse) else 422,
        )  # fmt: skip
    dire_le_resultat(request, FLUX, CONTESTER, passage)
    _joindre(request, reference, acteur)
    return redirect(suivre(request, "dossier", reference))


def _joindre(request: HttpRequest, reference: str, acteur: Acteur) -> None:
    """Each file of each kind, and what became of it."""
    dossier = dossier_pour(acteur, reference)
    prises = 0
    for nature in a_joindre(natures_de(dossier.certification).values()):
        fichiers = request.FILES.getlist(f"fichier-{nature.code}")
        for arrivee in deposer_les_fichiers(dossier, nature.code, fichiers, acteur):
            prises += arrivee.prise
            if not arrivee.prise:
                messages.error(request, f"« {arrivee.nom} » n’est pas joint. {arrivee.dit}")
    if prises:
        messages.success(
            request,
            f"{compter(prises, 'pièce jointe', 'pièces jointes')} au recours.",
        )
