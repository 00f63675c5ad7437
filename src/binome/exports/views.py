"""The page of exports. Asking writes in the journal, so it is a POST; the file is its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone

from binome.bureau.filtres import FiltreDeDossiers
from binome.bureau.filtres_dits import en_mots
from binome.comptes.demande import acteur_de
from binome.dossiers.permissions import peut_exporter
from binome.exports.fichiers import SORTES
from binome.exports.services import combien, exporter
from binome.gestes.refus import GesteImpossible

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase


def exports(request: HttpRequest) -> HttpResponseBase:
    """What may be taken away, with the filters of the list; or the file, once asked for."""
    acteur = acteur_de(request)
    peut, faute = peut_exporter(acteur), ""
    lu = FiltreDeDossiers.lire(request.POST if request.method == "POST" else request.GET)
    # What is taken away is what was listed; nothing said, it is everything.
    filtre = lu.pour(acteur) if lu.filtre else lu
    if request.method == "POST":
        sorte = request.POST.get("sorte", "")
        try:
            fichier = exporter(acteur, sorte, filtre)
        except GesteImpossible as impossible:
            faute = str(impossible)
        else:
            return FileResponse(
                fichier,
                as_attachment=True,
                filename=f"binome-dossiers-{timezone.localdate():%Y-%m-%d}.{sorte}",
                content_type=SORTES[sorte][1],
                headers={"Cache-Control": "private, no-store"},
            )
    contexte = {
        "acteur": acteur,
        "filtre": filtre,
        "gardes": filtre.dites().items(),
        "dits": en_mots(filtre),
        "combien": combien(acteur, filtre) if peut else 0,
        "peut": peut,
        "faute": faute,
        "sortes": [(cle, un[0]) for cle, un in SORTES.items()],
    }
    status = 403 if not peut else 422 if faute else 200
    return render(request, "espace/exports.html", contexte, status=status)
