"""Reading a document without opening it: each page as the jobs drew it, and the file itself on demand."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.depot.etats import EtatDApercu
from binome.dossiers import rayons
from binome.dossiers.natures import libelle_de
from binome.dossiers.permissions import piece_pour
from binome.lectures.models import ObjetLu

if TYPE_CHECKING:
    from django.http import HttpRequest

    from binome.dossiers.models import Piece

ENTETES: Final = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}
PREPARE: Final = "Cette page se prépare. Revenez dans un instant, ou téléchargez le fichier."


def _octets(piece: Piece) -> bytes:
    """The bytes of a document. Raises Http404 when they are no longer those that were taken."""
    contenu = rayons.PIECES.intact(piece.fichier, piece.empreinte)
    if contenu is None:
        raise Http404("Le fichier de cette pièce est introuvable ou abîmé. Déposez-le de nouveau.")
    return contenu


@require_safe
def lire(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    """The document, page by page."""
    piece = piece_pour(acteur_de(request), reference, numero)
    contexte = {
        "dossier": piece.dossier,
        "piece": piece,
        "libelle": libelle_de(piece.nature, piece.dossier.certification),
        "pages": range(1, piece.pages + 1),
    }
    return render(request, "espace/piece.html", contexte)


@require_safe
def page(request: HttpRequest, reference: str, numero: int, rang: int) -> HttpResponse:
    """One page as an image, as it was drawn. Raises Http404 with what to do while it is not."""
    piece = piece_pour(acteur_de(request), reference, numero, genre=ObjetLu.APERCU)
    dessinee = piece.pages_dessinees.filter(rang=rang).first()
    if dessinee is None:
        if 1 <= rang <= piece.pages and piece.apercu == EtatDApercu.A_DESSINER:
            raise Http404(PREPARE)
        raise Http404("Cette page n’existe pas, ou ne peut pas être montrée.")
    try:
        image = rayons.APERCUS.lire(dessinee.fichier)
    except OSError as perdue:
        raise Http404(PREPARE) from perdue
    return HttpResponse(image, content_type="image/webp", headers=ENTETES)


@require_safe
def telecharger(request: HttpRequest, reference: str, numero: int) -> HttpResponse:
    """The file itself, never shown in the page."""
    piece = piece_pour(acteur_de(request), reference, numero, genre=ObjetLu.FICHIER)
    nom = (
        f"{piece.dossier.reference}-{piece.nature}-{piece.pk}{PurePosixPath(piece.fichier).suffix}"
    )
    return HttpResponse(
        _octets(piece),
        content_type="application/octet-stream",
        headers={**ENTETES, "Content-Disposition": f'attachment; filename="{nom}"'},
    )
