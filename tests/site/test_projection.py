"""The pages of the projection: the numbers of the terminal and of the API, their score, and what a reform changes."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from binome.dossiers.rejoues import Rejeu
from binome.projection.demande import bornes_des_hypotheses
from binome.projection.lecture import COURBES
from binome.regles.calendrier import nombre_en_clair
from binome.regles.courante import base_courante
from binome.rejeux.comparer import GROUPES
from tests.api.outils import poster
from tests.cli.terminal import lancer
from tests.dossiers.monde import construire
from tests.site.lecture import lire

if TYPE_CHECKING:
    from django.test import Client

QUESTION: Final = {
    "au": "2023-06-30",
    "jusqu_a": "2026-12",
    "reformes": ["igas-9"],
    "hypotheses": {"argent_annuel_euros": 6_000_000.0, "reserve_euros": 0.0},
    "famille": "A",
}
LA_MEME: Final = (
    "au=2023-06-30&jusqu_a=2026-12&reforme=igas-9&famille=A&poser=argent_annuel_euros"
    "&argent_annuel_euros=6000000&poser=reserve_euros&reserve_euros=0"
)


def tableau(source: str, courbe: str) -> list[list[str]]:
    """The rows of the table of a curve: three numbers each, as the page says them."""
    (corps,) = re.findall(rf'data-courbe="{courbe}".*?<tbody>(.*?)</tbody>', source, re.DOTALL)
    return [
        [unescape(un).strip() for un in re.findall(r"<td[^>]*>(.*?)</td>", ligne, re.DOTALL)]
        for ligne in re.findall(r"<tr>(.*?)</tr>", corps, re.DOTALL)
    ]


def test_la_page_le_terminal_et_l_api_disent_les_memes_nombres(client: Client) -> None:
    api = poster(client, QUESTION, question="projeter").json()
    rendu = lancer("projeter", "--json", "-", entree=json.dumps(QUESTION))
    assert json.loads(rendu.sortie) == api
    source = client.get(f"/projection/?{LA_MEME}").content.decode()
    decembres = [n for n, mois in enumerate(api["mois"]) if mois.endswith("-12")]
    for courbe in set(COURBES) - {"euros"}:
        attendues = [
            [nombre_en_clair(api[courbe][q][n]) for q in ("p10", "p50", "p90")] for n in decembres
        ]
        lues = [[un.replace("\u202f", " ") for un in une] for une in tableau(source, courbe)]
        assert [[un.replace("\xa0", " ") for un in une] for une in lues] == [
            [re.sub(r"\s", " ", un) for un in une] for une in attendues
        ]
    euros = [f"{api['euros']['p50'][n] / 1e6:.1f}".replace(".", ",") for n in decembres]
    assert [une[1].split("\u202f")[0].split("\xa0")[0] for une in tableau(source, "euros")] == euros


def test_l_adresse_de_la_page_redit_toute_la_question(client: Client) -> None:
    source = client.get(f"/projection/?{LA_MEME}").content.decode()
    (adresse,) = re.findall(r'id="adresse"[^>]*value="([^"]+)"', source)
    gardee = urlsplit(unescape(adresse))
    autre = client.get(f"{gardee.path}?{gardee.query}").content.decode()
    assert tableau(autre, "entrees") == tableau(source, "entrees")
    assert "igas-9" in gardee.query
    assert "reserve_euros=0" in gardee.query


def test_le_score_est_a_cote_de_chaque_courbe(client: Client) -> None:
    page = lire(client, "/projection/")
    assert page.texte.count("Ce qu’elle vaut.") == len(COURBES)
    assert "se trompait de 15 % en moyenne. Son intervalle contient 5 des 5" in page.texte
    assert "hors de l’intervalle" in page.texte
    assert "Aucun compte publié ne permet de juger cette courbe." in page.texte
    assert "de moins sur le seul compte" not in page.texte


def test_la_cible_de_l_etat_n_est_jugee_que_sur_son_compte(client: Client) -> None:
    dite = "La cible de l’État, 10 000 le 31 décembre 2026, est atteinte dans"
    assert dite in lire(client, "/projection/?au=2025-11-30").texte
    for ailleurs in ("famille=B", "jusqu_a=2026-06", "au=2027-01-31"):
        au = "" if "au=2027" in ailleurs else "au=2025-11-30&"
        assert dite not in lire(client, f"/projection/?{au}{ailleurs}").texte


def test_sans_coche_un_curseur_ne_compte_pas(client: Client) -> None:
    libre = client.get("/projection/?au=2025-11-30").content.decode()
    glisse = client.get("/projection/?au=2025-11-30&argent_annuel_euros=1000000").content.decode()
    pose = client.get(
        "/projection/?au=2025-11-30&poser=argent_annuel_euros&argent_annuel_euros=1000000"
    ).content.decode()
    assert tableau(glisse, "entrees") == tableau(libre, "entrees") != tableau(pose, "entrees")
    assert "1\u202fM€ par an et 0\u202fM€ en réserve" in pose


def test_chaque_hypothese_du_contrat_a_son_curseur(client: Client) -> None:
    source = client.get("/projection/").content.decode()
    for nom in bornes_des_hypotheses():
        assert f'name="poser" value="{nom}"' in re.sub(r"\s+", " ", source)


@pytest.mark.parametrize(
    ("adresse", "dit"),
    [
        ("au=2018-12-31", "Le jour ne se lit pas."),
        ("au=demain&famille=C", "Le compte des contrats est A ou B."),
        ("jusqu_a=2041-01", "Le dernier mois ne se lit pas"),
        ("reforme=igas-18", "Une recommandation de l’adresse n’existe pas"),
        ("poser=reserve_euros&reserve_euros=-1", "« L’argent en réserve au départ » ne va pas"),
        ("poser=rotation_annuelle&rotation_annuelle=x", "un nombre est attendu"),
        ("poser=inconnue&inconnue=1", "« inconnue » ne va pas"),
    ],
)
def test_une_faute_se_dit_et_la_page_reste(client: Client, adresse: str, dit: str) -> None:
    for page in ("", "essayer/") if "famille" in adresse else ("",):
        lue = lire(client, f"/projection/{page}?{adresse}")
        assert dit in lue.texte
        assert lue.texte.index("Votre question n’est pas prise.") < lue.texte.index(
            "huit fois sur dix"
        )
    assert "n’est pas prise" not in lire(client, "/projection/").texte


def test_le_jour_de_l_adresse_est_celui_que_l_on_sait(client: Client) -> None:
    source = client.get("/au/2023-06-30/projection/").content.decode()
    assert 'value="2023-06-30"' in source
    assert '<option value="2025-12" selected>décembre 2025</option>' in source


def test_la_page_du_score_dit_ce_qui_n_est_pas_a_l_aveugle(client: Client) -> None:
    texte = lire(client, "/projection/score/").texte
    for dit in (
        "15,2 % en moyenne, une simple droite de 15,6 %. Son intervalle contient 5 comptes sur 5",
        "Ce n’est pas à l’aveugle : le total est le vrai",
        "écrit en 2026, par des personnes qui avaient lu la suite",
        "non, la courbe connaissait ce compte",
        "nous ne les mettons jamais bout à bout",
        "7 500 personnes visées, 6 000 à former, 75,6 M€",
        "21,6 M€",
        "30,24 M€",
        "C’est en deux ans et demi".lower(),
        "6 775",
        "19,8 %",
        "11,5 %",
    ):
        assert dit in texte.replace("\xa0", " ").replace("\u202f", " "), dit


def test_argent_serre_ou_libre_l_essai_dit_pourquoi(client: Client) -> None:
    page = lire(client, f"/projection/essayer/?{LA_MEME}")
    assert "Aucune entrée de plus : le manque d’argent retient les entrées" in page.texte
    peu, assez = page.texte.split("Peu d’argent", 1)[1].split("Assez d’argent", 1)
    assert "aucune Aucune entrée de plus" in re.sub(r"\s+", " ", peu)
    assert "Les entrées changent" in assez
    # The very rules that change, before and after.
    assert "un an au plus après la signature du contrat d’aide" in page.texte
    assert "suivie dans les deux ans du recrutement" in page.texte


def test_ce_qui_n_est_pas_chiffrable_le_dit_et_aucune_courbe_ne_bouge(client: Client) -> None:
    page = lire(client, "/projection/essayer/?reforme=igas-13")
    assert "Non chiffrable, aucune courbe ne bouge" in page.texte
    assert "Aucune courbe ne bouge : aucune source ne donne l’effet." in page.texte
    assert "Aucune règle ne changerait" in page.texte
    assert "Selon l’argent" not in page.texte


def test_une_variante_que_les_regles_ecrivent_s_essaie_aussi(client: Client) -> None:
    page = lire(
        client, "/projection/essayer/?au=2023-06-30&jusqu_a=2026-12&reforme=igas-11-sans-fae"
    )
    assert "Les règles qui changeraient" in page.texte
    assert "Essayer ces règles sur une personne" in page.texte


@pytest.mark.django_db
def test_la_branche_et_elle_seule_voit_les_dossiers_touches(client: Client) -> None:
    monde = construire()
    adresse = "/espace/projection/?reforme=igas-8&jusqu_a=2027-12"
    client.force_login(monde.emma)
    assert "Personne ne l’a encore essayée sur les dossiers" in lire(client, adresse).texte
    en_vigueur = base_courante().vue("positionnement").empreinte
    fait = {
        "candidate": "igas-8",
        "base_apres": "essayée",
        "lus": 2,
        "bilan": {"groupes": {**dict.fromkeys(GROUPES, 0), "admis": 1}},
        "lignes": b"",
        "par": monde.emma,
        "le": timezone.now(),
    }
    Rejeu.objects.create(**fait, base_avant="d’avant", changent=2)
    Rejeu.objects.create(**fait, base_avant=en_vigueur, changent=1)
    page = lire(client, adresse)
    assert "1 dossier sur 2 changerait" in page.texte
    assert "Une voie s’ouvre : 1" in page.texte
    # On the public page, the same person reads no count of any dossier.
    publique = lire(client, "/projection/essayer/?reforme=igas-8&jusqu_a=2027-12")
    assert "dossier sur" not in publique.texte
    assert any(un.startswith("/espace/projection/") for un in publique.liens)
    client.force_login(monde.alice)
    assert client.get(adresse).status_code == 404


def test_une_adresse_qui_demande_trop_attend_une_minute(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("binome.site.projection.views.PAR_MINUTE", 2)
    statuts = [client.get("/projection/score/").status_code for _ in range(3)]
    assert statuts == [200, 200, 429]
    assert client.get("/projection/").headers["Retry-After"] == "60"
