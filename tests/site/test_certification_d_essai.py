"""The simulator of a certification on trial: its own address, its label on every page, no promise."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from binome.donnees_ouvertes.sources_citees import toutes_les_sources
from binome.habillage.ancres import adresse_de
from binome.regles.courante import base_courante, certifications
from binome.site.simulateur.autres import essais
from tests.site.lecture import lire

if TYPE_CHECKING:
    from django.test import Client

(ESSAI,) = (code for code, une in certifications().items() if une.essai)
DEPART = f"/simulateur/essai/{ESSAI}/"
ETIQUETTE = "Certification d’essai, d’après le tableau 3 du rapport."
REPONSES = {
    "date_entree": "2022-09-05",
    "niveau_diplome": "3",
    "diplomes": "aide_dentaire",
    "experience_aide_dentaire_mois": "6",
    "afgsu2_valable": "non",
}


def adresse(**reponses: str) -> str:
    return f"{DEPART}resultat/?{urlencode(reponses)}"


def test_l_accueil_y_mene_en_la_disant_d_essai(client: Client) -> None:
    page = lire(client, "/")
    assert DEPART in page.liens
    assert "Une autre certification, d’essai, d’après le tableau 3 du rapport" in page.texte


def test_chaque_question_porte_l_etiquette(client: Client) -> None:
    """One after the other, until nothing is left to ask."""
    donnees: dict[str, str] = {}
    for _ in range(8):
        lieu = f"{DEPART}?{urlencode(donnees)}"
        reponse = client.get(lieu)
        if reponse.status_code == 302:
            break
        page = lire(client, lieu)
        assert ETIQUETTE in page.texte
        source = reponse.content.decode()
        nom = next(un for un in REPONSES if f'name="posee" value="{un}"' in source)
        donnees[nom] = REPONSES[nom]
    else:
        pytest.fail("the questions do not end")
    assert set(donnees) == set(REPONSES)
    assert "182 h" in lire(client, reponse.headers["Location"]).texte


def test_la_reponse_dit_ce_qu_elle_sait_et_ce_qu_elle_ignore(client: Client) -> None:
    page = lire(client, adresse(**REPONSES))
    assert ETIQUETTE in page.texte
    assert [" ".join(un.split()) for un in page.titres] == [
        "Votre voie est le titre d’assistant dentaire. Cours : 182 h. Pratique : durée inconnue. "
        "Évaluations : durée inconnue."
    ]
    assert "En moins 161 h, sans modules nommés" in page.texte
    assert "161 h. C’est 21 h de moins que 182 h" in page.texte
    assert "La durée des évaluations n’est pas trouvée." in page.texte


def test_la_reponse_n_offre_ni_papier_ni_argent(client: Client) -> None:
    page = lire(client, adresse(**REPONSES))
    assert not [
        lien for lien in page.liens if lien.endswith((".pdf", ".ics")) or "qui-paie" in lien
    ]
    assert "Qui paie ?" not in page.texte
    assert 'content="noindex"' in client.get(adresse(**REPONSES)).content.decode()


def test_hors_de_l_enregistrement_rien_n_est_promis(client: Client) -> None:
    page = lire(client, adresse(date_entree="2026-01-15", diplomes="aucun", niveau_diplome="4"))
    assert page.titres == ["Le tableau 3 du rapport ne permet pas de répondre à cette date."]


def test_changer_une_reponse_la_redemande_ici(client: Client) -> None:
    page = lire(client, adresse(**REPONSES))
    changer = next(lien for lien in page.liens if "question=niveau_diplome" in lien)
    assert changer.startswith(DEPART)
    assert "Quel est le niveau de votre plus haut diplôme validé ?" in lire(client, changer).texte


def test_une_reponse_illisible_est_redemandee(client: Client) -> None:
    reponse = client.get(adresse(date_entree="2022-02-31"))
    assert reponse.status_code == 302
    assert reponse.headers["Location"].startswith(DEPART)
    assert "n’existe pas dans le calendrier" in lire(client, reponse.headers["Location"]).texte


@pytest.mark.parametrize("code", ["boulanger", "assistant-medical"])
def test_seule_une_certification_d_essai_s_essaie(client: Client, code: str) -> None:
    assert f"Connues : {ESSAI}." in lire(client, f"/simulateur/essai/{code}/", 404).texte
    assert [une.code for une in essais()] == [ESSAI]


def test_chaque_passage_cite_a_son_adresse(client: Client) -> None:
    """A source that two certifications cite holds the passages of both."""
    for regle in base_courante(certification=ESSAI).regles.values():
        for citation in regle.sources:
            assert citation.passage in toutes_les_sources()[citation.source.id].passages
            lieu, _, ancre = adresse_de(citation).partition("#")
            assert f'id="{ancre}"' in client.get(f"/{lieu}").content.decode()


def test_deux_resumes_d_un_meme_passage_ne_se_melangent_pas(client: Client) -> None:
    """The marker of table 3 tells what this certification reads in it, whatever page came before."""
    lire(
        client, "/simulateur/candidat/resultat/?date_entree=2022-09-05&diplomes=secretaire_medical"
    )
    ici = lire(client, adresse(**REPONSES)).texte
    assert "RNCP 15745, échéance au 17 avril 2023" in ici


@pytest.mark.parametrize("suite", ["", "resultat/?date_entree=2022-01-15"])
def test_la_page_ne_porte_que_l_empreinte_de_sa_base(client: Client, suite: str) -> None:
    texte = client.get(f"{DEPART}{suite}").content.decode()
    assert base_courante(certification=ESSAI).empreinte[:19] in texte
    assert base_courante().empreinte[:19] not in texte
