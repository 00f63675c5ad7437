"""The private address of the calendar of contracts, shown once, then closed, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.contrats_d_aide.cabinets import cabinets
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_prises_en_charge import Regards

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long(6)]


def test_une_adresse_s_ouvre_se_montre_une_fois_et_se_ferme(ouvrir: Callable[..., Page]) -> None:
    ici, regards = cabinets(), Regards()
    ici.en_cours()
    page = entrer(ouvrir(largeur=390), ici.emma.personne)
    page.goto("/espace/contrats-d-aide/")
    page.get_by_role("link", name="Suivre les échéances dans votre calendrier").click()
    regards.sur(page)
    page.get_by_role("button", name="Ouvrir une adresse").click()
    regards.sur(page)
    adresse = page.get_by_label("Collez-la dans votre calendrier").input_value()
    assert adresse.endswith("/contrats.ics")
    page.get_by_role("link", name="Revenir au calendrier").click()
    regards.sur(page)
    assert adresse not in page.content()
    page.get_by_role("button", name="Fermer l’adresse").click()
    expect(page.get_by_text("L’adresse est fermée")).to_be_visible()
    expect(page.get_by_role("button", name="Ouvrir une adresse")).to_be_visible()
    assert not regards.fautes, "\n".join(sorted(set(regards.fautes)))
