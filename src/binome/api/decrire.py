"""Small words to write the OpenAPI document with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.api.problemes import GENRES, TYPE_DE_CONTENU

if TYPE_CHECKING:
    from collections.abc import Iterable

Schema = dict[str, Any]

DATE: Final = r"^(19\d\d|20\d\d|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
EMPREINTE: Final[Schema] = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
TEXTE: Final[Schema] = {"type": "string"}
TEXTE_OU_RIEN: Final[Schema] = {"type": ["string", "null"]}
TEXTES: Final[Schema] = {"type": "array", "items": TEXTE}
JOUR: Final[Schema] = {"type": "string", "format": "date"}
JOUR_OU_RIEN: Final[Schema] = {"type": ["string", "null"], "format": "date"}
INSTANT: Final[Schema] = {"type": "string", "format": "date-time"}
NOMBRE: Final[Schema] = {"type": "integer", "minimum": 0}
NOMBRE_OU_RIEN: Final[Schema] = {"type": ["integer", "null"], "minimum": 0}
MINUTES: Final[Schema] = {
    **NOMBRE_OU_RIEN,
    "description": "En minutes ; null quand aucune source ne le dit.",
}
CENTS: Final[Schema] = {
    **NOMBRE_OU_RIEN,
    "description": "En centimes ; null quand aucune source ne le dit.",
}

PROBLEME: Final = {"$ref": "#/components/schemas/Probleme"}


def ref(nom: str) -> Schema:
    """A schema of the components."""
    return {"$ref": f"#/components/schemas/{nom}"}


def liste(nom: str) -> Schema:
    """A list of them."""
    return {"type": "array", "items": ref(nom)}


def parmi(codes: Iterable[str], *, rien: bool = False) -> Schema:
    """One of these codes, or null besides."""
    valeurs: list[str | None] = list(codes)
    return {"type": ["string", "null"] if rien else "string", "enum": valeurs + [None] * rien}


def objet(description: str = "", /, **cles: Schema) -> Schema:
    """An object whose every key is always there."""
    dit: Schema = {"type": "object", "required": list(cles), "properties": cles}
    return {"description": description, **dit} if description else dit


def requete(nom: str, description: str, schema: Schema, exemple: object = None) -> Schema:
    """A parameter of the query string. The example is a real value."""
    dit = {"name": nom, "in": "query", "required": False, "description": description}
    if schema.get("type") == "array":
        dit |= {"style": "form", "explode": True}
    return {**dit, "schema": schema, **({} if exemple is None else {"example": exemple})}


def chemin(nom: str, description: str, exemple: str) -> Schema:
    """A parameter of the path."""
    return {
        "name": nom,
        "in": "path",
        "required": True,
        "description": description,
        "schema": {"type": "string", "minLength": 1},
        "example": exemple,
    }


def json_de(description: str, schema: Schema, **reste: Any) -> Schema:
    """A JSON answer."""
    return {
        "description": description,
        "content": {"application/json": {"schema": schema}},
        **reste,
    }


def problemes(*codes: str) -> dict[int, Schema]:
    """The errors of an operation, by status; the ones that any operation may give are added."""
    par_statut: dict[int, list[str]] = {}
    for code in (*codes, "trop_de_demandes"):
        par_statut.setdefault(GENRES[code].statut, []).append(code)
    return {
        statut: {
            "description": " ; ".join(f"{GENRES[code].titre} (`{code}`)" for code in les_codes),
            "content": {TYPE_DE_CONTENU: {"schema": PROBLEME}},
            **({"headers": {"Retry-After": ref_attente()}} if statut == 429 else {}),
        }
        for statut, les_codes in par_statut.items()
    }


def ref_attente() -> Schema:
    """The header that says how long to wait."""
    return {
        "description": "Secondes à attendre avant de redemander.",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
    }


NON_MODIFIE: Final = {
    304: {"description": "Rien n’a changé depuis la réponse dont vous donnez l’étiquette (ETag)."}
}
