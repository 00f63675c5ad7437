"""The page of the proofs, with days on it, dated or not: readable by all, on a phone and on a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from binome.journal import autorite_d_essai
from binome.journal.ancres import poser
from tests.journal.test_commandes import remplir
from tests.navigateur.test_pages import TOURS, Tours, examiner_tout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long(2)]


@pytest.mark.parametrize("tours", TOURS)
def test_les_jours_publies_sont_lisibles_par_tous(
    ouvrir: Callable[..., Page], settings: Settings, tmp_path: Path, tours: Tours
) -> None:
    settings.ANCRES, settings.EFFACEMENTS = tmp_path / "ancres", tmp_path / "effacements.jsonl"
    remplir(2)
    poser()
    settings.DONNEES = tmp_path
    autorite_d_essai.faire()
    settings.HORODATAGE = "http://127.0.0.1:1/tsr"
    poser()
    settings.HORODATAGE = ""
    poser()
    examiner_tout(ouvrir(), ["/preuves/", "/preuves/?avant=2"], tours)
