"""The documents that the rule base knows: their words, those that a person adds, those that stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.dossiers.bases import base_de
from binome.dossiers.etats import EtatDePiece

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.dossiers.models import Dossier
    from binome.regles.base import PieceAFournir

LE_DOSSIER: Final = "positionnement"
"""The dossier itself, which the rule base counts among the documents: nobody adds it to itself."""


def natures_de(certification: str) -> Mapping[str, PieceAFournir]:
    """The kinds of document that the rules of a certification know, by code."""
    return base_de(certification).pieces


def libelle_de(nature: str, certification: str) -> str:
    """A kind of document in words; as it is written when the base in force no longer knows it."""
    connue = natures_de(certification).get(nature)
    return nature if connue is None else connue.libelle


def a_joindre(pieces: Iterable[PieceAFournir]) -> list[PieceAFournir]:
    """Among these documents, those that a person adds."""
    return [une for une in pieces if une.code != LE_DOSSIER]


def tenues(dossier: Dossier) -> set[str]:
    """The kinds of document that were given and not refused."""
    return {
        une.nature
        for une in dossier.pieces.all()
        if une.etat in (EtatDePiece.RECUE, EtatDePiece.ACCEPTEE)
    }
