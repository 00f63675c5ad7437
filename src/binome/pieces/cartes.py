"""The kinds of document of a dossier, each with what is asked, where one finds it, and the files that came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from binome.dossiers.etats import EtatDePiece
from binome.dossiers.natures import LE_DOSSIER, NOM_DE_LA_LETTRE, a_joindre, attendues, natures_de
from binome.pieces.conseils import conseil_pour

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from binome.dossiers.models import Dossier, Piece
    from binome.pieces.arrivees import Arrivee
    from binome.regles.base import PieceAFournir

A_REFAIRE: Final = "a_refaire"
ATTENDUE: Final = "attendue"
DEPOSEE: Final = "deposee"
FACULTATIVE: Final = "facultative"
LETTRE: Final = "La lettre qui dit ce que la personne doit suivre, quand la décision a été prise hors de Binôme."
"""Why the paper of a positioning is added: only then."""
RANGS: Final = {
    A_REFAIRE: "à refaire",
    ATTENDUE: "à déposer",
    DEPOSEE: "dans le dossier",
    FACULTATIVE: "",
}
"""Where a kind stands, in the order of the page, and how it is said."""


@dataclass(frozen=True)
class Carte:
    """One kind of document. `code` is its own, `rang` one of `RANGS`; `ouverte`: the page was asked for this one."""

    code: str
    libelle: str
    pourquoi: str
    ou: str
    mots: str
    rang: str
    pieces: Sequence[Piece]
    arrivees: Sequence[Arrivee] = ()
    ouverte: bool = False

    @property
    def rang_dit(self) -> str:
        """Where it stands, in a word."""
        return RANGS[self.rang]

    @property
    def remplacables(self) -> list[Piece]:
        """The files that another may take the place of: a refused one leaves by itself."""
        return [une for une in self.pieces if une.etat == EtatDePiece.RECUE]


def cartes_de(
    dossier: Dossier, *, ouverte: str = "", arrivees: Mapping[str, Sequence[Arrivee]] | None = None
) -> list[Carte]:
    """Every kind that a person may add: what is to be done again first, then what is awaited, then the others."""
    connues = natures_de(dossier.certification)
    natures = a_joindre(connues.values())
    voulues = {une.code for une in attendues(dossier)}
    gardees = par_nature(dossier.pieces.all())
    if LE_DOSSIER in connues and (ouverte == LE_DOSSIER or LE_DOSSIER in gardees):
        natures.append(replace(connues[LE_DOSSIER], libelle=NOM_DE_LA_LETTRE, pourquoi=LETTRE))
    cartes = [
        Carte(
            code=une.code,
            libelle=une.libelle,
            pourquoi=une.pourquoi,
            ou=conseil_pour(une.code).ou,
            mots=" ".join((une.code, *conseil_pour(une.code).mots)),
            rang=_rang(une, voulues, gardees.get(une.code, [])),
            pieces=gardees.get(une.code, []),
            arrivees=(arrivees or {}).get(une.code, ()),
            ouverte=une.code == ouverte,
        )
        for une in natures
    ]
    return sorted(cartes, key=lambda une: list(RANGS).index(une.rang))


def par_nature(pieces: Iterable[Piece]) -> dict[str, list[Piece]]:
    """The documents that stand, by kind."""
    rangees: dict[str, list[Piece]] = {}
    for une in pieces:
        if une.etat != EtatDePiece.RETIREE:
            rangees.setdefault(une.nature, []).append(une)
    return rangees


def _rang(nature: PieceAFournir, voulues: set[str], pieces: Sequence[Piece]) -> str:
    if any(une.etat == EtatDePiece.REFUSEE for une in pieces):
        return A_REFAIRE
    if pieces:
        return DEPOSEE
    return ATTENDUE if nature.code in voulues else FACULTATIVE
