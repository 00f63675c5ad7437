"""The documents that the rule base knows: their words, those that a person adds, those that stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.dossiers.bases import base_de
from binome.dossiers.etats import EtatDePiece
from binome.dossiers.positionnement import positionner_dossier
from binome.regles.faits import DossierInvalide

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.dossiers.models import Dossier
    from binome.regles.base import PieceAFournir

LE_DOSSIER: Final = "positionnement"
"""The dossier itself, which the rule base counts among the documents: nobody adds it to itself. Added all the same, it is the letter of a decision taken elsewhere."""
NOM_DE_LA_LETTRE: Final = "Lettre de la décision prise hors de Binôme"


def natures_de(certification: str) -> Mapping[str, PieceAFournir]:
    """The kinds of document that the rules of a certification know, by code."""
    return base_de(certification).pieces


def libelle_de(nature: str, certification: str) -> str:
    """A kind of document in words; as it is written when the base in force no longer knows it."""
    connue = natures_de(certification).get(nature)
    dite = nature if connue is None else connue.libelle
    return NOM_DE_LA_LETTRE if nature == LE_DOSSIER else dite


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


def attendues(dossier: Dossier) -> list[PieceAFournir]:
    """The kinds that the declared facts call for and that nobody has given; none while these contradict one another."""
    try:
        lus = positionner_dossier(dossier)
    except DossierInvalide:
        return []
    gardees = tenues(dossier)
    return [une for une in a_joindre(lus.declare.pieces) if une.code not in gardees]


def a_envoyer(dossier: Dossier) -> list[PieceAFournir]:
    """The kinds whose document was refused, then those that are still awaited."""
    refusees = {une.nature for une in dossier.pieces.all() if une.etat == EtatDePiece.REFUSEE}
    connues = natures_de(dossier.certification).values()
    manquent = [une for une in attendues(dossier) if une.code not in refusees]
    return [*(une for une in a_joindre(connues) if une.code in refusees), *manquent]
