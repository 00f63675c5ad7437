"""The directory of training organisations: found without JavaScript, never invented."""

from __future__ import annotations

import gzip
import html
import re
from typing import TYPE_CHECKING

import pytest

from binome.formations.lecture import organismes, sources, zones_mal_couvertes
from binome.habillage.ancres import ancre

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
FICHES = [f"/organismes/{un.slug}/" for un in organismes()]


def lire(client: Client, adresse: str) -> str:
    page = client.get(adresse)
    assert page.status_code == 200, adresse
    contenu: str = page.content.decode()
    return contenu


def texte(page: str) -> str:
    """The visible words, with plain spaces."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page))).strip()


def trouves(page: str) -> list[str]:
    """The organisations of the table, by slug, in its order."""
    tableau = page.partition('<table class="tableau organismes">')[2].partition("</table>")[0]
    return re.findall(r'<th scope="row"><a href="/organismes/([a-z-]+)/"', tableau)


def test_l_annuaire_dit_ce_qu_il_sait_et_ce_qu_il_ne_sait_pas(client: Client) -> None:
    page = lire(client, "/organismes/")
    assert trouves(page) == [un.slug for un in organismes()]
    assert "Le dispositif compte 31 organismes" in texte(page)
    assert "Nos sources en nomment 15" in texte(page)
    assert "Nous ne savons pas" in texte(page)


@pytest.mark.parametrize(
    ("filtre", "attendus"),
    [
        ("departement=31", ["afml-dopamine", "keyce"]),
        ("departement=974", ["ifsec-oi"]),
        ("modalite=presentiel", ["asfo"]),
        ("texte=reunion", ["ifsec-oi"]),
        ("departement=31&modalite=&texte=KEYCE", ["keyce"]),
        ("departement=75", []),
        ("modalite=distance", []),
    ],
)
def test_les_filtres_sont_dans_l_adresse(client: Client, filtre: str, attendus: list[str]) -> None:
    assert trouves(lire(client, f"/organismes/?{filtre}")) == attendus


def test_le_formulaire_garde_ce_que_l_on_a_choisi(client: Client) -> None:
    page = lire(client, "/organismes/?departement=40&modalite=presentiel&texte=mont")
    assert re.search(r'<form method="get"\s+action="/organismes/"', page)
    assert '<option value="40" selected>Landes</option>' in page
    assert '<option value="presentiel" selected>' in page
    assert 'value="mont"' in page


def test_ne_connaitre_personne_n_est_pas_dire_qu_il_n_y_a_personne(client: Client) -> None:
    page = texte(lire(client, "/organismes/?departement=21"))
    assert "Nous n’en connaissons aucun" in page
    assert "Cela ne veut pas dire qu’il n’y en a pas" in page
    assert "Côte-d’Or est dans une zone que l’IGAS disait mal couverte en 2023" in page


def test_la_vienne_est_dans_une_region_mal_couverte_mais_pas_choisie(client: Client) -> None:
    page = lire(client, "/organismes/?departement=86")
    assert "Vienne est dans une zone" not in texte(page)
    assert "une partie de votre région (Nord de la Nouvelle-Aquitaine)" in texte(page)
    assert '<a href="/organismes/asfo/">L’Asfo</a>' in page


def test_un_site_sans_ville_reste_visible_dans_sa_region(client: Client) -> None:
    page = lire(client, "/organismes/?departement=44")
    assert trouves(page) == []
    voisins = page.partition('<ul class="voisins">')[2].partition("</ul>")[0]
    assert re.findall(r"/organismes/([a-z-]+)/", voisins) == [
        "cfa-cci-le-mans",
        "cnam-pays-de-la-loire",
    ]


def test_la_carte_mene_a_chaque_departement_et_garde_le_jour(client: Client) -> None:
    for prefixe in ("", "/au/2023-03-01"):
        page = lire(client, f"{prefixe}/organismes/?departement=2A")
        carte = page.partition('<svg class="carte"')[2].partition("</svg>")[0]
        liens = re.findall(r'href="([^"]+)"', carte)
        assert len(set(liens)) == 101
        assert all(lien.startswith(f"{prefixe}/organismes/?departement=") for lien in liens)
        assert liens[-1].endswith("=2A")
        assert "CC BY 4.0" in page


def test_les_zones_mal_couvertes_y_sont_toutes(client: Client) -> None:
    page = texte(lire(client, "/organismes/"))
    for zone in zones_mal_couvertes():
        assert zone.nom in page
    assert page.count("Aucun département n’est hachuré sur la carte pour cette zone") == 3


@pytest.mark.parametrize("adresse", ["/organismes/", *FICHES])
def test_chaque_source_citee_est_au_registre(client: Client, adresse: str) -> None:
    liens = re.findall(r'href="/sources/([^"/]+)/#([^"]+)"', lire(client, adresse))
    assert liens
    for identifiant, fragment in liens:
        assert fragment in {ancre(passage) for passage in sources()[identifiant].passages}


def test_chaque_ligne_du_tableau_a_ses_sources(client: Client) -> None:
    lignes = lire(client, "/organismes/").partition('<table class="tableau organismes">')[2]
    lignes = lignes.partition("</table>")[0].partition("<tbody>")[2]
    assert [ligne.count('class="sources"') > 0 for ligne in lignes.split("</tr>")[:-1]] == [
        True
    ] * 15


def test_une_fiche_dit_les_sites_leurs_reserves_et_ce_qui_est_inconnu(client: Client) -> None:
    page = texte(lire(client, "/organismes/ifsec-oi/"))
    assert "La Réunion (ville : nous ne savons pas)." in page
    assert "à confirmer auprès de l’organisme" in page
    assert "lequel de ces référentiels" in page
    assert "Nous ne savons pas. Aucune des sources" in texte(lire(client, "/organismes/cqfd/"))
    assert "En présence." in texte(lire(client, "/organismes/asfo/"))


@pytest.mark.parametrize(
    ("adresse", "code", "dit"),
    [
        ("/organismes/?departement=20", 400, "« 20 » n’est pas un département"),
        ("/organismes/?departement=<b>", 400, "n’est pas un département"),
        ("/organismes/?modalite=hybride", 400, "« hybride » n’est pas une modalité"),
        ("/organismes/inconnu/", 404, "aucun organisme sous l’adresse « inconnu »"),
    ],
)
def test_une_demande_que_l_on_ne_comprend_pas_dit_quoi_faire(
    client: Client, adresse: str, code: int, dit: str
) -> None:
    page = client.get(adresse)
    assert page.status_code == code
    assert dit in texte(page.content.decode())


def test_le_texte_cherche_est_borne_et_sans_danger(client: Client) -> None:
    page = lire(client, "/organismes/?texte=%22%3E%3Cscript%3E" + "a" * 500)
    assert "<script>a" not in page
    (saisi,) = re.findall(r'name="texte"\s+value="([^"]*)"', page)
    assert len(html.unescape(saisi)) == 80
    assert trouves(lire(client, "/organismes/?texte=+%3F%21+")) == [un.slug for un in organismes()]


def test_les_pages_ne_se_demandent_qu_en_lecture(client: Client) -> None:
    assert client.post("/organismes/").status_code == 405
    assert client.post("/organismes/asfo/").status_code == 405


def test_l_annuaire_tient_en_vingt_kilooctets(client: Client) -> None:
    page = client.get("/organismes/").content
    assert len(gzip.compress(page, 6)) < 19_500
    assert b" style=" not in page


@pytest.mark.parametrize(
    "numero", ["732 829 320 00074", "73282932000074", "732829320", "11 75 12345 75"]
)
def test_un_numero_dit_que_nos_sources_n_en_donnent_pas(client: Client, numero: str) -> None:
    page = client.get("/organismes/", {"texte": numero}).content.decode()
    assert "ni SIRET, ni déclaration d’activité" in page
    assert "ni SIRET" not in client.get("/organismes/", {"texte": "nulle part"}).content.decode()


def test_un_organisme_a_sa_page_quand_une_source_l_est(client: Client) -> None:
    siennes = {"ifsec-oi": "https://ifsecoi.org/", "keyce": "https://www.collegedeparis.fr/"}
    for slug, debut in siennes.items():
        assert f'class="bouton" href="{debut}' in " ".join(
            lire(client, f"/organismes/{slug}/").split()
        )
    # A newspaper that names it is not its page.
    for slug in ("chem", "yschools"):
        assert "ne donnent ni page, ni adresse" in lire(client, f"/organismes/{slug}/")
