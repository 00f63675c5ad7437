"""What a device sends of a grid, read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from binome.habillage.envois_recus import (
    ILLISIBLES,
    LotIllisible,
    lire_l_enveloppe,
    lire_un_instant,
    tel,
)
from binome.visible import visible

if TYPE_CHECKING:
    from datetime import datetime

OCTETS: Final = 600_000
"""Bytes of one lot."""
GRILLES: Final = 40
"""Grids of one lot."""
LIGNES: Final = 60
"""Competences of one grid, at most: a bloc has a dozen."""


@dataclass(frozen=True)
class CompetenceJugee:
    """What is said of one competence."""

    competence: str
    verdict: str
    observation: str = ""


@dataclass(frozen=True)
class EnvoiDeGrille:
    """A grid as it is sent: `vue` is the one that its author saw. `remplie_le` is by the clock of the device, `retard` how many
    seconds it was behind when it sent, None when nobody knows."""

    uid: UUID
    passation: int
    lignes: tuple[CompetenceJugee, ...]
    remplie_le: datetime
    vue: UUID | None = None
    retard: int | None = None
    appareil: str = ""


@dataclass(frozen=True)
class GrilleIllisible:
    """A grid of a lot that cannot be read, and why: it keeps none of the others back."""

    uid: UUID
    phrase: str


def lire_les_grilles(corps: bytes, maintenant: datetime) -> list[EnvoiDeGrille | GrilleIllisible]:
    """The grids of a lot, in their order, each that cannot be read apart. Raises LotIllisible for what names none."""
    try:
        lot = lire_l_enveloppe(corps, maintenant, lignes=GRILLES, quoi="grilles")
        return [_lire_a_part(une, lot.retard) for une in lot.lignes]
    except LotIllisible:
        raise
    except ILLISIBLES:
        raise LotIllisible(
            "Cet envoi n’est pas lisible : il reste sur l’appareil. Rechargez la page, puis recommencez."
        ) from None


def _lire_a_part(brut: dict[str, Any], retard: int) -> EnvoiDeGrille | GrilleIllisible:
    uid = UUID(tel(brut["uid"], str))
    try:
        return _envoi(uid, brut, retard)
    except LotIllisible as illisible:
        return GrilleIllisible(uid, str(illisible))
    except ILLISIBLES:
        return GrilleIllisible(
            uid, "Cette grille n’est pas lisible : rechargez la page, puis recommencez."
        )


def _envoi(uid: UUID, brut: dict[str, Any], retard: int) -> EnvoiDeGrille:
    lignes = tel(brut["lignes"], list)
    if len(lignes) > LIGNES:
        raise LotIllisible(f"Une grille porte {LIGNES} compétences au plus.")
    vue = brut.get("vue")
    return EnvoiDeGrille(
        uid=uid,
        passation=tel(brut["passation"], int),
        lignes=tuple(
            CompetenceJugee(
                tel(une["competence"], str),
                tel(une["verdict"], str),
                une_phrase(tel(une.get("observation", ""), str)),
            )
            for une in lignes
        ),
        remplie_le=lire_un_instant(brut["remplie_le"]),
        vue=None if vue is None else UUID(tel(vue, str)),
        retard=retard,
        appareil=tel(brut.get("appareil", ""), str),
    )


def une_phrase(texte: str) -> str:
    """A sentence on one line. Raises LotIllisible for what no database keeps."""
    if "\x00" in texte or any("\ud800" <= signe <= "\udfff" for signe in texte):
        raise LotIllisible(
            "L’observation contient un signe qui ne s’écrit pas. Effacez-le, puis recommencez."
        )
    return " ".join(visible(texte).split())
