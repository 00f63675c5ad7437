"""The made-up world has invoices paid and not, months left to bill; its journal tells of every row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from binome.factures.comptes_de_factures import comptes_de
from binome.factures.emettre import a_facturer
from binome.factures.models import Facture, MentionsDeFacture
from binome.journal.reconciliation import differences
from tests.exemples.jeu import jouer

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


def test_les_factures_d_exemple_ont_de_tout(settings: Settings, tmp_path: Path) -> None:
    jouer(settings, tmp_path / "fichiers")
    mentions = MentionsDeFacture.objects.get()
    assert mentions.essai
    comptes = comptes_de(Facture.objects.order_by("pk"))
    assert {un.reste_cents == 0 for un in comptes} == {True, False}
    assert a_facturer([mentions.organisme_id]).exists()
    assert all(un.facture.essai for un in comptes)
    assert not list(differences())
