"""Schemathesis at length: every bound of every parameter, hundreds of requests to each operation, long chains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.api.exploration import COURT, ouvrir

if TYPE_CHECKING:
    import schemathesis

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.lourd,
    pytest.mark.usefixtures("dossier_des_lots"),
]

schema = ouvrir(couverture=True)


@pytest.mark.long(1)
@schema.parametrize()
@settings(COURT, max_examples=1)
def test_chaque_borne_de_chaque_parametre(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()


@pytest.mark.long(120)
@schema.parametrize()
@settings(COURT, max_examples=400)
def test_longuement(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()


@pytest.mark.long(120)
class TestEnChaineLonguement(schema.as_state_machine().TestCase):  # type: ignore[misc] # a class made at run time
    """The same chains, longer and many more."""

    settings = settings(COURT, max_examples=150, stateful_step_count=12)
