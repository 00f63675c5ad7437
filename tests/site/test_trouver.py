"""How one finds the site, and one's way in it: home, search, robots, sitemap, feed, who answers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

import binome.habillage
from binome.site.questions_courantes import questions_du_jour
from tests.site.lecture import lire
from tests.site.test_simulateur import SECRETAIRE, texte

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import Settings

APERCU = Path(binome.habillage.__file__).parent / "static" / "binome" / "apercu.png"
REQUETE = "&".join(f"{nom}={dit}" for nom, dit in SECRETAIRE.items())


def test_l_accueil_repond_a_huit_questions_avec_leurs_sources(client: Client) -> None:
    page = lire(client, "/")
    for question in ("Puis-je garder mon poste ?", "Suis-je payée", "Combien cela me coûte"):
        assert question in page.texte.replace("\u202f", " ")
    source = client.get("/").content.decode()
    questions = source.partition('class="courantes"')[2].partition("</section>")[0]
    assert questions.count("<summary>") == 2 * questions.count('class="courante"') == 16


def test_une_regle_qui_ne_vaut_pas_ce_jour_retire_la_question(client: Client) -> None:
    assert "Faut-il le bac" not in lire(client, "/au/2023-03-01/").texte
    assert "Faut-il le bac" in lire(client, "/").texte


def test_les_huit_questions_ont_chacune_leur_page(client: Client) -> None:
    from datetime import date  # noqa: PLC0415

    dites = questions_du_jour(date(2026, 11, 30))
    assert len(dites) == 8
    for une in dites:
        assert client.get(une["vers"]).status_code == 200
        assert len(une["reponse"].split()) <= 35


@pytest.mark.parametrize(
    ("mots", "attendu"),
    [
        ("prise de sang", "/missions/"),
        ("974", "/organismes/ifsec-oi/"),
        ("97400", "/organismes/?departement=974"),
        ("15", "/organismes/?departement=15"),
        ("positionnement", "/regles/"),
        ("brest", "/organismes/chem/"),
        ("dispense secretaire", "/regles/"),
        ("FAE", "/ecarts/#"),
        ("parchemin", "/verifier/"),
        ("vérifier un diplôme", "/verifier/"),
    ],
)
def test_une_seule_recherche_trouve_partout(client: Client, mots: str, attendu: str) -> None:
    page = lire(client, f"/chercher/?q={mots}")
    assert any(attendu in lien for lien in page.liens), page.liens


def test_un_sigle_se_dit_et_rien_se_dit_aussi(client: Client) -> None:
    assert "Ce que la branche décide" in lire(client, "/chercher/?q=positionnement").texte
    assert "Compte personnel de formation" in lire(client, "/chercher/?q=cpf").texte
    assert "Nous n’avons rien trouvé" in lire(client, "/chercher/?q=xylophone").texte
    assert "Que cherchez-vous" in lire(client, "/chercher/").texte.replace("\u202f", " ")


def test_les_robots_trouvent_le_site_et_laissent_les_reponses(client: Client) -> None:
    dit = client.get("/robots.txt").content.decode()
    assert "Disallow: /*?" in dit
    assert "Disallow: /\n" not in dit
    plan = re.search(r"Sitemap: (\S+)", dit)
    assert plan is not None
    assert plan[1].endswith("/sitemap.xml")


@pytest.mark.django_db
def test_chaque_page_du_plan_existe_et_n_est_la_reponse_de_personne(client: Client) -> None:
    racine = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    adresses = [loc.text or "" for loc in racine.iter() if loc.tag.endswith("loc")]
    assert len(adresses) == len(set(adresses)) > 200
    assert not [une for une in adresses if "?" in une or "/resultat" in une or "/au/" in une]
    for une in adresses[:: len(adresses) // 12]:
        assert client.get(re.sub(r"^https?://[^/]+", "", une)).status_code == 200, une


def test_le_fil_dit_chaque_jour_ou_les_regles_changent(client: Client) -> None:
    racine = ET.fromstring(client.get("/changements.atom").content)  # noqa: S314 - our own
    titres = [un.text for un in racine.iter() if un.tag.endswith("title")]
    assert "Ce qui change le 25 juin 2025" in titres
    liens = [un.get("href", "") for un in racine.iter() if un.tag.endswith("link")]
    assert any("apres=2025-06-25" in lien for lien in liens)


def test_qui_publie_se_dit_ou_se_tait(client: Client, settings: Settings) -> None:
    settings.EDITEUR = settings.CONTACT = ""
    assert "n’a pas dit son nom" in lire(client, "/mentions-legales/").texte
    assert "Signaler une erreur" not in texte(
        client.get(f"/simulateur/candidat/resultat/?{REQUETE}").content
    )
    settings.EDITEUR, settings.CONTACT = "Association d’exemple", "mailto:equipe@exemple.fr"
    assert "Association d’exemple" in lire(client, "/mentions-legales/").texte
    page = client.get(f"/simulateur/candidat/resultat/?{REQUETE}").content.decode()
    lien = re.search(r'href="(mailto:equipe[^"]+)"', page)
    assert lien is not None
    assert "secretaire" not in lien[1], "nothing of what was said leaves with it"


@pytest.mark.parametrize(
    "adresse",
    [
        "/simulateur/employeur/aide/resultat/?date_signature_contrat_aide=2026-03-01&patientele_mt=1217",
        f"/simulateur/candidat/financement/?{REQUETE}",
        "/missions/f10/",
        "/missions/?q=prise+de+sang",
    ],
    ids=["aide", "qui-paie", "tache", "recherche"],
)
def test_une_erreur_se_signale_a_cote_de_chaque_reponse(
    client: Client, settings: Settings, adresse: str
) -> None:
    settings.CONTACT = ""
    assert "Signaler une erreur" not in client.get(adresse).content.decode()
    settings.CONTACT = "mailto:equipe@exemple.fr"
    lien = re.search(
        r'href="(mailto:equipe[^"]+)">Signaler une erreur<', client.get(adresse).content.decode()
    )
    assert lien is not None
    assert "1217" not in lien[1]
    assert "secretaire" not in lien[1]


def test_les_mots_simples_sont_courts(client: Client) -> None:
    source = client.get("/en-mots-simples/").content.decode()
    corps = source.partition('class="facile"')[2].partition("<details")[0]
    phrases = [une for une in re.split(r"[.:!?]\s|</", re.sub(r"<[^/][^>]*>", "", corps)) if une]
    assert max(len(une.split()) for une in phrases) <= 16


def test_une_question_dit_combien_il_en_reste(client: Client) -> None:
    dit = texte(client.get("/simulateur/candidat/?diplomes=secretaire_medical").content)
    assert re.search(r"question 2, encore \d au plus après elle", dit)


def test_une_adresse_partagee_a_son_titre_et_son_image(client: Client) -> None:
    source = client.get(f"/simulateur/candidat/resultat/?{REQUETE}").content.decode()
    dits = dict(re.findall(r'<meta property="(og:\w+)"\s+content="([^"]*)"', source))
    titre = source.partition("<title>")[2].partition("</title>")[0].replace("\u202f", " ")
    assert titre.startswith(dits["og:title"])
    assert "216" in dits["og:title"]
    assert dits["og:image"].startswith("http")
    with Image.open(APERCU) as image:
        assert image.size == (1200, 630)
    assert APERCU.stat().st_size < 60_000
    assert "og:image" not in client.get("/compte/connexion/").content.decode()


def test_les_sources_se_cherchent_et_se_lisent_par_force(client: Client) -> None:
    page = lire(client, "/sources/")
    assert "Rapport" in page.texte or "Arrêté" in page.texte
    assert "Crédit agricole" not in page.texte
    assert "Crédit agricole" in lire(client, "/sources/?force=faible").texte
    trouvees = lire(client, "/sources/?q=tonométrie").liens
    assert sum(lien.startswith("/sources/") and "?" not in lien for lien in trouvees) < 8
    assert "Aucune source ne parle de" in lire(client, "/sources/?q=xylophone").texte
    assert len(client.get("/sources/").content) < 60_000


def test_les_mots_ont_leur_page(client: Client) -> None:
    page = lire(client, "/mots/")
    for mot in ("AFGSU", "dispense", "file active", "POEC"):
        assert mot in page.texte
