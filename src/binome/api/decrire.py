"""Small words to write the OpenAPI document with."""

from __future__ import annotations

from typing import Any, Final

from binome.api.problemes import GENRES, TYPE_DE_CONTENU

Schema = dict[str, Any]

PROBLEME: Final = {"$ref": "#/components/schemas/Probleme"}


def ref(nom: str) -> Schema:
    """A schema of the components."""
    return {"$ref": f"#/components/schemas/{nom}"}


def liste(nom: str) -> Schema:
    """A list of them."""
    return {"type": "array", "items": ref(nom)}


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
