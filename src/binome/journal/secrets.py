"""Personal values of the journal, encrypted under a key of the person's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken

from binome.journal import trousseau
from binome.journal.models import Oubli

if TYPE_CHECKING:
    from collections.abc import Iterable


def oublies(sujets: Iterable[str]) -> set[str]:
    """Those of some subjects that the database says are forgotten, their keys gone or about to be."""
    voulus = sorted(set(sujets))
    trouves: set[str] = set()
    for debut in range(0, len(voulus), trousseau.TRANCHE):
        tranche = voulus[debut : debut + trousseau.TRANCHE]
        trouves.update(
            Oubli.objects.filter(sujet__in=tranche).order_by().values_list("sujet", flat=True)
        )
    return trouves


def cles_de(sujets: Iterable[str]) -> dict[str, bytes]:
    """The key of each subject that is not forgotten, made where there was none.

    Within the lock of the journal's head: nobody is forgotten between the question and the entry.
    """
    voulus = set(sujets)
    return trousseau.donner(voulus - oublies(voulus)) if voulus else {}


def chiffrer(cle: bytes | None, valeurs: dict[str, Any]) -> str:
    """The values, encrypted; empty when the subject was forgotten.

    What is said of a subject whose key is destroyed is not kept: it could not be erased again.
    """
    if cle is None:
        return ""
    texte = json.dumps(valeurs, ensure_ascii=False, sort_keys=True)
    return Fernet(cle).encrypt(texte.encode()).decode()


def dechiffrer(sujet: str, prive: str) -> dict[str, Any] | None:
    """The values behind a ciphertext; None once their key is destroyed."""
    return Dechiffreur([sujet]).lire(sujet, prive) if prive else {}


class Dechiffreur:
    """Deciphers the values of some subjects, whose keys are read together."""

    def __init__(self, sujets: Iterable[str]) -> None:
        """Reads the keys."""
        voulus = set(sujets)
        self._cles = trousseau.lire(voulus - oublies(voulus)) if voulus else {}

    def lire(self, sujet: str, prive: str) -> dict[str, Any] | None:
        """The values behind a ciphertext; None once their key is destroyed."""
        if not prive:
            return {}
        cle = self._cles.get(sujet)
        if cle is None:
            return None
        try:
            lues: dict[str, Any] = json.loads(Fernet(cle).decrypt(prive.encode()))
        except InvalidToken:
            return None
        return lues
