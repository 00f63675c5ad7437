"""Examining a document: accepted with what it proves, or refused for a reason of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from binome.dossiers.bases import base_de
from binome.dossiers.etats import EtatDePiece, MotifDeRefus
from binome.dossiers.flows import GESTES
from binome.dossiers.flux import FLUX
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.comptes.acteur import Acteur
    from binome.dossiers.models import Dossier, Piece, Proposition


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


@dataclass(frozen=True)
class AvisDePiece:
    """What is said of one document that was read: `motif` refuses it, else `faits` is what it proves."""

    piece: Piece
    faits: Mapping[str, Any]
    motif: str = ""
    precision: str = ""


@transaction.atomic
def examiner_ensemble(
    dossier: Dossier, acteur: Acteur, avis: Sequence[AvisDePiece], *, version: int
) -> Proposition | None:
    """Says of several documents at once what each proves, or why it is refused: all of them, or none.

    When all are accepted, the proposal is prepared at once; None while something is still to ask or to read, and
    where none is prepared: an appeal is answered. Raises GesteImpossible, Depasse, DossierInvalide.
    """
    for un in avis:
        un.piece.dossier = dossier
        if un.motif:
            refuser_piece(un.piece, acteur, version=version, motif=un.motif, precision=un.precision)
        else:
            accepter_piece(un.piece, acteur, version=version, faits=un.faits)
        version = dossier.version
    restent = dossier.pieces.filter(etat__in=(EtatDePiece.RECUE, EtatDePiece.REFUSEE))
    if dossier.etat not in GESTES["proposer"].de or restent.exists():
        return None
    passage = faire(FLUX, "proposer", dossier, acteur, version=version)
    proposition: Proposition = passage.donnees["proposition"]
    return proposition
