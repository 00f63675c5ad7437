"""What the OpenAPI document says, laid out for a person: each operation, each object, an example to copy."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from binome.api.document import METHODES, openapi
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from collections.abc import Iterator


def operations() -> Iterator[dict[str, Any]]:
    for adresse, methodes in openapi()["paths"].items():
        for methode in METHODES:
            if methode in methodes:
                yield _operation(adresse, methode, methodes[methode])


def _operation(adresse: str, methode: str, dite: dict[str, Any]) -> dict[str, Any]:
    corps = _contenus(dite["requestBody"]) if "requestBody" in dite else []
    return {
        "groupe": dite["tags"][0],
        "id": dite["operationId"],
        "methode": methode.upper(),
        "adresse": adresse,
        "resume": dite["summary"],
        "description": dite["description"],
        "parametres": [
            {
                "nom": un["name"],
                "ou": "dans l’adresse" if un["in"] == "path" else "après « ? »",
                "description": un["description"],
                "exemple": un.get("example", ""),
                "valeurs": _valeurs(un["schema"]),
            }
            for un in dite["parameters"]
        ],
        "corps": corps,
        "copier": _a_copier(adresse, methode, dite, corps),
        "voir": _vraie(adresse, dite) if methode == "get" else "",
        "reponses": [
            {
                "statut": statut,
                "description": reponse["description"],
                "contenus": _contenus(reponse),
            }
            for statut, reponse in dite["responses"].items()
        ],
    }


def _vraie(adresse: str, dite: dict[str, Any]) -> str:
    """The address with the examples of its path; empty where it has one that nobody else may use."""
    for un in dite["parameters"]:
        if un["in"] == "path":
            adresse = adresse.replace(f"{{{un['name']}}}", str(un.get("example", "")))
    return "" if "/lots" in adresse else adresse


def _a_copier(adresse: str, methode: str, dite: dict[str, Any], corps: list[dict[str, Any]]) -> str:
    """The operation as one line of a terminal."""
    entiere = adresse_entiere(_vraie(adresse, dite) or adresse)
    if methode == "get":
        return f"curl '{entiere}'"
    if not corps or not corps[0]["exemples"]:
        return f"curl -F fichier=@candidats.csv '{entiere}'"
    lu = json.dumps(json.loads(corps[0]["exemples"][0]["json"]), ensure_ascii=False)
    return f"curl '{entiere}' -H 'Content-Type: application/json' -d '{lu}'"


def _valeurs(schema: dict[str, Any]) -> str:
    """The permitted values, when they are few enough to be read."""
    permises = schema.get("enum") or schema.get("items", {}).get("enum") or []
    return ", ".join(str(une) for une in permises) if len(permises) < 25 else ""


def _contenus(dit: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "genre": genre,
            "schema": _nom(contenu["schema"]),
            "exemples": [
                {
                    "resume": un["summary"],
                    "json": json.dumps(un["value"], ensure_ascii=False, indent=2),
                }
                for un in contenu.get("examples", {}).values()
            ],
        }
        for genre, contenu in dit.get("content", {}).items()
    ]


def _nom(schema: dict[str, Any]) -> str:
    """The name of a schema of the components, or nothing."""
    return str(schema.get("$ref") or schema.get("items", {}).get("$ref", "")).rpartition("/")[2]


def schemas() -> list[dict[str, Any]]:
    """Each schema of the components, with its keys."""
    return [
        {
            "nom": nom,
            "description": schema.get("description", ""),
            "cles": [
                {
                    "nom": cle,
                    "genre": _genre(valeur),
                    "description": valeur.get("description", ""),
                    "valeurs": _valeurs(valeur),
                }
                for cle, valeur in schema["properties"].items()
            ],
        }
        for nom, schema in openapi()["components"]["schemas"].items()
    ]


MOTS = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "boolean": "vrai ou faux",
    "object": "objet",
    "array": "liste",
    "null": "null",
}


def _genre(schema: dict[str, Any]) -> str:
    """The type in words: `liste de Citation`, `texte ou null`, `date`."""
    brut = schema.get("type", "object")
    types = brut if isinstance(brut, list) else [brut]
    mots = [MOTS[un] for un in types]
    if schema.get("format") in ("date", "date-time"):
        mots[0] = "date" if schema["format"] == "date" else "date et heure"
    dans = _nom(schema)
    return " ou ".join(mots) + (f" de {dans}" if dans and "array" in types else "")
