"""The dashboards by their pages: what each actor sees, in how many queries, and the same numbers at every door."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from binome.cli.pilotage import commande
from binome.pilotage.models import MesureRelevee, ReleveDuMois
from binome.pilotage.relever import relever
from tests.dossiers import monde as gens
from tests.matrice.objets import entrer, preparer

if TYPE_CHECKING:
    from django.test import Client

    from binome.comptes.models import Personne
    from tests.dossiers.monde import Monde

REQUETES: int = 8
TABLEAUX: dict[str, str] = {
    "examinateur": "La moitié des dossiers sont décidés",
    "gestionnaire": "Entrées par le CQP en douze mois",
    "opco": "sont engagés",
    "cpam": "Contrats en vigueur",
    "pilote": "du chemin est fait vers 10 000 contrats",
}
"""By role, words of the sentence of its dashboard."""


@pytest.fixture
def qui(monde: Monde) -> dict[str, Personne]:
    """Everybody, and two readings."""
    gens.propose(monde)
    objets = preparer(monde)
    relever(timezone.localdate())
    return {role: une for role, une in objets.qui.items() if une is not None}


def lire(client: Client, adresse: str) -> str:
    """A page, read."""
    reponse = client.get(adresse)
    assert reponse.status_code == 200, adresse
    return reponse.content.decode().replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\xa0", " ")


def test_chaque_acteur_lit_ou_il_en_est_en_huit_requetes(qui: dict[str, Personne]) -> None:
    for role, mots in TABLEAUX.items():
        client = entrer(qui[role])
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            page = lire(client, "/espace/pilotage/")
        dits = [une["sql"] for une in requetes if "SAVEPOINT" not in une["sql"]]
        assert len(dits) <= REQUETES, f"{role} : {len(dits)}\n" + "\n".join(dits)
        chapo = page.split('class="chapo">')[1].split("</p>")[0]
        assert mots in chapo or "n’est" in chapo or "Aucun" in chapo or "Rien" in chapo, (
            role,
            chapo,
        )
        assert page.count('<article class="tuile"') >= 3, role


def test_les_memes_nombres_a_la_page_en_fichier_et_au_terminal(
    qui: dict[str, Personne], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = entrer(qui["examinateur"])
    du_json = json.loads(lire(client, "/espace/pilotage/mesures.json"))["mesures"]
    du_csv = list(
        csv.DictReader(client.get("/espace/pilotage/mesures.csv").content.decode().splitlines())
    )
    assert len(du_json) == len(du_csv)
    for un, deux in zip(du_json, du_csv, strict=True):
        assert {nom: "" if dite is None else str(dite) for nom, dite in un.items()} == deux
    monkeypatch.setattr("binome.cli.pilotage.brancher_a_la_base", lambda: None)
    du_terminal = CliRunner().invoke(
        commande, ["montrer", "--ou", "branche:assistant-medical", "--json"]
    )
    codes = {une["indicateur"] for une in du_json}
    dits = [une for une in json.loads(du_terminal.output)["mesures"] if une["indicateur"] in codes]
    assert dits == du_json
    dernier = ReleveDuMois.objects.order_by("-au", "-pk")[0]
    gardee = MesureRelevee.objects.get(
        releve=dernier, indicateur="entrees", genre="branche", perimetre="assistant-medical"
    )
    dites = [une for une in du_json if une["indicateur"] == "entrees"]
    assert dites[-1]["valeur"] == gardee.valeur
    page = lire(client, "/espace/pilotage/indicateurs/entrees/")
    assert f'<p class="tuile-valeur nombre">{gardee.valeur}</p>' in page


def test_le_pilote_ne_lit_aucun_petit_nombre(qui: dict[str, Personne]) -> None:
    client = entrer(qui["pilote"])
    lignes = json.loads(lire(client, "/espace/pilotage/mesures.json"))["mesures"]
    personnes = [
        une for une in lignes if une["indicateur"] in {"entrees", "qualifies", "personnes_en_poste"}
    ]
    assert personnes
    assert all(une["valeur"] is None or une["valeur"] >= 11 for une in personnes)
    assert "Caché" in lire(client, "/espace/pilotage/")


def test_un_perimetre_qui_n_est_pas_a_soi_n_existe_pas(qui: dict[str, Personne]) -> None:
    opco, branche = entrer(qui["opco"]), entrer(qui["examinateur"])
    assert opco.get("/espace/pilotage/?ou=france:FR").status_code == 404
    assert opco.get("/espace/pilotage/?ou=payeur:999").status_code == 404
    assert branche.get("/espace/pilotage/?ou=organisme:1").status_code == 404
    assert branche.get("/espace/pilotage/?ou=region:99").status_code == 404
    assert branche.get("/espace/pilotage/?ou=region:53").status_code == 200


def test_un_releve_garde_son_adresse_et_dit_ce_qui_a_change(qui: dict[str, Personne]) -> None:
    client = entrer(qui["gestionnaire"])
    premier = ReleveDuMois.objects.order_by("pk")[0]
    avant = lire(client, f"/espace/pilotage/releves/{premier.pk}/").split("<h1>")[1]
    relever(timezone.localdate())
    assert lire(client, f"/espace/pilotage/releves/{premier.pk}/").split("<h1>")[1] == avant
    assert "Ce relevé ne change plus" in avant
    assert client.get("/espace/pilotage/releves/999999/").status_code == 404


def test_rien_sous_le_seuil_n_est_pret_a_publier(qui: dict[str, Personne]) -> None:
    client = entrer(qui["gestionnaire"])
    page = lire(client, "/espace/pilotage/resultats/")
    assert "trop peu de personnes" in page
    lignes = list(
        csv.DictReader(client.get("/espace/pilotage/resultats.csv").content.decode().splitlines())
    )
    assert lignes
    assert all(not une["valeur"] or int(une["effectif"]) >= 11 for une in lignes)
