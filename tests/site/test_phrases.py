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
AUX_PORTES: Final = 0
PARTOUT: Final = 0
"""Sentences over the bound that are left: none, and none may come back."""
MOTS_DURS: Final = 1
SIGLES_SANS_MOTS: Final = 0
"""As many sentences with a word of administration, and acronyms without their words, are left: to be lowered too."""
CONNUS: Final = frozenset(nom for cle in SIGLES for nom in cle.split(", "))
_DURS: Final = re.compile(
    r"\b(?:susmentionn|susvis|afférent|nonobstant|idoine|subséquen|assujetti|quotité|prorat|modul(?:ation|é[es]*\b)"
    r"|plafonn|dérogat|éligib|cumulati|préalable|stipul|ladite|ledit|notamment|s’agissant|abondement"
    r"|le cas échéant|au titre d|en vertu d|dans le cadre d|à hauteur d|en matière d|afin d)",
    re.IGNORECASE,
)
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


PAGES: Final = (*SITE, *PORTES, "/organismes/", "/preuves/", "/accessibilite/", "/api/")
"""One page of each sort."""


@pytest.mark.long(4)
@pytest.mark.django_db
def test_partout_les_phrases_longues_sont_comptees(client: Client) -> None:
    trop = longues(client, PAGES)
    assert len(trop) <= PARTOUT, f"{len(trop)} :\n" + "\n".join(trop)


@pytest.mark.long(4)
@pytest.mark.django_db
def test_partout_les_mots_d_administration_sont_comptes(client: Client) -> None:
    """Words that nobody says aloud at the desk of a practice: each sentence that has one."""
    dites = {une for adresse in PAGES for une in phrases(client, adresse)}
    trouvees = sorted(
        f"{mot[0]} : {une}" for une in dites if (mot := _DURS.search(une)) is not None
    )
    assert len(trouvees) <= MOTS_DURS, f"{len(trouvees)} :\n" + "\n".join(trouvees)


@pytest.mark.long(4)
@pytest.mark.django_db
def test_partout_un_sigle_a_ses_mots_sur_la_page(client: Client) -> None:
    """Beside it, at the foot of the page, or one touch away."""
    sans = []
    for adresse in PAGES:
        source = client.get(adresse, follow=True).content.decode()
        texte = " ".join(phrases(client, adresse))
        touches = {*re.findall(r"<strong>([^<]+)</strong>\s:\s[^<]+</p>", source)}
        for sigle in {*_SIGLE.findall(texte)} & CONNUS - touches:
            if f"{sigle} :" not in texte and f"({sigle})" not in texte:
                sans.append(f"{sigle} sur {adresse}")
    assert len(sans) <= SIGLES_SANS_MOTS, f"{len(sans)} :\n" + "\n".join(sorted(sans))


@pytest.mark.parametrize("adresse", [PORTES[2], PORTES[4]], ids=["resultat", "aide"])
def test_aucun_sigle_sans_ses_mots(client: Client, adresse: str) -> None:
    texte = " ".join(phrases(client, adresse))
    for sigle in {*_SIGLE.findall(texte)} & CONNUS:
        assert f"{sigle} :" in texte or f"({sigle})" in texte, sigle
