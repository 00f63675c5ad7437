"""Personal values of the journal, encrypted under a key of the person's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from cryptography.fernet import Fernet, InvalidToken

from binome.journal.models import Cle

if TYPE_CHECKING:
    from collections.abc import Iterable

TRANCHE: Final = 500
"""How many keys one query asks for: SQLite bounds the values of a query."""


def _lues(sujets: list[str]) -> dict[str, Cle]:
    return {
        cle.sujet: cle
        for debut in range(0, len(sujets), TRANCHE)
        for cle in Cle.objects.filter(sujet__in=sujets[debut : debut + TRANCHE])
    }


def cles_de(sujets: Iterable[str]) -> dict[str, Cle]:
    """The key of each subject, made where there was none: a few queries whatever their number."""
    voulus = sorted(set(sujets))
    connues = _lues(voulus)
    manquent = [sujet for sujet in voulus if sujet not in connues]
    if manquent:
        # Someone else may make one meanwhile: theirs is kept, and read again.
        Cle.objects.bulk_create(
            [Cle(sujet=sujet, valeur=Fernet.generate_key()) for sujet in manquent],
            batch_size=TRANCHE,
            ignore_conflicts=True,
        )
        connues |= _lues(manquent)
    return connues


def chiffrer(cle: Cle, valeurs: dict[str, Any]) -> str:
    """The values, encrypted; empty when the subject was forgotten.

    What is said of a subject whose key is destroyed is not kept: it could not be erased again.
    """
    if cle.valeur is None:
        return ""
    texte = json.dumps(valeurs, ensure_ascii=False, sort_keys=True)
    return Fernet(bytes(cle.valeur)).encrypt(texte.encode()).decode()


def dechiffrer(sujet: str, prive: str) -> dict[str, Any] | None:
    """The values behind a ciphertext; None once their key is destroyed."""
    return Lecteur([sujet]).lire(sujet, prive) if prive else {}


class Lecteur:
    """Deciphers the values of some subjects, whose keys are read together."""

    def __init__(self, sujets: Iterable[str]) -> None:
        """Reads the keys."""
        self._cles = _lues(sorted(set(sujets)))

    def lire(self, sujet: str, prive: str) -> dict[str, Any] | None:
        """The values behind a ciphertext; None once their key is destroyed."""
        if not prive:
            return {}
        cle = self._cles.get(sujet)
        if cle is None or cle.valeur is None:
            return None
        try:
            lues: dict[str, Any] = json.loads(Fernet(bytes(cle.valeur)).decrypt(prive.encode()))
        except InvalidToken:
            return None
        return lues
