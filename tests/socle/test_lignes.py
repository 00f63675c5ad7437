"""Lines of the logs: a number that the page shows too, JSON for a program, and nothing of anyone."""

from __future__ import annotations

import io
import json
import logging
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from binome.service.surveillance import dire
from binome.socle.journaux import AUTRE_NOM
from binome.socle.numeros import ENTETE, numero_en_cours

if TYPE_CHECKING:
    from collections.abc import Iterator

NOM = "Brigitte"
NUMERO = re.compile(r"[0-9a-f]{16}")


@pytest.fixture(params=["humain", "json"])
def ecrites(request: pytest.FixtureRequest) -> Iterator[tuple[str, io.StringIO]]:
    """What production's own handler writes, in each of its forms."""
    flux = io.StringIO()
    sortie = logging.StreamHandler(flux)
    sortie.addFilter(import_string(settings.LOGGING["filters"]["sans_reponses"]["()"])())
    sortie.setFormatter(import_string(settings.LOGGING["formatters"][request.param]["()"])())
    poses = [logging.getLogger(), logging.getLogger("django")]
    for un in poses:
        un.addHandler(sortie)
    yield request.param, flux
    for un in poses:
        un.removeHandler(sortie)


def test_la_forme_humaine_est_celle_par_defaut() -> None:
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "humain"


def test_chaque_reponse_a_un_numero_et_jamais_celui_qu_on_lui_donne(client: Client) -> None:
    donne = {"X-Request-ID": "moi@exemple.fr"}
    lus = [client.get("/sante/", headers=donne).headers[ENTETE] for _ in range(3)]
    assert len(set(lus)) == 3
    assert all(NUMERO.fullmatch(un) for un in lus)
    assert numero_en_cours() == ""


@pytest.mark.django_db
def test_le_numero_de_la_page_est_dans_la_ligne(
    ecrites: tuple[str, io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    def tomber(une: object) -> None:
        raise ValueError(NOM)

    monkeypatch.setattr("binome.site.les_sources.mots_de", tomber)
    client = Client(raise_request_exception=False)
    forme, flux = ecrites
    for adresse, statut in (("/sources/?nom=Brigitte", 500), ("/sources/brigitte-absente/", 404)):
        flux.seek(flux.truncate(0))
        reponse = client.get(adresse)
        assert reponse.status_code == statut
        numero = reponse.headers[ENTETE]
        assert f"<code>{numero}</code>" in reponse.content.decode()
        ecrit = flux.getvalue()
        assert numero in ecrit
        assert "Brigitte" not in ecrit
        if forme == "json":
            (ligne,) = ecrit.splitlines()
            lu = json.loads(ligne)
            assert (lu["demande"], lu["statut"], lu["methode"]) == (numero, statut, "GET")
            assert lu["source"] == "django.request"
            assert "brigitte" not in ligne, "la route, et pas l’adresse"
            if statut == 500:
                assert (lu["message"], lu["route"]) == ("Internal Server Error", "sources/")
                assert "builtins.ValueError" in lu["faute"]
                assert "test_lignes.py" in lu["faute"], "la faute doit se retrouver"
            else:
                assert (lu["message"], lu["niveau"]) == ("Not Found", "WARNING")
                assert lu["route"] == "sources/<str:identifiant>/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "adresse",
    [
        "/jeanne.dupuis@x.fr",
        "/sources/Jeanne%20Dupuis/",
        "/compte/invitation/court-secret/",
        "/a: jeanne",
    ],
)
def test_aucune_forme_n_ecrit_l_adresse_demandee(
    ecrites: tuple[str, io.StringIO], adresse: str
) -> None:
    assert Client().get(adresse).status_code in {404, 410}
    ecrit = ecrites[1].getvalue()
    assert len(ecrit.splitlines()) == 1
    assert not re.search("jeanne|dupuis|court", ecrit, re.IGNORECASE), ecrit


@pytest.mark.django_db
@pytest.mark.parametrize("ecrites", ["humain"], indirect=True)
def test_la_forme_humaine_dit_la_route(ecrites: tuple[str, io.StringIO]) -> None:
    Client().get("/sources/jeanne/")
    Client().get("/", HTTP_HOST="jeanne.exemple.com")
    logging.getLogger("waitress").error("Exception while serving /espace/jeanne dupuis/")
    absente, autre_nom, servie = ecrites[1].getvalue().splitlines()
    assert absente.startswith("Not Found : GET sources/<str:identifiant>/ (demande ")
    assert autre_nom.startswith(f"{AUTRE_NOM} : GET aucune (demande ")
    assert servie == "Exception while serving …"


@pytest.mark.django_db
@pytest.mark.parametrize("ecrites", ["json"], indirect=True)
def test_ce_que_dit_qui_demande_n_est_pas_dans_le_json(ecrites: tuple[str, io.StringIO]) -> None:
    client = Client()
    client.generic("BRIGITTE", "/sources/")
    client.get("/", HTTP_HOST="brigitte.exemple.com")
    client.get("/brigitte/")
    client.get("/espace/\x00brigitte")
    lignes = ecrites[1].getvalue().splitlines()
    assert len(lignes) == 4, lignes
    lus = [json.loads(une) for une in lignes]
    assert [un["message"] for un in lus][:3] == [
        "Method Not Allowed", AUTRE_NOM, "Not Found",
    ]  # fmt: skip
    assert lus[0]["methode"] == "AUTRE"
    assert "brigitte" not in ecrites[1].getvalue().lower()


@pytest.mark.parametrize("ecrites", ["json"], indirect=True)
def test_une_ligne_hors_d_une_demande_n_a_pas_de_numero(ecrites: tuple[str, io.StringIO]) -> None:
    logging.getLogger("binome.essai").error("travail %s : %s", "un", "TypeError\nfaux")
    (ligne,) = ecrites[1].getvalue().splitlines()
    lu = json.loads(ligne)
    assert set(lu) == {"instant", "niveau", "source", "message"}
    assert lu["message"] == "travail un : TypeError ⏎ faux"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", lu["instant"])


def test_qui_surveille_ecrit_de_meme(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dire("Binôme : l’ouvrier 1 s’est arrêté.")
    assert capsys.readouterr().err == "Binôme : l’ouvrier 1 s’est arrêté.\n"
    monkeypatch.setenv("BINOME_JOURNAL_FORMAT", "json")
    dire("Binôme : l’ouvrier 1 s’est arrêté.")
    lu: dict[str, Any] = json.loads(capsys.readouterr().err)
    assert (lu["source"], lu["niveau"]) == ("binome.service", "WARNING")


def test_qui_surveille_se_passe_de_django() -> None:
    code = "import sys, binome.service.surveillance; print('django' in sys.modules)"
    lu = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert lu.stdout.strip() == "False"
