"""What a card says now, and its hash: what a signature covers."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from binome.livret.etats import EtatDAppreciation
from binome.livret.models import Appreciation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.livret.models import CarteDeSemaine


def en_vigueur(carte: CarteDeSemaine) -> list[Appreciation]:
    """What holds on a card, by competence."""
    tenues = Appreciation.objects.filter(carte=carte, etat=EtatDAppreciation.EN_VIGUEUR)
    return list(tenues.order_by("competence"))


def empreinte(carte: CarteDeSemaine, tenues: Iterable[Appreciation]) -> str:
    """The hash of a card as it was seen: its path, its week, each competence with its answer, and which row says it.

    The sentences are bound by their row, whose entry in the journal holds them: a hash of theirs would outlive their erasure, and a
    short sentence is soon guessed.
    """
    dit = [
        [une.competence, une.valeur, str(une.uid)]
        for une in sorted(tenues, key=lambda une: une.competence)
    ]
    texte = json.dumps(
        [carte.parcours_id, carte.semaine.isoformat(), dit],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(texte.encode()).hexdigest()
