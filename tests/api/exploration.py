"""Schemathesis over the API's document: what it is told of the API, for the quick tests and the long ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from tests.api.outils import V1

if TYPE_CHECKING:
    from schemathesis import BaseSchema

TABLEAU = b"date_entree,diplomes\n2026-01-15,ide\n2026-02-30,idee\n"
REGLAGES: dict[str, Any] = {
    "seed": 1,
    "headers": {"Accept-Encoding": "identity"},  # this transport does not unzip
    "generation": {"mode": "all", "deterministic": True, "database": "none"},
    "operations": [
        {
            # No schema can say that a birth comes before an entry.
            "include-operation-id": ["positionner", "financer", "aide", "echeances"],
            "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", 400]}},
        },
        {
            # Nor between which numbers each hypothesis stands, nor that the last month comes after the day.
            "include-operation-id": "projeter",
            "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", 400]}},
        },
        {
            # Nor what a file’s name ends with, how many lots wait, or which reform goes with which
            # certification. And an extra part that holds nothing is not sent at all: what arrives is a valid
            # request (test_lots refuses the ones that arrive).
            "include-operation-id": "envoyerLot",
            "checks": {
                "positive_data_acceptance": {"expected-statuses": ["2xx", 400, 415, 429]},
                "negative_data_rejection": {"enabled": False},
            },
        },
    ],
}
COURT = settings(
    max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def ouvrir(*, couverture: bool) -> BaseSchema:
    """The API as schemathesis reads it; with its coverage, which tries each bound of each parameter."""
    reglages = {**REGLAGES, "phases": {"coverage": {"enabled": couverture}}}
    schema = schemathesis.openapi.from_wsgi(
        f"{V1}/openapi.json", WSGIHandler(), config=SchemathesisConfig.from_dict(reglages)
    )
    schema.hook(map_body)
    return schema


def map_body(context: Any, body: Any) -> Any:
    """Half of the files sent are tables: noise alone would never reach a result."""
    if context.operation.definition.raw.get("operationId") == "envoyerLot" and isinstance(
        body, dict
    ):
        fichier = body.get("fichier")
        if isinstance(fichier, bytes) and len(fichier) % 2:
            return {**body, "fichier": TABLEAU}
    return body
