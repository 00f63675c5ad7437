"""Schemathesis over the whole OpenAPI document: each operation, then chains along its links."""

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

schema = ouvrir(couverture=False)


@schema.parametrize()
@COURT
def test_chaque_operation_tient_ce_que_dit_le_document(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()


TestEnChaine = schema.as_state_machine().TestCase
TestEnChaine.settings = settings(COURT, max_examples=4, stateful_step_count=6)
