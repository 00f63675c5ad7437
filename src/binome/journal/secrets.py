"""Personal values of the journal, encrypted under a key of the person's own."""

from __future__ import annotations

import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from binome.journal.models import Cle


def _cle(sujet: str) -> Cle:
    trouvee, _ = Cle.objects.get_or_create(sujet=sujet, defaults={"valeur": Fernet.generate_key()})
    return trouvee


def chiffrer(sujet: str, valeurs: dict[str, Any]) -> str:
    """The values, encrypted; empty when there are none, or when the subject was forgotten.

    What is said of a subject whose key is destroyed is not kept: it could not be erased again.
    """
    if not valeurs:
        return ""
    cle = _cle(sujet)
    if cle.valeur is None:
        return ""
    texte = json.dumps(valeurs, ensure_ascii=False, sort_keys=True)
    return Fernet(bytes(cle.valeur)).encrypt(texte.encode()).decode()


def dechiffrer(sujet: str, prive: str) -> dict[str, Any] | None:
    """The values behind a ciphertext; None once their key is destroyed."""
    if not prive:
        return {}
    cle = Cle.objects.filter(sujet=sujet).first()
    if cle is None or cle.valeur is None:
        return None
    try:
        lues: dict[str, Any] = json.loads(Fernet(bytes(cle.valeur)).decrypt(prive.encode()))
    except InvalidToken:
        return None
    return lues
