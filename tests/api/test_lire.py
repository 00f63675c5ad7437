"""The GET operations: what the rules, catalogues and registers say, and their cache."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from binome.formations.lecture import organismes, sources
from binome.regles import dire
from binome.regles.cas import cas
from binome.regles.courante import base_courante
from binome.regles.ecarts import ecarts
from binome.regles.taches import taches
from tests.api.outils import V1, probleme

if TYPE_CHECKING:
    from django.test import Client


def test_les_regles_se_lisent_en_clair(client: Client) -> None:
    base = base_courante().entiere
    lues = client.get(f"{V1}/regles").json()
    assert [une["id"] for une in lues] == list(base.regles)
    assert {une["id"]: (une["texte"], une["mot_a_mot"]) for une in lues} == {
        nom: (dire.en_une_phrase(une, base), dire.mot_a_mot(une, base))
        for nom, une in base.regles.items()
    }
    assert all(une["sources"] for une in lues)
    assert {une["vue"] for une in lues} == set(base.vues)
    for vue in base.vues:
        siennes = [une["id"] for une in lues if une["vue"] == vue]
        # A table that two questions have is of the first.
        assert siennes == [
            nom
            for nom, regle in base.vue(vue).regles.items()
            if base.entiere.tables[regle.table].vue == vue
        ]


@pytest.mark.parametrize("jour", ["2020-06-01", "2023-03-01", "2025-05-10", "2026-01-15"])
def test_les_regles_d_un_jour(client: Client, jour: str) -> None:
    attendues = [une.id for une in base_courante().entiere.en_vigueur(date.fromisoformat(jour))]
    assert [une["id"] for une in client.get(f"{V1}/regles?au={jour}").json()] == attendues
    assert [une["id"] for une in client.get(f"/au/{jour}{V1}/regles").json()] == attendues


def test_chaque_regle_a_sa_page_avec_ses_cas(client: Client) -> None:
    base = base_courante().entiere
    nombres = dict.fromkeys(base.regles, 0)
    for un in cas():
        nombres[un.regle] += 1
    for nom in base.regles:
        lue = client.get(f"{V1}/regles/{nom}").json()
        assert (lue["id"], lue["vue"]) == (nom, base.tables[base.regles[nom].table].vue)
        assert len(lue["cas"]) == nombres[nom] > 0
        assert lue["usages"]
        assert all(citation["resume"] for citation in lue["citations"])
        assert all(
            citation["document"]["force"] in ("officiel", "secondaire", "faible")
            for citation in lue["citations"]
        )


def test_les_referentiels_et_leurs_heures(client: Client) -> None:
    tous = client.get(f"{V1}/referentiels").json()
    assert [(un["id"], un["minutes"]["total"]) for un in tous] == [
        (un.id, un.total) for un in base_courante().referentiels.values()
    ]
    assert client.get(f"{V1}/referentiels?au=2025-05-10").json() == []
    (seul,) = client.get(f"{V1}/referentiels?au=2023-03-01").json()
    assert (seul["id"], seul["minutes"]["total"]) == ("rncp36358-384", 384 * 60)
    entier = client.get(f"{V1}/referentiels/rncp36358-384").json()
    assert sum(bloc["minutes"] for bloc in entier["blocs"]) == entier["minutes"]["formation"]


def test_les_taches_se_cherchent(client: Client) -> None:
    assert len(client.get(f"{V1}/taches").json()) == len(taches())
    trouvees = client.get(f"{V1}/taches", {"q": "prises de sangs"}).json()
    assert [une["code"] for une in trouvees] == ["F10"]
    assert trouvees[0]["gestes"] == [
        {
            "geste": "faire une piqûre, un vaccin, une prise de sang ou une glycémie au bout du doigt",
            "verdict": "non",
            "verdict_en_clair": "non",
        }
    ]
    assert client.get(f"{V1}/taches", {"q": "xyzzy"}).json() == []


def test_les_registres_sont_entiers(client: Client) -> None:
    assert [un["id"] for un in client.get(f"{V1}/ecarts").json()] == [un.id for un in ecarts()]
    assert [une["id"] for une in client.get(f"{V1}/sources").json()] == list(sources())
    for nom, une in sources().items():
        assert client.get(f"{V1}/sources/{nom}").json()["passages"] == dict(une.passages)


def test_les_organismes_se_filtrent(client: Client) -> None:
    tous = client.get(f"{V1}/organismes").json()
    assert [un["id"] for un in tous] == [un.slug for un in organismes()]
    en_presence = client.get(f"{V1}/organismes?modalite=presentiel").json()
    assert 0 < len(en_presence) < len(tous)
    assert {un["modalite"] for un in en_presence} == {"presentiel"}
    region = next(site["region"] for un in tous for site in un["sites"])
    la = client.get(f"{V1}/organismes?region={region}").json()
    assert la
    assert all(region in {site["region"] for site in un["sites"]} for un in la)
    nom = tous[0]["nom"]
    assert tous[0] in client.get(f"{V1}/organismes", {"q": nom}).json()


@pytest.mark.parametrize(
    "adresse",
    ["regles/nulle", "referentiels/rncp1", "sources/rien", "nulle", "", "regles/", "lots", "x/y/z"],
)
def test_ce_qui_n_existe_pas_est_dit(client: Client, adresse: str) -> None:
    if adresse == "lots":
        probleme(client.get(f"{V1}/{adresse}"), "methode_refusee")
    else:
        probleme(client.get(f"{V1}/{adresse}"), "introuvable")


@pytest.mark.parametrize(
    ("requete", "cle"),
    [
        ("regles?au=15/01/2026", "au"),
        ("regles?au=", "au"),
        ("regles?au=2026-13-01", "au"),
        ("regles?jour=2026-01-15", "jour"),
        ("organismes?departement=99", "departement"),
        ("organismes?region=99", "region"),
        ("organismes?modalite=presence", "modalite"),
        ("taches?q=" + "a" * 201, "q"),
        ("ecarts?x", "x"),
    ],
)
def test_un_parametre_mal_ecrit_est_dit(client: Client, requete: str, cle: str) -> None:
    objet = probleme(client.get(f"{V1}/{requete}"), "parametre_invalide")
    assert [erreur["cle"] for erreur in objet["erreurs"]] == [cle]


@pytest.mark.parametrize("adresse", ["regles", "organismes", "openapi.json", "taches?q=accueil"])
def test_ce_que_l_on_a_deja_n_est_pas_renvoye(client: Client, adresse: str) -> None:
    reponse = client.get(f"{V1}/{adresse}")
    etiquette = reponse.headers["ETag"]
    encore = client.get(f"{V1}/{adresse}", headers={"If-None-Match": etiquette})
    assert (encore.status_code, encore.content) == (304, b"")
    assert encore.headers["ETag"] == etiquette
    assert client.get(f"{V1}/{adresse}", headers={"If-None-Match": '"autre"'}).status_code == 200


def test_l_etiquette_suit_la_base(client: Client) -> None:
    empreinte = base_courante().empreinte.removeprefix("sha256:")[:16]
    assert client.get(f"{V1}/regles").headers["ETag"].startswith(f'"{empreinte}-')


def test_compresse_l_etiquette_vaut_encore(client: Client) -> None:
    reponse = client.get(f"{V1}/regles", headers={"Accept-Encoding": "gzip"})
    assert reponse.headers["Content-Encoding"] == "gzip"
    encore = client.get(
        f"{V1}/regles",
        headers={"Accept-Encoding": "gzip", "If-None-Match": reponse.headers["ETag"]},
    )
    assert encore.status_code == 304


def test_head_repond_comme_get_sans_corps(client: Client) -> None:
    entier, tete = client.get(f"{V1}/regles"), client.head(f"{V1}/regles")
    assert (tete.status_code, tete.content) == (200, b"")
    assert tete.headers["Content-Length"] == str(len(entier.content))


@pytest.mark.parametrize("methode", ["put", "patch", "delete", "options", "trace"])
def test_une_autre_methode_dit_lesquelles_s_emploient(client: Client, methode: str) -> None:
    reponse = getattr(client, methode)(f"{V1}/regles")
    probleme(reponse, "methode_refusee")
    assert reponse.headers["Allow"] == "GET"
