"""Schemathesis over the whole OpenAPI document: each operation, then chains along its links."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from tests.api.outils import V1

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.lourd,
    pytest.mark.usefixtures("dossier_des_lots"),
]

TABLEAU = b"date_entree,diplomes\n2026-01-15,ide\n2026-02-30,idee\n"
REGLAGES = SchemathesisConfig.from_dict(
    {
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
                # Nor what a file’s name ends with, how many lots wait, or which reform goes with which certification. And an extra part that holds nothing is not sent
                # at all: what arrives is a valid request (test_lots refuses the ones that arrive).
                "include-operation-id": "envoyerLot",
                "checks": {
                    "positive_data_acceptance": {"expected-statuses": ["2xx", 400, 415, 429]},
                    "negative_data_rejection": {"enabled": False},
                },
            },
        ],
    }
)
schema = schemathesis.openapi.from_wsgi(f"{V1}/openapi.json", WSGIHandler(), config=REGLAGES)
court = settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
en_long = settings(court, max_examples=400)


@schema.hook
def map_body(context: Any, body: Any) -> Any:
    """Half of the files sent are tables: noise alone would never reach a result."""
    if context.operation.definition.raw.get("operationId") == "envoyerLot" and isinstance(
        body, dict
    ):
        fichier = body.get("fichier")
        if isinstance(fichier, bytes) and len(fichier) % 2:
            return {**body, "fichier": TABLEAU}
    return body


@schema.parametrize()
@court
def test_chaque_operation_tient_ce_que_dit_le_document(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()


@pytest.mark.long(120)
@schema.parametrize()
@en_long
def test_longuement(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()


TestEnChaine = schema.as_state_machine().TestCase
TestEnChaine.settings = settings(court, max_examples=8, stateful_step_count=6)


@pytest.mark.long(120)
class TestEnChaineLonguement(schema.as_state_machine().TestCase):  # type: ignore[misc] # a class made at run time
    """The same chains, longer and many more."""

    settings = settings(court, max_examples=150, stateful_step_count=12)
