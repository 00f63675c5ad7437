"""The readable side of the API: its documentation, its errors, its OpenAPI document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.api.document import METHODES, openapi
from binome.api.parametres import Parametres
from binome.api.problemes import GENRES
from binome.api.reponses import donner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    Parametres(request).verifier()
    return donner(request, openapi())


@require_safe
def racine(request: HttpRequest) -> HttpResponse:
    """Every operation, its parameters, its answers, in French."""
    groupes: dict[str, list[dict[str, Any]]] = {}
    for operation in _operations():
        groupes.setdefault(operation["groupe"], []).append(operation)
    contexte = {
        "info": openapi()["info"],
        "groupes": [{"nom": nom, "operations": toutes} for nom, toutes in groupes.items()],
        "schemas": _schemas(),
        "genres": GENRES.values(),
    }
    return render(request, "api/documentation.html", contexte)


@require_safe
def erreurs(request: HttpRequest) -> HttpResponse:
    """The list of error codes."""
    return render(request, "api/erreurs.html", {"genres": GENRES.values()})


@require_safe
def erreur(request: HttpRequest, code: str) -> HttpResponse:
    """One error: what it means, what to do. Raises Http404."""
    if code not in GENRES:
        raise Http404(f"Le code d’erreur « {code[:40]} » n’existe pas.")
    return render(request, "api/erreur.html", {"genre": GENRES[code]})


def introuvable(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """Any other address. Raises Http404."""
    raise Http404("Cette adresse n’existe pas dans l’API. La page /api/ les donne toutes.")


def _operations() -> Iterator[dict[str, Any]]:
    for adresse, methodes in openapi()["paths"].items():
        for methode in METHODES:
            if methode in methodes:
                yield _operation(adresse, methode, methodes[methode])


def _operation(adresse: str, methode: str, dite: dict[str, Any]) -> dict[str, Any]:
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
        "corps": _contenus(dite["requestBody"]) if "requestBody" in dite else [],
        "reponses": [
            {
                "statut": statut,
                "description": reponse["description"],
                "contenus": _contenus(reponse),
            }
            for statut, reponse in dite["responses"].items()
        ],
    }


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


def _schemas() -> list[dict[str, Any]]:
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
