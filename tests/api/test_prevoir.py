"""POST /financer, /aide, /echeances: what the rules answer, and strict reading, each in its view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from binome.api.operations.prevoir import QUESTIONS
from binome.regles.courante import base_courante
from tests.api.outils import V1, poster, probleme

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from binome.api.operations.dossiers import Question

chacune = pytest.mark.parametrize("question", QUESTIONS, ids=lambda une: une.nom)
EXEMPLES = [
    pytest.param(question, exemple["value"], id=f"{question.nom} {nom}")
    for question in QUESTIONS
    for nom, exemple in question.exemples.items()
]


@pytest.mark.parametrize(("question", "dossier"), EXEMPLES)
def test_la_reponse_est_celle_des_regles(
    client: Client, question: Question[Any], dossier: dict[str, Any]
) -> None:
    base = base_courante()
    reponse = poster(client, dossier, question=question.nom)
    attendue = question.repondre(base, base.vue(question.vue).lire(dossier)).en_json()
    assert (reponse.status_code, reponse.json()) == (200, attendue)
    assert reponse.headers["Cache-Control"] == "private, no-store"
    assert reponse.headers["Content-Type"] == "application/json"
    assert not reponse.cookies
    assert poster(client, dossier, question=question.nom).content == reponse.content


@chacune
def test_un_dossier_vide_dit_ce_qui_manque(client: Client, question: Question[Any]) -> None:
    reponse = poster(client, {}, question=question.nom).json()
    (premiere, *_) = reponse.get("voies") or reponse.get("echeances") or [reponse]
    assert premiere["manquants"]


def test_une_reforme_change_l_echeance_de_l_entree(client: Client) -> None:
    dossier = {"date_signature_contrat_aide": "2026-02-02"}

    def jours(requete: str) -> dict[str, str]:
        dites = poster(client, dossier, requete, "echeances").json()["echeances"]
        return {une["code"]: une["date"] for une in dites}

    assert "entree_formation" not in jours("")
    assert jours("?reforme=igas-9")["entree_formation"] == "2027-02-02"


@chacune
def test_la_base_dite_est_celle_de_la_reforme(client: Client, question: Question[Any]) -> None:
    dites = [
        poster(client, {}, requete, question.nom).json()["base"]
        for requete in ("", "?reforme=igas-8", "?reforme=igas-8&reforme=igas-9")
    ]
    assert dites == [
        base_courante(*noms).empreinte for noms in ((), ("igas-8",), ("igas-8", "igas-9"))
    ]


@pytest.mark.parametrize(
    ("question", "dossier", "cle", "raison"),
    [
        (
            "aide",
            {"zone_sous_dense": "oui"},
            "zone_sous_dense",
            "« oui » n’est ni vrai ni faux ; écrivez oui ou non (true ou false en JSON)",
        ),
        (
            "aide",
            {"part_ccam_pct": 17.555},
            "part_ccam_pct",
            "« 17.555 » a plus de deux décimales",
        ),
        (
            "aide",
            {"salaire_charge_mensuel_cents": -1},
            "salaire_charge_mensuel_cents",
            "-1 est négatif ; indiquez 0 ou plus",
        ),
        (
            "financer",
            {"heures_semaine": 0.99},
            "heures_semaine",
            "0.99 est trop petit ; le plus petit possible est 1",
        ),
        (
            "financer",
            {"date_avenant_contrat": "2026-02-30"},
            "date_avenant_contrat",
            "le 30/02/2026 n’existe pas dans le calendrier",
        ),
        (
            "echeances",
            {"territoires": "mayotte"},
            "territoires",
            "ce fait n’existe pas ; vouliez-vous dire « territoire » ?",
        ),
        ("financer", {"minutes_positionnement": 60}, "minutes_positionnement", "ce fait n’existe"),
        ("financer", {"secteur": "1"}, "secteur", "ce fait ne sert pas à cette question"),
        ("aide", {"annee": 1}, "annee", "ce fait n’existe pas"),
        ("echeances", {"voie": "cqp"}, "voie", "ce fait n’existe pas"),
    ],
)
def test_chaque_erreur_du_dossier_est_nommee(
    client: Client, question: str, dossier: dict[str, Any], cle: str, raison: str
) -> None:
    (erreur,) = probleme(poster(client, dossier, question=question), "dossier_invalide")["erreurs"]
    assert erreur["cle"] == cle
    assert erreur["raison"].startswith(raison)


@chacune
@pytest.mark.parametrize(
    ("corps", "code"),
    [
        (b"", "demande_illisible"),
        (b"[]", "demande_illisible"),
        (b'{"date_entree": NaN}', "demande_illisible"),
        (b'{"a":"' + b"x" * 70_000 + b'"}', "trop_gros"),
        (b'{"date_entree":' + b"[" * 600 + b"]" * 600 + b"}", "dossier_invalide"),
    ],
    ids=lambda un: repr(un)[:24],
)
def test_un_corps_illisible_est_dit(
    client: Client, question: Question[Any], corps: bytes, code: str
) -> None:
    adresse = f"{V1}/{question.nom}"
    probleme(client.generic("POST", adresse, corps, CONTENT_TYPE="application/json"), code)


@chacune
def test_le_reste_de_la_demande_est_lu_aussi_strictement(
    client: Client, question: Question[Any]
) -> None:
    adresse = f"{V1}/{question.nom}"
    probleme(client.generic("POST", adresse, b"{}", content_type="text/plain"), "genre_refuse")
    probleme(client.get(adresse), "methode_refusee")
    for requete, raison in (
        (
            "?reforme=igas-80",
            "attendu : igas-11, igas-11-deux-modules, igas-11-sans-fae, igas-8, igas-8-salaries, igas-9",
        ),
        ("?reforme=igas-8&reforme=igas-8", "la même réforme est donnée deux fois"),
        ("?trace=1", "ce paramètre n’existe pas"),
        ("?champ=base", "ce paramètre n’existe pas"),
    ):
        objet = probleme(poster(client, {}, requete, question.nom), "parametre_invalide")
        assert objet["erreurs"][0]["raison"].startswith(raison)


@chacune
@pytest.mark.django_db
def test_rien_n_est_ecrit_ni_lu_dans_la_base_de_donnees(
    client: Client, question: Question[Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert poster(client, {}, question=question.nom).status_code == 200
