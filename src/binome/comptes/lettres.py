"""The letters of accounts: one way out for all of them, by the outbox."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from binome.courrier.services import mettre_en_file

if TYPE_CHECKING:
    from collections.abc import Sequence


def ecrire_lettre(
    courriel: str, sujet: str, paragraphes: Sequence[str], *, lien: str = "", geste: str = ""
) -> None:
    """Queues a letter in the transaction of what it tells of. `lien` is a whole address.

    Its text is wiped once sent (`courrier.envoi`): a link that opens an account is not kept.
    """
    mettre_en_file(
        cle=f"compte:{secrets.token_hex(12)}",
        destinataire=courriel,
        sujet=sujet,
        gabarit="compte",
        contexte={"paragraphes": paragraphes, "lien": lien, "geste": geste},
    )
