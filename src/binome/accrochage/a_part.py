"""Reads an acknowledgement, a schema, or a lot under its schema; run behind the wall, given the file to read.

Given `accuse`, `schema`, or `lot` and the length of the schema that comes before it, it writes one JSON object: what was
read, or `{"refus": "why"}`. Only the standard library, lxml and this room: nothing else is in reach of what a file could do.
"""

from __future__ import annotations

import json
import sys
from typing import Any, Final

from lxml import etree

from binome.accrochage.accuse import AccuseInvalide, lire_accuse, racine_de
from binome.accrochage.schema import ESPACE

XSD: Final = "{http://www.w3.org/2001/XMLSchema}"
AILLEURS: Final = ("import", "include", "redefine")
"""What would make a schema read other files."""
ERREURS: Final = 20
"""Faults of a lot that are told: the first says enough."""


def _accuse(octets: bytes) -> dict[str, Any]:
    lu = lire_accuse(octets)
    deja = {un.id_technique: un.motif for un in lu.deja}
    return {**lu.en_json(), "deja": deja}


def _schema(octets: bytes) -> dict[str, Any]:
    racine = racine_de(octets, "schema", "un schéma XML")
    # An element without children is false for lxml: looked for, never judged.
    if next(racine.iter(*(f"{XSD}{un}" for un in AILLEURS)), None) is not None:
        raise AccuseInvalide(
            "ce schéma en appelle d’autres : donnez celui qui tient en un seul fichier"
        )
    if racine.get("targetNamespace") != ESPACE:
        raise AccuseInvalide("ce schéma n’est pas celui des certifications du passeport")
    _compiler(racine)
    return {"version": racine.get("version", "")}


def _lot(octets: bytes, longueur: int) -> dict[str, Any]:
    schema = _compiler(racine_de(octets[:longueur], "schema", "un schéma XML"))
    lot = racine_de(octets[longueur:], "flux", "un lot d’accrochage")
    if schema.validate(lot.getroottree()):
        return {"erreurs": []}
    return {
        "erreurs": [
            {"ligne": une.line, "message": une.message} for une in list(schema.error_log)[:ERREURS]
        ]
    }


def _compiler(racine: Any) -> Any:
    try:
        return etree.XMLSchema(racine.getroottree())
    except etree.XMLSchemaParseError as erreur:
        raise AccuseInvalide("ce schéma ne se lit pas : il est abîmé") from erreur


def lire(sorte: str, octets: bytes, longueur: int = 0) -> dict[str, Any]:
    """What a file says, or why it is refused: whatever it does, an answer comes out."""
    try:
        if sorte == "accuse":
            return _accuse(octets)
        return _schema(octets) if sorte == "schema" else _lot(octets, longueur)
    except AccuseInvalide as refus:
        return {"refus": str(refus)}
    except MemoryError:
        return {"refus": "ce fichier demande trop de mémoire"}


if __name__ == "__main__":
    suite = [int(un) for un in sys.argv[2:]]
    sys.stdout.write(json.dumps(lire(sys.argv[1], sys.stdin.buffer.read(), *suite)))
