"""The kit: what each public is told by the rules of the day, the papers, the annex, what is copied."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from django.db import DatabaseError
from pypdfium2 import PdfDocument

from binome.depot.codes import lire as lire_les_carres
from binome.regles.lecture import BaseInvalide
from binome.site.integrer.views import CADRES
from binome.site.kit.annexe import CLAUSE, MENTION, annexe_de
from binome.site.kit.publics import _public, publics
from binome.socle.adresse_du_site import adresse_entiere
from binome.socle.machine_a_remonter import aujourd_hui
from tests.site.lecture import lire
from tests.site.test_employeur import texte_du_pdf

if TYPE_CHECKING:
    from django.test import Client

JOUR = date(2026, 12, 1)


@pytest.mark.parametrize("code", publics())
def test_un_public_lit_les_regles_du_jour_et_sa_porte(client: Client, code: str) -> None:
    page = lire(client, f"/kit/{code}/")
    un = publics()[code]
    dits = un.dits(aujourd_hui())
    assert len(dits) >= 3
    for une in dits:
        assert re.sub(r"[\s\u202f\u00a0]", "", une.dit) in re.sub(
            r"[\s\u202f\u00a0]", "", page.texte
        )
    assert un.adresse in page.liens
    assert client.get(un.adresse).status_code == 200
    assert un.reserve in page.texte


def test_le_texte_a_reprendre_porte_son_jour_sa_reserve_et_sa_porte(client: Client) -> None:
    source = client.get("/au/2023-06-01/kit/medecin/").content.decode()
    texte = source.partition("<textarea")[2].partition("</textarea>")[0].replace("\u202f", " ")
    assert "36 000 €" in texte
    assert "Règles du 1er juin 2023" in texte
    assert "La CPAM confirme l’aide" in texte
    assert texte.rstrip().endswith("/employeur/")
    assert "/au/" not in texte


def test_les_chiffres_de_l_affiche_sont_ceux_de_la_regle_du_jour() -> None:
    medecin = publics()["medecin"]
    assert "38 000 €" in medecin.lignes(JOUR)[0].replace("\u202f", " ")
    assert "36 000 €" in medecin.lignes(date(2023, 6, 1))[0].replace("\u202f", " ")
    for un in publics().values():
        for jour in (date(2021, 6, 1), date(2023, 6, 1), date(2024, 1, 15), JOUR, date(2031, 1, 1)):
            assert all("{" not in ligne for ligne in un.lignes(jour))


def test_l_ancien_jour_dit_les_anciennes_regles(client: Client) -> None:
    ancienne = lire(client, "/au/2023-06-01/kit/medecin/").texte
    assert "36 000 €" in ancienne.replace("\u202f", " ")
    assert (
        "38 000 €"
        not in ancienne.replace("\u202f", " ").partition("Ce que disent")[2].partition("règle")[0]
    )


@pytest.mark.parametrize(("papier", "format_"), [("fiche", (595, 842)), ("affiche", (842, 1191))])
@pytest.mark.parametrize("code", publics())
def test_chaque_papier_tient_dit_son_jour_et_mene_a_sa_porte(
    client: Client, code: str, papier: str, format_: tuple[int, int]
) -> None:
    contenu = client.get(f"/kit/{code}/{papier}.pdf").content
    assert b"/Lang(fr-FR)" in contenu
    lu = PdfDocument(contenu)
    page = lu[0]
    assert (round(page.get_width()), round(page.get_height())) == format_
    pages = len(lu)
    page.close()
    lu.close()
    texte = texte_du_pdf(contenu)
    assert "ne promet rien" in texte
    assert "Édité le" in texte
    assert publics()[code].adresse in re.sub(r"\s", "", texte).replace("\u200b", "")
    if papier == "affiche":
        assert pages == 1


@pytest.mark.parametrize("papier", ["fiche", "affiche"])
def test_le_carre_se_lit_et_ouvre_la_porte(client: Client, papier: str) -> None:
    lus = lire_les_carres(client.get(f"/kit/medecin/{papier}.pdf").content)
    assert lus == [adresse_entiere("/employeur/")]


@pytest.mark.django_db
def test_l_annexe_d_un_departement_est_datee_sourcee_et_proposee(client: Client) -> None:
    page = lire(client, "/kit/annexe/?departement=40")
    assert "Asfo" in page.texte
    assert MENTION in page.texte
    for phrase in CLAUSE:
        assert re.sub(r"\W", "", phrase) in re.sub(r"\W", "", page.texte)
    texte = texte_du_pdf(client.get("/kit/annexe.pdf?departement=40").content)
    assert "Annexe proposée" in texte
    assert "Landes" in texte
    assert "Asfo" in texte
    assert "Proposition de Binôme" in texte


@pytest.mark.django_db
def test_un_departement_sans_organisme_connu_le_dit_sans_le_nier(client: Client) -> None:
    texte = lire(client, "/kit/annexe/?departement=2A").texte
    assert "Cela ne dit pas qu’il n’y en a pas" in texte
    assert client.get("/kit/annexe/?departement=999").status_code == 400
    assert client.get("/kit/annexe.pdf?departement=999").status_code == 400


def test_sans_base_la_liste_des_sources_reste() -> None:
    with patch("binome.site.kit.annexe.sous_convention", side_effect=DatabaseError):
        une = annexe_de("40", JOUR)
    assert une.conventions is None
    assert une.nommes


def test_ce_qui_se_copie_est_juste(client: Client) -> None:
    source = client.get("/kit/copier/").content.decode()
    codes = re.findall(r"&lt;iframe src=&quot;([^&]+)&quot;", source)
    assert len(codes) == len(CADRES)
    for code in codes:
        chemin = re.sub(r"^https?://[^/]+", "", code)
        assert client.get(chemin).status_code == 200
    assert "Aucun site n’est encore autorisé" in source
    assert "<iframe" not in source


@pytest.mark.parametrize("change", [{"sources": []}, {"inconnue": 1}, {"titre": None}])
def test_un_public_mal_ecrit_ne_se_lit_pas(change: dict[str, object]) -> None:
    bon: dict[str, object] = {
        "code": "un", "nom": "Un", "titre": "Un", "accroche": "Un.", "appel": "Un", "vers": "kit",
        "reserve": "Un.", "points": [{"regles": ["vie.duree"]}], "sources": ["igas-2023, ¶45"],
    }  # fmt: skip
    assert _public(bon).code == "un"
    with pytest.raises(BaseInvalide):
        _public({cle: un for cle, un in (bon | change).items() if un is not None})


def test_un_public_qui_n_existe_pas_est_introuvable(client: Client) -> None:
    for page in ("/kit/autre/", "/kit/autre/fiche.pdf", "/kit/autre/affiche.pdf"):
        assert client.get(page).status_code == 404
