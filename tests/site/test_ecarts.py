"""The ledger of discrepancies: every reading, every source, and what Binôme does of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from binome.habillage.ancres import adresse_de
from binome.regles.ecarts import controles, ecarts
from binome.site.regles.verdicts import verdict
from tests.site.lecture import lire

if TYPE_CHECKING:
    from django.test import Client


@pytest.mark.parametrize("un_sur", [5, pytest.param(1, marks=pytest.mark.long(6))])
def test_chaque_ecart_montre_ses_lectures_et_leurs_sources(client: Client, un_sur: int) -> None:
    for ecart in ecarts()[::un_sur]:
        adresse = f"/ecarts/?certitude={ecart.certitude}"
        page = lire(client, adresse)
        source = client.get(adresse).content.decode()
        assert ecart.sujet in page.texte
        assert ecart.traitement in page.texte
        assert f'id="{ecart.id}"' in source
        for lecture in ecart.lectures:
            for citation in lecture.sources:
                assert f"/{adresse_de(citation)}" in page.liens


def test_les_sources_des_ecarts_s_ouvrent(client: Client) -> None:
    sources = {c.source.id for un in ecarts() for lu in un.lectures for c in lu.sources}
    for identifiant in sources:
        assert client.get(f"/sources/{identifiant}/").status_code == 200


def test_un_ecart_mene_a_l_alerte_qui_le_signale(client: Client) -> None:
    page = lire(client, "/ecarts/?q=désinfection")
    assert "Quatorze ou quinze heures au bloc 3" in page.texte
    assert any(un.startswith("/regles/alerte.") for un in page.liens)


def test_la_recherche_retient_les_ecarts_qui_en_parlent(client: Client) -> None:
    page = lire(client, "/ecarts/?q=desinfection")
    assert "Module de désinfection du bloc 3" in page.texte
    assert "Délai pour se former" not in page.texte


def test_une_recherche_vaine_dit_quoi_faire(client: Client) -> None:
    page = lire(client, "/ecarts/?q=hippopotame")
    assert "Aucun écart ne parle de « hippopotame »" in page.texte


def test_le_registre_dit_quand_les_sources_ont_ete_lues(client: Client) -> None:
    assert "lues le 30 novembre 2026" in lire(client, "/au/2023-03-01/ecarts/").texte


def test_chaque_total_faux_renvoie_a_l_ecart_qui_l_explique(client: Client) -> None:
    page = lire(client, "/ecarts/totaux/")
    faux = [un for un in controles() if not un.juste]
    assert faux
    verdicts = [verdict(un) for un in controles()]
    assert page.texte.count("faux :") == verdicts.count("faux") >= 3
    assert page.texte.count("non comparable :") == verdicts.count("non comparable") > 3
    assert {"égal", "arrondi"} <= set(verdicts)
    certitudes = {un.id: un.certitude for un in ecarts()}
    for un in faux:
        assert f"/ecarts/?certitude={certitudes[un.ecart]}#{un.ecart}" in page.liens
