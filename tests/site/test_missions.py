"""May an assistant do this? One line, its condition, its source; what is contested shows as such."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from binome.habillage.ancres import adresse_de
from binome.regles.taches import STATUTS, taches
from tests.site.lecture import lire, titre

if TYPE_CHECKING:
    from django.test import Client


def reponse(client: Client, mots: str) -> str:
    """The answer card to a question, in words."""
    texte = lire(client, f"/missions/?q={mots}").texte
    return texte.partition("La réponse")[2].partition("Tout le catalogue")[0]


@pytest.mark.parametrize(
    ("mots", "attendu"),
    [
        ("prendre la tension", "les autres constantes : oui. Permise"),
        (
            "electrocardiograme",
            "Préparer et aider : oui ; faire l’acte : non. Une partie seulement",
        ),
        ("poser un diagnostic", "annoncer un résultat : non. Interdite"),
        ("vacciner", "au bout du doigt : non. Interdite"),
        (
            "télétravail",
            "si l’employeur l’accepte : oui ; s’occuper de patients hors du cabinet : non.",
        ),
        (
            "tri",
            "malades chroniques : les textes n’en disent rien. Les sources divergent ou se taisent",
        ),
    ],
)
def test_une_question_recoit_une_ligne(client: Client, mots: str, attendu: str) -> None:
    assert attendu in re.sub(r"\s+", " ", reponse(client, mots))


def test_un_point_conteste_montre_ce_que_dit_chaque_source(client: Client) -> None:
    page = lire(client, "/missions/F8/")
    assert "Les sources divergent" in page.texte
    assert "Ce que dit chaque source" in page.texte
    tache = next(un for un in taches() if un.code == "F8")
    for citation in tache.sources:
        assert page.texte.count(citation.resume) == 2


def test_une_question_sans_reponse_le_dit(client: Client) -> None:
    page = lire(client, "/missions/?q=hippopotame")
    assert "Nous ne savons pas" in page.texte
    assert "Notre catalogue ne parle pas de « hippopotame »" in page.texte


@pytest.mark.parametrize("mots", ["le", "???", "médical"])
def test_une_question_sans_mot_utile_le_dit(client: Client, mots: str) -> None:
    assert "Notre catalogue ne parle pas" in lire(client, f"/missions/?q={mots}").texte


def test_le_catalogue_est_entier_et_range_par_statut(client: Client) -> None:
    page = lire(client, "/missions/")
    for tache in taches():
        assert f"/missions/{tache.code}/" in page.liens
    rangs = [page.texte.index(mots.capitalize()) for mots in STATUTS.values()]
    assert rangs == sorted(rangs)
    assert "lus le 30 novembre 2026" in page.texte


@pytest.mark.parametrize("code", [un.code for un in taches()])
def test_chaque_tache_a_sa_page_et_ses_sources_s_ouvrent(client: Client, code: str) -> None:
    page = lire(client, f"/missions/{code}/")
    tache = next(un for un in taches() if un.code == code)
    assert tache.reponse in page.texte
    assert STATUTS[tache.statut].casefold() in page.texte.casefold()
    for citation in tache.sources:
        assert f"/{adresse_de(citation)}" in page.liens
        assert client.get(f"/sources/{citation.source.id}/").status_code == 200


def test_les_titres_sont_tous_differents(client: Client) -> None:
    titres = [titre(client, f"/missions/{un.code}/") for un in taches()]
    titres += [titre(client, "/missions/"), titre(client, "/missions/?q=ecg")]
    assert len(set(titres)) == len(titres)


def test_le_code_se_tape_comme_on_veut(client: Client) -> None:
    assert client.get("/missions/c2/").status_code == 200
    assert "Aucune tâche ne porte le code « Z9 »" in lire(client, "/missions/Z9/", 404).texte
