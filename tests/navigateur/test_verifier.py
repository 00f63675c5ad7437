"""The page where anybody verifies a title, under axe, at every width: by number, by code, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from binome.titres.delivrance import delivrer
from tests.dossiers.monde import construire
from tests.navigateur.test_pages import TOURS, Tours, examiner_tout
from tests.titres.monde import certifiable, en_jury
from tests.titres.test_delivrance import revoquer

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long(4)]


@pytest.mark.parametrize("tours", TOURS)
def test_chacun_lit_la_page_de_verification(ouvrir: Callable[..., Page], tours: Tours) -> None:
    monde = construire()
    parcours, ana = certifiable(monde), en_jury(monde)
    retire = revoquer(delivrer(parcours, ana), ana)
    titre = delivrer(parcours, ana)
    adresses = [
        "/verifier/",
        f"/verifier/?titre={titre.numero}",
        f"/verifier/{titre.jeton}/",
        f"/verifier/{retire.jeton}/",
    ]
    examiner_tout(ouvrir(), adresses, tours)
