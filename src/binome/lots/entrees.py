"""Bytes made text, and text made JSON, both strictly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from binome.lots.erreurs import TravailImpossible
from binome.systeme import raison

if TYPE_CHECKING:
    from pathlib import Path

CHIFFRES: Final = 20
"""More digits than any fact can have; far more would stall the reading."""


def _sans_doublon(paires: list[tuple[str, Any]]) -> dict[str, Any]:
    objet: dict[str, Any] = {}
    for cle, valeur in paires:
        if cle in objet:
            msg = f"la clé « {cle} » est donnée deux fois"
            raise ValueError(msg)
        objet[cle] = valeur
    return objet


def _nombre_refuse(texte: str) -> Any:
    msg = f"« {texte} » n’est pas un nombre"
    raise ValueError(msg)


def _entier(texte: str) -> int:
    if len(texte) > CHIFFRES:
        msg = "un nombre est trop long"
        raise ValueError(msg)
    return int(texte)


def lire_json_strict(texte: str) -> Any:
    """Strict JSON: no key twice, no NaN. Raises ValueError with a French reason."""
    try:
        return json.loads(
            texte,
            object_pairs_hook=_sans_doublon,
            parse_constant=_nombre_refuse,
            parse_int=_entier,
        )
    except json.JSONDecodeError as erreur:
        msg = f"JSON illisible, à la ligne {erreur.lineno}, colonne {erreur.colno}"
        raise ValueError(msg) from erreur
    except RecursionError:
        msg = "JSON illisible, trop d’objets emboîtés"
        raise ValueError(msg) from None


def decoder(octets: bytes, nom: str) -> str:
    """UTF-8 text, with or without a byte order mark. Raises TravailImpossible on any other encoding."""
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as erreur:
        msg = (
            f"{nom} : ce n’est pas du texte UTF-8 (octet {erreur.start + 1}). "
            "Enregistrez le fichier en « UTF-8 », puis recommencez."
        )
        raise TravailImpossible(msg) from erreur


def lire_octets(chemin: Path, nom: str = "") -> bytes:
    """The bytes of a file, called `nom` in messages. Raises TravailImpossible, naming what stands in the way."""
    try:
        return chemin.read_bytes()
    except OSError as erreur:
        raise TravailImpossible(f"{nom or chemin} : {raison(erreur)}") from erreur
