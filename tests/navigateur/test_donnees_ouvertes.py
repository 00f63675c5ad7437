"""The pages of the open data, with vintages: readable by all, on a phone and on a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from binome.donnees_ouvertes.millesimes import garder
from tests.navigateur.test_pages import TOURS, Tours, examiner_tout

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long(4)]


@pytest.mark.parametrize("tours", TOURS)
def test_les_donnees_ouvertes_sont_lisibles_par_tous(
    ouvrir: Callable[..., Page], tours: Tours
) -> None:
    garder()
    examiner_tout(ouvrir(), ["/donnees/", "/donnees/regles/", "/donnees/contrats/"], tours)
