"""What the site says, sentence by sentence: short enough to be said, and no acronym without its words on the page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

import pytest

from binome.habillage.sigles import SIGLES
from tests.site.test_aide import adresse as aide
from tests.site.test_reponse import PRESQUE, SECRETAIRE
from tests.test_paroles import SITE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.test import Client

MOTS: Final = 25
"""Words of a sentence that one says in one breath."""
PORTES: Final = (
    "/",
    "/en-mots-simples/",
    f"/simulateur/candidat/resultat/?{SECRETAIRE}",
    f"/simulateur/candidat/comparer/?{PRESQUE}",
    aide(),
)
AUX_PORTES: Final = 6
PARTOUT: Final = 42
"""Sentences over the bound that are left: each step lowers it, none may raise it."""
_CACHES: Final = re.compile(
    r"<(script|style|svg|select|head|code|footer)\b.*?</\1>|<details class=\"sources\">.*?</details>"
    r"|<span class=\"cache-visuel\">.*?</span>",
    re.DOTALL,
)
_BLOCS: Final = re.compile(r"</(?:p|li|dd|dt|h\d|td|th|summary|label|caption|legend|strong|a)>")
_SIGLE: Final = re.compile(r"\b[A-Z]{3,6}\b")


def phrases(client: Client, adresse: str) -> set[str]:
    """The sentences that a page shows, sources closed."""
    source = _CACHES.sub(" ", client.get(adresse).content.decode())
    texte = html.unescape(re.sub(r"<[^>]+>", " ", _BLOCS.sub("\n", source)))
    plat = re.sub(r"[\u202f\u00a0 ]+", " ", texte)
    return {" ".join(une.split()) for une in re.split(r"\n|(?<=[.!?])\s", plat) if une.strip()}


def longues(client: Client, adresses: Iterable[str]) -> list[str]:
    """The sentences of some pages that are over the bound, each once."""
    toutes = {une for adresse in adresses for une in phrases(client, adresse)}
    return sorted(une for une in toutes if len(re.findall(r"[\w’'-]+", une)) > MOTS)


def test_aux_portes_presque_chaque_phrase_se_dit_d_un_souffle(client: Client) -> None:
    trop = longues(client, PORTES)
    assert len(trop) <= AUX_PORTES, "\n".join(trop)


@pytest.mark.long(4)
@pytest.mark.django_db
def test_partout_les_phrases_longues_sont_comptees(client: Client) -> None:
    trop = longues(client, (*SITE, *PORTES, "/organismes/", "/preuves/", "/accessibilite/"))
    assert len(trop) <= PARTOUT, f"{len(trop)} :\n" + "\n".join(trop)


@pytest.mark.parametrize("adresse", [PORTES[2], PORTES[4]], ids=["resultat", "aide"])
def test_aucun_sigle_sans_ses_mots(client: Client, adresse: str) -> None:
    texte = " ".join(phrases(client, adresse))
    connus = {nom for cle in SIGLES for nom in cle.split(", ")}
    for sigle in {*_SIGLE.findall(texte)} & connus:
        assert f"{sigle} :" in texte or f"({sigle})" in texte, sigle
