"""Taking a document in."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Final

from django.db import transaction

from binome.dossiers.etats import EtatDePiece
from binome.dossiers.models import Piece
from binome.dossiers.passage import passer

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier

SIGNATURES: Final = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG": "image/png",
}


class PieceRefusee(Exception):
    """A document that cannot be taken; its message is for the person."""


@transaction.atomic
def deposer_piece(
    dossier: Dossier, nature: str, fichier: UploadedFile[bytes], acteur: Acteur, version: int
) -> Piece:
    """Takes a document in, in place of those of its kind that are not accepted.

    Raises PieceRefusee, GesteImpossible, Depasse.
    """
    contenu = fichier.read()
    sorte = next((une for debut, une in SIGNATURES.items() if contenu.startswith(debut)), "")
    if not sorte:
        raise PieceRefusee("Ce fichier n’est ni un PDF, ni une image JPEG ou PNG.")
    passer(dossier, "joindre", acteur, version=version, apres={"nature": nature})
    dossier.pieces.filter(nature=nature, etat__in=(EtatDePiece.RECUE, EtatDePiece.REFUSEE)).update(
        etat=EtatDePiece.RETIREE, motif=""
    )
    return Piece.objects.create(
        dossier=dossier,
        nature=nature,
        nom=(fichier.name or nature)[-120:],
        fichier=secrets.token_hex(16),
        type=sorte,
        octets=len(contenu),
        pages=1,
        empreinte=hashlib.sha256(contenu).hexdigest(),
        deposee_par=acteur.personne,
    )
