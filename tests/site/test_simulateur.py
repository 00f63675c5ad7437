"""The simulator by its addresses: one question at a time, nothing kept, errors asked again."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

SECRETAIRE = {
    "diplomes": "secretaire_medical",
    "date_entree": "2027-01-04",
    "afgsu_niveau": "0",
    "situation": "salarie_cabinet",
}


def texte(page: bytes) -> str:
    """The visible words of a page, with plain spaces."""
    sans = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", page.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(sans)).strip()


def test_trois_portes_a_l_accueil(client: Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    for porte in ("candidat", "employeur", "organisme"):
        assert f'href="/simulateur/{porte}/"' in page.content.decode()


def test_une_secretaire_diplomee_repond_a_quatre_questions(client: Client) -> None:
    adresse, posees = "/simulateur/candidat/", []
    for _ in range(10):
        page = client.get(adresse)
        if page.status_code == 302:
            break
        noms = re.findall(
            r'name="(\w+)" value="[^"]*"[^>]*(?:checked|required)|class="carte-choix" name="(\w+)"|type="date"[^>]*name="(\w+)"',
            page.content.decode(),
        )
        nom = next(
            n
            for n in SECRETAIRE
            if (n not in posees and any(n in un for un in noms))
            or f'type="checkbox" name="{n}"' in page.content.decode()
        )
        posees.append(nom)
        adresse = "/simulateur/candidat/?" + "&".join(f"{n}={SECRETAIRE[n]}" for n in posees)
    else:
        pytest.fail("the questions do not end")
    assert len(posees) == 4
    resultat = client.get(page.headers["Location"])
    assert "216 h, évaluations comprises" in texte(resultat.content)


def test_ne_pas_savoir_est_une_reponse(client: Client) -> None:
    page = client.get("/simulateur/candidat/?diplomes=inconnu")
    assert 'name="diplomes" value="inconnu"' in page.content.decode()
    assert "Quand la formation doit-elle commencer" in texte(page.content)


def test_une_reponse_illisible_est_redemandee_avec_sa_raison(client: Client) -> None:
    page = client.get("/simulateur/candidat/?date_entree=2026-02-31")
    assert page.status_code == 200
    assert "n’existe pas dans le calendrier" in texte(page.content)
    assert 'role="alert"' in page.content.decode()


def test_le_resultat_d_une_adresse_illisible_revient_a_la_question(client: Client) -> None:
    page = client.get("/simulateur/candidat/resultat/?niveau_diplome=99")
    assert page.status_code == 302
    assert page.headers["Location"].startswith("/simulateur/candidat/?niveau_diplome=99")


def test_changer_une_reponse_la_redemande_avec_sa_valeur(client: Client) -> None:
    page = client.get("/simulateur/candidat/?diplomes=ide&date_entree=2026-01-15&question=diplomes")
    assert re.search(r'value="ide" checked', page.content.decode())
    assert '<input type="hidden" name="date_entree" value="2026-01-15">' in page.content.decode()


def test_la_porte_de_l_employeur_parle_de_la_personne(client: Client) -> None:
    assert "cette personne" in texte(client.get("/simulateur/employeur/").content)


def test_une_porte_inconnue_n_existe_pas(client: Client) -> None:
    page = client.get("/simulateur/notaire/")
    assert page.status_code == 404
    assert "Le simulateur n’a pas d’entrée « notaire »" in texte(page.content)


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [("2023-03-01", "CQP assistant médical de 384 heures"), ("2025-05-10", "Aucun référentiel")],
)
def test_la_machine_a_remonter_tient_sur_chaque_page(
    client: Client, jour: str, attendu: str
) -> None:
    page = client.get(f"/au/{jour}/")
    assert attendu in texte(page.content)
    liens = re.findall(r'<a class="porte" href="([^"]+)"', page.content.decode())
    assert len(liens) == 3
    assert all(lien.startswith(f"/au/{jour}/simulateur/") for lien in liens)
    assert attendu in texte(client.get(liens[0]).content)


def test_le_formulaire_de_date_mene_a_l_adresse_du_jour(client: Client) -> None:
    page = client.get("/remonter/", {"jour": "2023-03-01", "chemin": "/sources/"})
    assert page.headers["Location"] == "/au/2023-03-01/sources/"


def test_le_formulaire_de_date_ne_mene_pas_ailleurs(client: Client) -> None:
    page = client.get("/remonter/", {"jour": "2023-03-01", "chemin": "//exemple.org/"})
    assert page.headers["Location"] == "/au/2023-03-01/"


def test_un_jour_qui_n_existe_pas_est_refuse_en_clair(client: Client) -> None:
    page = client.get("/remonter/", {"jour": "2023-02-30"})
    assert page.status_code == 400
    assert "n’est pas une date" in texte(page.content)
    assert client.get("/au/2023-02-30/").status_code == 404
