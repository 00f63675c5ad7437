"""POST /positionner: the contract's answer, byte for byte what the rules say; errors in French."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from binome.regles.courante import base_courante
from binome.regles.metiers.positionnement import positionner
from binome.regles.profils import series
from binome.regles.trace import en_json as trace_en_json
from tests.api.outils import V1, poster, probleme

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from binome.regles.profils import Profil

PROFILS = [profil for serie in series() for profil in serie.profils]
INFIRMIERE = {"date_entree": "2026-01-15", "diplomes": ["ide"]}


@pytest.mark.parametrize("profil", PROFILS, ids=lambda un: f"{un.objet['date_entree']} {un.nom}")
def test_chaque_profil_publie_recoit_la_reponse_des_regles(client: Client, profil: Profil) -> None:
    base = base_courante()
    objet = dict(profil.objet)
    reponse = poster(client, objet)
    assert reponse.status_code == 200
    assert reponse.json() == positionner(base, base.lire(objet)).en_json()
    assert reponse.json()["minutes"]["total"] == profil.publie


def test_la_reponse_n_est_gardee_par_personne(client: Client) -> None:
    reponse = poster(client, INFIRMIERE)
    assert reponse.headers["Cache-Control"] == "private, no-store"
    assert not reponse.cookies
    assert reponse.headers["Content-Type"] == "application/json"


def test_une_reforme_change_la_reponse(client: Client) -> None:
    base = base_courante("igas-8", "igas-9")
    objet = {"date_entree": "2027-01-04", "diplomes": ["secretaire_medical"]}
    reponse = poster(client, objet, "?reforme=igas-8&reforme=igas-9")
    assert reponse.json() == positionner(base, base.lire(objet)).en_json()
    assert reponse.json()["base"] != poster(client, objet).json()["base"]


def test_la_trace_est_celle_des_regles(client: Client) -> None:
    base = base_courante()
    attendue = trace_en_json(base.moteur.decider(base.lire(INFIRMIERE)), base)
    assert poster(client, INFIRMIERE, "?trace=true").json()["trace"] == attendue
    assert "trace" not in poster(client, INFIRMIERE, "?trace=false").json()


def test_chaque_citation_dit_ce_que_vaut_son_document(client: Client) -> None:
    reponse = poster(client, {**INFIRMIERE, "date_prise_fonction": "2025-09-01"}).json()
    cites = {
        texte.partition(", ")[0]
        for cle in ("motifs", "alertes")
        for un in reponse[cle]
        for texte in un["sources"]
    }
    assert set(reponse["documents"]) == cites
    forces = {nom: un["force"] for nom, un in reponse["documents"].items()}
    assert (forces["arrete-2019"], forces["asfo-40913"], forces["mesdocs"]) == (
        "officiel",
        "secondaire",
        "faible",
    )
    assert reponse["documents"]["igas-2023"]["lien"] is None
    assert poster(client, INFIRMIERE, "?champ=documents").json().keys() == {"documents"}


def test_un_dossier_vide_dit_ce_qui_manque(client: Client) -> None:
    reponse = poster(client, {}).json()
    assert reponse["voie"] == "indetermine"
    assert reponse["manquants"]


def test_chaque_erreur_du_dossier_est_nommee(client: Client) -> None:
    objet = probleme(
        poster(client, {"niveau_diplome": -1, "diplome": [], "date_entree": "janvier"}),
        "dossier_invalide",
    )
    assert objet["detail"] == "Le dossier contient 3 erreurs."
    assert objet["erreurs"] == [
        {
            "cle": "niveau_diplome",
            "valeur": "-1",
            "raison": "-1 est négatif ; indiquez 0 ou plus",
        },
        {
            "cle": "diplome",
            "valeur": "[]",
            "raison": "ce fait n’existe pas ; vouliez-vous dire « diplomes » ?",
        },
        {
            "cle": "date_entree",
            "valeur": "janvier",
            "raison": "« janvier » n’est pas une date ; écrivez année-mois-jour, par exemple 2026-01-15",
        },
    ]


@pytest.mark.parametrize(
    ("corps", "detail"),
    [
        (b"{", "JSON illisible, à la ligne 1, colonne 2."),
        (b'{"date_entree": NaN}', "« NaN » n’est pas un nombre."),
        (b'{"niveau_diplome": -Infinity}', "« -Infinity » n’est pas un nombre."),
        (b'{"diplomes": [], "diplomes": []}', "La clé « diplomes » est donnée deux fois."),
        (b'{"niveau_diplome": ' + b"9" * 5000 + b"}", "Un nombre est trop long."),
        (b'{"a":' * 9000, "JSON illisible, trop d’objets emboîtés."),
        (b"[" * 30000 + b"]" * 30000, "JSON illisible, trop d’objets emboîtés."),
        (b'{"a": "\xff\xfe"}', "Ce n’est pas du texte UTF-8 (octet 8)."),
        ("{}".encode("utf-16"), "Ce n’est pas du texte UTF-8 (octet 1)."),
        (b"[]", "Un objet est attendu, entre accolades."),
        (b"null", "Un objet est attendu, entre accolades."),
        (b'"texte"', "Un objet est attendu, entre accolades."),
        (b"{} {}", "JSON illisible, à la ligne 1, colonne 4."),
    ],
    ids=lambda un: repr(un)[:24],
)
def test_un_corps_illisible_est_dit(client: Client, corps: bytes, detail: str) -> None:
    assert probleme(poster(client, corps), "demande_illisible")["detail"].startswith(detail)


def test_des_objets_emboites_a_la_limite_restent_un_refus(client: Client) -> None:
    for profondeur in (100, 400, 800, 950, 990):
        corps = b'{"diplomes":' + b"[" * profondeur + b"]" * profondeur + b"}"
        assert poster(client, corps).status_code == 400


def test_une_moitie_de_caractere_ne_casse_rien(client: Client) -> None:
    objet = probleme(poster(client, b'{"situation": "\\ud800"}'), "dossier_invalide")
    assert objet["erreurs"][0]["cle"] == "situation"


def test_un_corps_trop_gros_est_refuse_sans_etre_lu(client: Client) -> None:
    probleme(poster(client, b'{"a":"' + b"x" * 70_000 + b'"}'), "trop_gros")


@pytest.mark.parametrize(
    "genre", ["text/plain", "application/xml", "multipart/form-data; boundary=x", ""]
)
def test_un_autre_genre_de_contenu_est_refuse(client: Client, genre: str) -> None:
    reponse = client.generic("POST", f"{V1}/positionner", b"{}", content_type=genre)
    probleme(reponse, "genre_refuse")


def test_le_jeu_de_caracteres_peut_etre_dit(client: Client) -> None:
    reponse = client.post(
        f"{V1}/positionner",
        data=json.dumps(INFIRMIERE),
        content_type="application/json; charset=utf-8",
    )
    assert reponse.status_code == 200


@pytest.mark.parametrize(
    ("requete", "cle", "raison"),
    [
        (
            "?reforme=igas-80",
            "reforme",
            "attendu : igas-11, igas-11-deux-modules, igas-11-sans-fae, igas-8, igas-8-salaries, igas-9",
        ),
        ("?reforme=igas-8&reforme=igas-8", "reforme", "la même réforme est donnée deux fois"),
        (
            "?reforme=igas-11&reforme=igas-11-sans-fae",
            "reforme",
            "« igas-11 » et « igas-11-sans-fae » sont deux variantes",
        ),
        ("?trace=peut-etre", "trace", "attendu : true ou false"),
        ("?trace=1&trace=1", "trace", "ce paramètre est donné deux fois"),
        ("?traces=1", "traces", "ce paramètre n’existe pas ; vouliez-vous dire « trace » ?"),
    ],
)
def test_un_parametre_mal_ecrit_est_dit(
    client: Client, requete: str, cle: str, raison: str
) -> None:
    erreur = probleme(poster(client, INFIRMIERE, requete), "parametre_invalide")["erreurs"][0]
    assert erreur["cle"] == cle
    assert erreur["raison"].startswith(raison)


@pytest.mark.django_db
def test_positionner_ne_touche_pas_la_base_de_donnees(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert poster(client, INFIRMIERE).status_code == 200


def test_un_corps_vide_est_dit(client: Client) -> None:
    reponse = client.generic("POST", f"{V1}/positionner", b"", CONTENT_TYPE="application/json")
    assert probleme(reponse, "demande_illisible")["detail"].startswith("JSON illisible")


def test_des_cles_choisies_sont_celles_de_la_reponse_entiere(client: Client) -> None:
    entiere = poster(client, INFIRMIERE).json()
    choisie = poster(client, INFIRMIERE, "?champ=voie&champ=minutes").json()
    assert choisie == {nom: entiere[nom] for nom in ("voie", "minutes")}


def test_une_cle_inconnue_est_refusee(client: Client) -> None:
    reponse = poster(client, INFIRMIERE, "?champ=voies")
    assert reponse.status_code == 400
    assert "vouliez-vous dire « voie »" in reponse.json()["detail"]
