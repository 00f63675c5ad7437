"""Examining a document: accepted with what it proves, or refused for a reason of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from binome.dossiers.bases import base_de
from binome.dossiers.etats import EtatDePiece, MotifDeRefus
from binome.dossiers.flux import FLUX
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Piece


def accepter_piece(
    piece: Piece, acteur: Acteur, *, version: int, faits: Mapping[str, Any]
) -> Piece:
    """Accepts a document, and the facts that it proves, as JSON values of the rule base.

    A fact that this kind of document cannot prove is refused. Raises GesteImpossible, Depasse,
    DossierInvalide.
    """
    base = base_de(piece.dossier.certification)
    for nom in faits:
        if nom in base.faits and base.faits[nom].piece != piece.nature:
            raise GesteImpossible("Ce document ne prouve pas ce fait.")
    base.lire(dict(faits))
    return _examiner(
        piece, acteur, version, EtatDePiece.ACCEPTEE, faits=faits, dit={"prouve": dict(faits)}
    )


def refuser_piece(
    piece: Piece, acteur: Acteur, *, version: int, motif: str, precision: str = ""
) -> Piece:
    """Refuses a document, for a reason of the catalogue. Raises GesteImpossible, Depasse."""
    if motif not in MotifDeRefus.values:
        raise GesteImpossible("Choisissez le motif du refus.")
    return _examiner(
        piece,
        acteur,
        version,
        EtatDePiece.REFUSEE,
        motif=motif,
        precision=precision.strip(),
        dit={"motif": motif},
    )


def _examiner(
    piece: Piece,
    acteur: Acteur,
    version: int,
    examen: EtatDePiece,
    *,
    dit: Mapping[str, Any],
    faits: Mapping[str, Any] | None = None,
    motif: str = "",
    precision: str = "",
) -> Piece:
    donnees = {
        "piece": piece,
        "examen": examen,
        "faits": faits,
        "motif": motif,
        "precision": precision,
        "dit": dit,
    }
    faire(FLUX, "examiner", piece.dossier, acteur, version=version, donnees=donnees)
    return piece
