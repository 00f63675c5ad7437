"""The proposed reforms as switches: what they would change, for whom, and that they are not law."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from binome.regles.courante import base_courante, reformes
from binome.regles.metiers.positionnement import positionner
from binome.site.regles.essai import exemples, profils, propositions, publies
from tests.site.lecture import lire

if TYPE_CHECKING:
    from django.test import Client

JOUR = date(2026, 1, 15)
INFIRMIERE = "diplomes=ide&date_entree=2026-01-15"


def test_rien_n_est_coche_d_avance(client: Client) -> None:
    page = lire(client, "/reformes/")
    assert page.texte.count("Proposition, non en vigueur") == len(reformes()) == 6
    assert "Aucune proposition n’est cochée" in page.texte
    assert b"checked" not in client.get("/reformes/").content


def test_la_fae_passerait_de_75_a_35_heures(client: Client) -> None:
    page = lire(client, "/reformes/?profil=infirmiere&reforme=igas-11")
    assert "La durée passerait de 75 h à 35 h, soit 40 h de moins." in page.texte
    assert "FAE de 35 h" in page.texte
    assert "/regles/fae.igas-11/" in page.liens


def test_les_faits_du_simulateur_suffisent(client: Client) -> None:
    page = lire(client, f"/reformes/?{INFIRMIERE}&reforme=igas-11")
    assert "Vos réponses" in page.texte
    assert "passerait de 75 h à 35 h" in page.texte
    assert "Votre voie est la formation d’adaptation" in page.texte
    source = client.get(f"/reformes/?{INFIRMIERE}").content.decode()
    assert '<input type="hidden" name="diplomes" value="ide">' in source


def test_le_cqp_s_ouvrirait_au_niveau_3(client: Client) -> None:
    page = lire(client, "/reformes/?profil=niveau-3&reforme=igas-8")
    assert "aucune formation n’est ouverte" in page.texte
    assert "Une voie s’ouvrirait : Sa voie est le CQP" in page.texte


def test_l_entree_depasserait_l_annee_du_contrat(client: Client) -> None:
    page = lire(client, "/reformes/?profil=contrat-d-aide&reforme=igas-9")
    assert "La voie et la durée ne changeraient pas" in page.texte
    assert "L’entrée en formation dépasserait l’année proposée" in page.texte


def test_une_proposition_ne_touche_pas_les_entrees_plus_anciennes(client: Client) -> None:
    page = lire(client, "/reformes/?profil=2022-infirmier-ou-infirmiere&reforme=igas-11")
    assert "à partir du 1er juillet 2023" in page.texte
    assert "112 h" in page.texte
    assert "ne changeraient pas" in page.texte
    assert "à partir du 1er juillet 2023" in (
        lire(client, "/au/2023-03-01/reformes/?profil=niveau-3&reforme=igas-8").texte
    )


@pytest.mark.parametrize("code", sorted(profils(JOUR)))
def test_chaque_profil_se_montre_avec_les_trois_propositions(client: Client, code: str) -> None:
    lire(client, f"/reformes/?profil={code}&reforme=igas-8&reforme=igas-9&reforme=igas-11")


def test_les_profils_publies_donnent_leur_duree_publiee() -> None:
    base = base_courante()
    for _, serie in publies():
        for un in serie:
            assert positionner(base, base.lire(un.objet)).minutes["total"] is not None
            assert un.citations


def test_les_codes_des_profils_sont_tous_differents() -> None:
    codes = [un.code for _, serie in publies() for un in serie]
    assert len(set(codes)) == len(codes)
    assert len(profils(JOUR)) == len(codes) + len(exemples(JOUR))


def test_deux_variantes_ne_s_essaient_pas_ensemble(client: Client) -> None:
    page = lire(client, "/reformes/?profil=infirmiere&reforme=igas-11&reforme=igas-11-sans-fae")
    assert "Vous avez déjà coché une variante de « Supprimer la FAE" in page.texte
    assert "35 h" in page.texte
    assert [*propositions()] == [
        "igas-8", "igas-8-salaries", "igas-9", "igas-11", "igas-11-deux-modules", "igas-11-sans-fae",
    ]  # fmt: skip


def test_l_ordre_des_coches_ne_change_rien(client: Client) -> None:
    un = lire(client, "/reformes/?profil=infirmiere&reforme=igas-8&reforme=igas-11")
    autre = lire(client, "/reformes/?profil=infirmiere&reforme=igas-11&reforme=igas-8")
    assert "35 h" in un.texte
    assert un.texte.partition("La différence")[0] == autre.texte.partition("La différence")[0]


@pytest.mark.parametrize(
    ("requete", "attendu"),
    [
        ("reforme=igas-99", "Nous ne connaissons pas la proposition « igas-99 »"),
        ("profil=pape", "Nous ne connaissons pas le profil « pape »"),
        ("profil=vous", "Nous ne connaissons pas le profil « vous »"),
        ("diplomes=pape", "Nous ne pouvons pas lire « diplômes et titres »"),
        ("niveau_diplome=99", "Nous ne pouvons pas lire « niveau du plus haut diplôme validé »"),
        ("reforme=<script>", "« <script> »"),
    ],
)
def test_une_valeur_inconnue_est_dite_en_clair(client: Client, requete: str, attendu: str) -> None:
    assert attendu in lire(client, f"/reformes/?{requete}").texte
