"""A projection in a browser: a cursor that answers in place, the same without scripts, a reform on two sheets."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.navigateur.test_pages import TOURS, Tours, examiner_tout

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
DEPUIS = "au=2025-11-30&jusqu_a=2027-12"
ENTREES = 'table[data-courbe="entrees"] tbody'
SERREE = "au=2023-06-30&jusqu_a=2026-12&poser=argent_annuel_euros&argent_annuel_euros=6000000"


def test_un_curseur_repond_sur_place_et_l_adresse_le_garde(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir()
    page.goto(f"/projection/?{DEPUIS}")
    avant = page.locator(ENTREES).text_content()
    page.evaluate("window.memePage = true")
    with page.expect_response(lambda une: "rotation_annuelle" in une.url):
        page.get_by_label("Part des personnes en poste remplacées chaque année, la valeur").press(
            "End"
        )
    expect(page.locator(ENTREES)).not_to_have_text(avant or "")
    expect(page.locator('input[value="rotation_annuelle"]')).to_be_checked()
    expect(page.locator('output[for="curseur-rotation_annuelle"]')).to_have_text(re.compile("50"))
    expect(page.locator("form [role=status]")).to_contain_text("huit fois sur dix")
    assert page.evaluate("window.memePage")
    apres = page.locator(ENTREES).text_content()
    page.reload()
    assert page.locator(ENTREES).text_content() == apres


def test_un_essai_tient_sur_deux_feuilles_qui_portent_leur_adresse(
    ouvrir: Callable[..., Page],
) -> None:
    page = ouvrir()
    page.goto(f"/projection/essayer/?{SERREE}&reforme=igas-9&reforme=igas-12&reforme=igas-17")
    page.emulate_media(media="print")
    feuilles = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    texte = " ".join(" ".join(une.extract_text() for une in feuilles).split())
    assert len(feuilles) == 2
    assert "Peu d’argent" in texte
    assert "reforme=igas-9" in re.sub(r"\s", "", texte)
    assert "Essayer autre chose" not in texte


@pytest.mark.long(12)
@pytest.mark.parametrize("tours", TOURS)
def test_ses_pages_sont_lisibles_par_tous(ouvrir: Callable[..., Page], tours: Tours) -> None:
    adresses = (
        f"/projection/?{SERREE}&reforme=igas-9&famille=B", "/projection/?jusqu_a=2040-12&au=hier",
        "/projection/score/", f"/projection/essayer/?{SERREE}", "/projection/essayer/?reforme=igas-8&reforme=igas-13",
    )  # fmt: skip
    examiner_tout(ouvrir(), adresses, tours)


@pytest.mark.long(3)
def test_sans_script_le_bouton_dit_la_meme_chose(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(script=False)
    page.goto(f"/projection/?{DEPUIS}")
    avant = page.locator(ENTREES).text_content()
    page.get_by_label("Part des personnes en poste remplacées chaque année, la valeur").press("End")
    page.locator('input[value="rotation_annuelle"]').check()
    page.get_by_role("button", name="Projeter").click()
    assert page.locator(ENTREES).text_content() != avant
    assert "rotation_annuelle=0.5" in page.url
