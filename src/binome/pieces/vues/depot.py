"""Adding a document to a dossier, and taking one out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from binome.comptes.demande import acteur_de
from binome.depot.refus import PieceRefusee
from binome.dossiers.flows import GESTES
from binome.dossiers.natures import natures_de
from binome.dossiers.permissions import dossier_pour, piece_pour
from binome.dossiers.vues.dossier import page
from binome.dossiers.vues.saisie import version_de
from binome.gestes.refus import Depasse, GesteImpossible
from binome.pieces.services import deposer_piece, retirer_piece
from binome.socle.empechements import empechement

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

DISQUE: Final = (
    "Le fichier n’a pas pu être enregistré : le disque du service est plein ou fermé. Le dossier n’a pas "
    "changé. Réessayez plus tard, et prévenez la branche si cela dure."
)


@require_POST
def joindre(request: HttpRequest, reference: str) -> HttpResponse:
    """Takes a document in, or says why it cannot be."""
    acteur = acteur_de(request)
    dossier = dossier_pour(acteur, reference, "joindre")
    fichier, nature = request.FILES.get("fichier"), request.POST.get("nature", "")
    remplace = request.POST.get("remplace", "")[:18]
    faute, status = "", 422
    if nature not in natures_de(dossier.certification):
        faute = "Dites quel document vous ajoutez."
    elif fichier is None:
        faute = "Choisissez un fichier : un PDF, une photo ou une image."
    else:
        try:
            deposer_piece(
                dossier, nature, fichier, acteur, version_de(request),
                remplace=int(remplace) if remplace.isdecimal() else None,
            )  # fmt: skip
        except (PieceRefusee, GesteImpossible) as refus:
            faute, status = str(refus), 409 if isinstance(refus, Depasse) else 422
        except OSError as erreur:
            refus_du_disque = empechement(erreur)
            faute = DISQUE
            status = 503 if refus_du_disque is None else refus_du_disque.statut
    if faute:
        tape = {"geste": "joindre", "nature": nature, "remplace": remplace}
        return page(request, dossier_pour(acteur, reference), acteur, tape=tape, faute=faute,
                    status=status)  # fmt: skip
    messages.success(request, GESTES["joindre"].dit)
    return redirect("dossier", reference)


@require_POST
def retirer(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    """Takes a document out, or says why it stays."""
    acteur = acteur_de(request)
    piece = piece_pour(acteur, reference, numero, "retirer_une_piece")
    try:
        retirer_piece(piece, acteur, version_de(request))
    except GesteImpossible as refus:
        return page(request, dossier_pour(acteur, reference), acteur,
                    tape={"geste": "joindre"}, faute=str(refus),
                    status=409 if isinstance(refus, Depasse) else 422)  # fmt: skip
    messages.success(request, GESTES["retirer_une_piece"].dit)
    return redirect("dossier", reference)
