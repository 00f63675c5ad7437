"""What nobody sees is taken out of addresses as it is of forms."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("tape", ["15/01/2026", "15 janvier 2026", "\u200b15.01.26\ufeff", "15\u00ad/01\u200e/2026"])  # fmt: skip
def test_une_date_collee_dans_le_simulateur_se_lit(client: Client, tape: str) -> None:
    requete = urlencode({"date_entree": tape, "diplomes": "ide", "posee": "date_entree"})
    page = client.get(f"/simulateur/candidat/?{requete}", follow=True).content.decode()
    assert "15\u202fjanvier 2026" in page.replace("\xa0", "\u202f") or "15 janvier 2026" in page
    assert "n’est pas une date" not in page


def test_un_montant_colle_perd_ses_blancs_et_ses_invisibles(client: Client) -> None:
    tape = "3\u202f200,50\u00a0€\u200b"
    requete = urlencode({"salaire_charge_mensuel_cents": tape, "posee": "salaire_charge_mensuel_cents"})  # fmt: skip
    page = client.get(f"/simulateur/employeur/aide/?{requete}", follow=True).content.decode()
    assert "n’est pas un montant" not in page
    assert "\u200b" not in page
