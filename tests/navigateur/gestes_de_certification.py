"""What several stories of titles do in a window: menus, downloads, papers read, a civil status, an acknowledgement."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.db import connection
from playwright.sync_api import expect
from pypdf import PdfReader

from binome.jurys.sceller import sceller_les_proces_verbaux
from binome.titres.cles import preparer_la_premiere
from binome.titres.sceller import sceller_les_titres
from binome.titres.verifier_un_badge import verifier_un_badge
from tests.navigateur.test_dossiers import entrer

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping, Sequence

    from playwright.sync_api import Page

    from binome.comptes.models import Personne

EN_LARGEUR: Final = """addEventListener('load', () => {
  const fermes = [...document.querySelectorAll('details:not([open])')];
  fermes.forEach(un => { un.open = true; });
  const trop = document.documentElement.scrollWidth - innerWidth;
  fermes.forEach(un => { un.open = false; });
  if (trop > 1) console.error(`la page déborde de ${trop} px : ${location.pathname}`);
});"""
"""Every page that a window opens says so in its console when it is too wide, folded parts open: the test then fails."""


def telephone(ouvrir: Callable[..., Page], qui: Personne | None) -> Page:
    """A window of 390 px, where a page that is too wide fails the test."""
    page = ouvrir(largeur=390)
    page.add_init_script(EN_LARGEUR)
    return page if qui is None else entrer(page, qui)


def par_le_menu(page: Page, mot: str) -> None:
    """Opens a page from the home page, by the menu."""
    page.goto("/espace/")
    page.get_by_role("button", name="Votre menu").click()
    page.locator("nav.espace").get_by_role("link", name=mot, exact=True).click()


def telecharger(page: Page, nom: str | re.Pattern[str]) -> tuple[str, bytes]:
    """What a link gives, with the name of its file."""
    with page.expect_download() as attendu:
        page.get_by_role("link", name=nom).click()
    return attendu.value.suggested_filename, Path(attendu.value.path()).read_bytes()


def texte_de(pdf: bytes) -> str:
    lu = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(lu.replace("\u202f", " ").replace("\u00a0", " ").split())


def ecrire_l_etat_civil(page: Page, nom: str, prenom: str, naissance: str) -> None:
    """Who they are, as their papers say."""
    page.get_by_label("Nom de naissance").fill(nom)
    page.get_by_label("Premier prénom").fill(prenom)
    page.get_by_label("Date de naissance").fill(naissance)
    page.get_by_label("Sexe inscrit à l’état civil").select_option("F" if nom == "Exemple" else "M")
    page.get_by_label("Code Insee de la commune de naissance").fill("40088")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("L’état civil est enregistré.")).to_be_visible()


def donner_l_accuse(page: Page, nom: str, oui: Sequence[str], non: Mapping[str, str]) -> None:
    """The answer of the Caisse des Dépôts, shaped as the real ones, given to the page of the lot."""
    ko = "".join(
        f"<passage><idTechnique>{un}</idTechnique><messageErreur>{dit}</messageErreur></passage>"
        for un, dit in non.items()
    )
    ok = "".join(f"<idTechnique>{un}</idTechnique>" for un in oui)
    texte = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?><rapport xmlns:ns2="urn:cdc:cpf:pc5:rapport:schema">'
        f"<nomFichier>{nom}</nomFichier><idFlux>x</idFlux><idTraitement>90001</idTraitement>"
        f"<PassagesKO>{ko}</PassagesKO><PassagesOK>{ok}</PassagesOK></rapport>"
    )
    page.get_by_label("L’accusé de la Caisse des Dépôts").set_input_files(
        {"name": "accuse.xml", "mimeType": "application/xml", "buffer": texte.encode()}
    )
    page.get_by_role("button", name="Lire l’accusé").click()


def sceller() -> int:
    """What the jobs runner does, where no loop of a browser runs: a key for badges, the minutes and titles that wait; how many."""

    def tout() -> int:
        try:
            preparer_la_premiere()
            return sceller_les_proces_verbaux() + sceller_les_titres()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as fil:
        return fil.submit(tout).result()


def est_retire(page: Page, badge: str) -> bool:
    """What somebody who holds a badge reads of it, by the second implementation, from the addresses that it names."""
    cles = page.request.get("/badges/did.json").json()
    etats = page.request.get("/badges/etats/1/").text()
    return verifier_un_badge(badge, cles, etats, int(time.time())).retire


def tient_en_largeur(page: Page) -> None:
    """A window of a tablet, as a telephone would show it, then as it was."""
    avant = page.viewport_size
    assert avant is not None
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1
    page.set_viewport_size(avant)
