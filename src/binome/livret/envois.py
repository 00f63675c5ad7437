"""What a phone sends of a card, read strictly: what was said of each competence, and one signature at most."""

from __future__ import annotations

import base64
import binascii
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
from binome.livret.semaines import lire_un_lundi
from binome.visible import visible

if TYPE_CHECKING:
    from datetime import date, datetime

    from binome.livret.papier_modeles import CarteScannee

OCTETS: Final = 600_000
"""Bytes of one lot."""
LIGNES: Final = 60
"""Cards of one lot: more than a year of them."""
DITS: Final = 12
"""Competences said in one sending, at most: a card proposes three."""
VUES: Final = 200
"""Answers that one signature may cover: a référentiel has some forty competences."""


@dataclass(frozen=True)
class Dit:
    """What is said of a competence: `vue` is the one that they saw then, `ecartees` those that they set aside by choosing."""

    uid: UUID
    competence: str
    valeur: str
    phrase: str = ""
    vue: UUID | None = None
    ecartees: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class SignatureDite:
    """Who signs, what they saw (`vues`), and their drawing where it is not their own account.

    `feuille` is the scan that bears it, where it was made on paper: no phone can say so.
    """

    uid: UUID
    cote: str
    vues: frozenset[UUID]
    image: bytes = b""
    feuille: CarteScannee | None = None


@dataclass(frozen=True)
class EnvoiDeCarte:
    """What is sent at once of the card of a week: all of it is taken, or none.

    `dit_le` is by the clock of the device, `retard` how many seconds it was behind when it sent, None when nobody knows.
    """

    uid: UUID
    semaine: date
    dits: tuple[Dit, ...]
    signature: SignatureDite | None
    dit_le: datetime
    retard: int | None = None
    appareil: str = ""


@dataclass(frozen=True)
class EnvoiIllisible:
    """A sending of a lot that cannot be read, and why: it keeps none of the others back."""

    uid: UUID
    phrase: str


def lire_les_envois(corps: bytes, maintenant: datetime) -> list[EnvoiDeCarte | EnvoiIllisible]:
    """The sendings of a lot, in their order, each that cannot be read apart. Raises LotIllisible for what names none."""
    try:
        lot = lire_l_enveloppe(corps, maintenant, lignes=LIGNES, quoi="cartes")
        return [_lire_a_part(une, lot.retard) for une in lot.lignes]
    except LotIllisible:
        raise
    except ILLISIBLES:
        raise LotIllisible(
            "Cet envoi n’est pas lisible : il reste sur le téléphone. Rechargez la page, puis recommencez."
        ) from None


def _lire_a_part(brut: dict[str, Any], retard: int) -> EnvoiDeCarte | EnvoiIllisible:
    uid = UUID(tel(brut["uid"], str))
    try:
        return _envoi(brut, retard)
    except LotIllisible as illisible:
        return EnvoiIllisible(uid, str(illisible))
    except ILLISIBLES:
        return EnvoiIllisible(
            uid, "Cette carte n’est pas lisible : rechargez la page, puis recommencez."
        )


def _phrase(texte: str) -> str:
    """A sentence on one line. Raises LotIllisible for what no database keeps."""
    if "\x00" in texte or any("\ud800" <= signe <= "\udfff" for signe in texte):
        raise LotIllisible(
            "La phrase contient un signe qui ne s’écrit pas. Effacez-le, puis recommencez."
        )
    return " ".join(visible(texte).split())


def _envoi(brut: dict[str, Any], retard: int) -> EnvoiDeCarte:
    dits = tel(brut["dits"], list)
    if len(dits) > DITS:
        raise LotIllisible(f"Une carte porte {DITS} compétences au plus.")
    signature = brut.get("signature")
    return EnvoiDeCarte(
        uid=UUID(tel(brut["uid"], str)),
        semaine=lire_un_lundi(tel(brut["semaine"], str)),
        dits=tuple(_dit(un) for un in dits),
        signature=None if signature is None else _signature(signature),
        dit_le=lire_un_instant(brut["dit_le"]),
        retard=retard,
        appareil=tel(brut.get("appareil", ""), str),
    )


def _dit(brut: dict[str, Any]) -> Dit:
    vue = brut.get("vue")
    return Dit(
        uid=UUID(tel(brut["uid"], str)),
        competence=tel(brut["competence"], str),
        valeur=tel(brut["valeur"], str),
        phrase=_phrase(tel(brut.get("phrase", ""), str)),
        vue=None if vue is None else UUID(tel(vue, str)),
        ecartees=tuple(UUID(tel(une, str)) for une in tel(brut.get("ecartees", []), list)[:DITS]),
    )


def _signature(brut: dict[str, Any]) -> SignatureDite:
    try:
        image = base64.b64decode(tel(brut.get("image", ""), str), validate=True)
    except binascii.Error:
        image = b"?"  # refused by name, as a drawing that is not one
    vues = tel(brut["vues"], list)
    if len(vues) > VUES:
        raise LotIllisible(f"Une signature porte sur {VUES} réponses au plus.")
    return SignatureDite(
        uid=UUID(tel(brut["uid"], str)),
        cote=tel(brut["cote"], str),
        vues=frozenset(UUID(tel(une, str)) for une in vues),
        image=image,
    )
