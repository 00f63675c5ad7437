"""The API object, and the OpenAPI document made of its operations."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from binome.api.debit import ParAdresse
from binome.api.enveloppe import en_probleme
from binome.api.operations.catalogues import router as catalogues
from binome.api.operations.lots import router as lots
from binome.api.operations.positionner import POSITIONNER
from binome.api.operations.positionner import router as positionner
from binome.api.operations.prevoir import QUESTIONS
from binome.api.operations.prevoir import router as prevoir
from binome.api.operations.projeter import reponse_d_exemple as projection_d_exemple
from binome.api.operations.projeter import router as projeter
from binome.api.operations.regles import router as regles
from binome.api.reponses import JSON
from binome.api.schemas import composants

VERSION: Final = "1.0.0"
PREFIXE: Final = "/api/v1"
METHODES: Final = ("get", "post")

api = NinjaAPI(
    title="Binôme",
    version=VERSION,
    description=(
        "Le dispositif des assistants médicaux, par ses textes : voies, heures, dispenses, "
        "financement, contrat d’aide, échéances, tâches, organismes. Sans compte ni cookie. Rien de "
        "ce que vous envoyez n’est gardé, sauf les lots, effacés après 24 heures. Les durées sont en "
        "minutes, les montants en centimes. Binôme informe ; la branche (CPNEFP) "
        "décide seule d’un positionnement."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
    throttle=[ParAdresse()],
)
for un in (positionner, prevoir, projeter, lots, regles, catalogues):
    api.add_router("", un)


def _repondre_probleme(request: HttpRequest, erreur: Any) -> HttpResponse:  # noqa: ARG001 - ninja calls it so
    return en_probleme(erreur).en_reponse()


for genre in (Exception, Http404, HttpError, ValidationError):
    api.add_exception_handler(genre, _repondre_probleme)


@cache
def openapi() -> dict[str, Any]:
    """The document, OpenAPI 3.1. Its answers of example are real ones, computed now."""
    brut = api.get_openapi_schema(path_prefix=f"{PREFIXE}/")
    chemins = {
        adresse: {methode: _operation(dit) for methode, dit in operations.items()}
        for adresse, operations in brut["paths"].items()
    }
    for question in (POSITIONNER, *QUESTIONS):
        reussite = chemins[f"{PREFIXE}/{question.nom}"]["post"]["responses"]["200"]
        reussite["content"][JSON]["examples"] = question.reponse_d_exemple()
    reussite = chemins[f"{PREFIXE}/projeter"]["post"]["responses"]["200"]
    reussite["content"][JSON]["examples"] = projection_d_exemple()
    return {
        "openapi": brut["openapi"],
        "info": {
            **brut["info"],
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "paths": chemins,
        "components": {"schemas": composants()},
    }


def _operation(brute: dict[str, Any]) -> dict[str, Any]:
    """One operation, its parameters told once: ours, which have words."""
    parametres = {(un["in"], un["name"]): un for un in brute.get("parameters", [])}
    reponses = {
        str(statut): dite
        for statut, dite in brute["responses"].items()
        if "content" in dite or statut == 304
    }
    return {**brute, "parameters": list(parametres.values()), "responses": reponses}
