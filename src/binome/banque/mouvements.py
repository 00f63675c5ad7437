"""A payment that came in, as a bank tells it, and a file that is refused."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

from binome.visible import visible

TAILLE: Final = 5_000_000
"""Bytes of a file, at most."""
LIGNES_AU_PLUS: Final = 20_000
"""Movements of a file, at most."""
MONTANT_AU_PLUS: Final = 100_000_000_00
"""Cents of one movement, at most: beyond, a column was taken for another."""
TEXTE: Final = 200
"""Characters kept of a label."""


class FichierDeBanqueRefuse(ValueError):
    """A file that is not taken; its message is for the person."""


@dataclass(frozen=True)
class Mouvement:
    """Money that came in: the day, cents, what the bank prints of it, its reference, who paid (each may be empty)."""

    jour: date
    montant_cents: int
    libelle: str
    reference: str = ""
    de_qui: str = ""


@dataclass(frozen=True)
class ReleveDeBanque:
    """What a file says: what came in, in its order; how many lines went out, or are not booked yet."""

    entrees: tuple[Mouvement, ...]
    sorties: int = 0
    en_attente: int = 0
    compte: str = ""
    format_lu: str = ""
    empreinte: str = field(default="")

    def en_json(self) -> dict[str, Any]:
        """The same, to cross the wall."""
        return {
            **asdict(self),
            "entrees": [{**asdict(une), "jour": une.jour.isoformat()} for une in self.entrees],
        }


def releve_de(lu: dict[str, Any]) -> ReleveDeBanque:
    """What `en_json` wrote, back."""
    entrees = tuple(
        Mouvement(**{**une, "jour": date.fromisoformat(une["jour"])}) for une in lu["entrees"]
    )
    return ReleveDeBanque(**{**lu, "entrees": entrees})


def empreinte_de(octets: bytes) -> str:
    """The SHA-256 of a file: the same file twice has the same."""
    return hashlib.sha256(octets).hexdigest()


def sur_une_ligne(texte: str | None) -> str:
    """A label as it is seen, on one line, no longer than what is kept."""
    dit = " ".join(visible(texte or "").split())
    return dit if len(dit) <= TEXTE else f"{dit[: TEXTE - 1].rstrip()}…"
