"""Reads a page as a visitor does: its words, its headings, its figures and their sources."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

VIDES = frozenset("area base br col embed hr img input link meta source track wbr".split())
FIGURE = re.compile(r"\d\s*(?:h\b|min\b|€|%|heures\b)")
ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


class Page(HTMLParser):
    """A page, with what the tests ask of it."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self._ouverts: list[tuple[str, dict[str, str | None]]] = []
        self._sourcees: list[bool] = []
        self._en_attente: list[list[str]] = []
        self.morceaux: list[str] = []
        self.orphelines: list[str] = []
        self.liens: list[str] = []
        self.titres: list[str] = []
        self.titre = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributs = dict(attrs)
        if tag == "a":
            self.liens.append(attributs.get("href") or "")
        if tag == "h1":
            self.titres.append("")
        if "sources" in (attributs.get("class") or "").split():
            self._sourcees = [True] * len(self._sourcees)
        if tag in VIDES:
            return
        self._ouverts.append((tag, attributs))
        if "data-sourcee" in attributs:
            self._sourcees.append(False)
            self._en_attente.append([])

    def handle_endtag(self, tag: str) -> None:
        while self._ouverts:
            ouvert, attributs = self._ouverts.pop()
            if "data-sourcee" in attributs:
                figures = self._en_attente.pop()
                if not self._sourcees.pop():
                    self._orpheliner(figures)
            if ouvert == tag:
                return

    def _orpheliner(self, figures: list[str]) -> None:
        """Leaves the figures of an element without a source to the element around it."""
        if self._en_attente:
            self._en_attente[-1] += figures
        else:
            self.orphelines += figures

    def handle_data(self, data: str) -> None:
        balises = {tag for tag, _ in self._ouverts}
        if {"head", "title"} <= balises:
            self.titre += data
        if balises & {"script", "style", "head"}:
            return
        if "h1" in balises:
            self.titres[-1] += data
        if balises & {"pre", "code"}:
            return
        self.morceaux.append(data)
        dits = any("data-saisi" in attributs for _, attributs in self._ouverts)
        if FIGURE.search(data) and not dits:
            self._orpheliner([data.strip()])

    @property
    def texte(self) -> str:
        """The visible words, with plain spaces; what is shown as code is left out."""
        return re.sub(r"\s+", " ", " ".join(self.morceaux)).strip()


def lire(client: Client, adresse: str, code: int = 200) -> Page:
    """The page at an address, once what every page owes is checked."""
    reponse = client.get(adresse)
    assert reponse.status_code == code, adresse
    source = reponse.content.decode()
    page = Page(source)
    assert len(page.titres) == 1, f"{adresse} : {len(page.titres)} titres de premier rang"
    assert not ISO.search(page.texte), f"{adresse} : {ISO.findall(page.texte)}"
    assert not page.orphelines, f"{adresse} : sans source : {page.orphelines}"
    assert "style=" not in source
    assert "<script>" not in source
    return page


def titre(client: Client, adresse: str) -> str:
    """The title of the page at an address."""
    source = client.get(adresse).content.decode()
    trouve = re.search(r"<title>(.*?)</title>", source, flags=re.DOTALL)
    assert trouve is not None
    return html.unescape(trouve[1])
