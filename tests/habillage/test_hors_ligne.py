"""What a browser keeps to work without network: the worker, its shell, which pages, and for whom."""

from __future__ import annotations

import json
import re
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from binome.comptes.garde import envois_de
from binome.habillage import hors_ligne
from tests.dossiers.monde import Monde, construire, personne

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpRequest

pytestmark = pytest.mark.django_db


def lu() -> tuple[dict[str, object], str]:
    """What the worker is told, and its code."""
    texte = Client().get("/hors-ligne.js").content.decode()
    trouve = re.match(r"const BINOME = (\{.*\});\n", texte)
    assert trouve
    return json.loads(trouve[1]), texte


def statut(adresse: str) -> int:
    """What an address answers, read to its end."""
    with closing(Client().get(adresse)) as reponse:
        if reponse.streaming:
            b"".join(reponse)
        return int(reponse.status_code)


def test_l_ouvrier_vient_avec_ses_entetes_et_ne_tient_que_l_espace() -> None:
    reponse = Client().get("/hors-ligne.js")
    assert reponse.headers["Content-Type"].startswith("text/javascript")
    assert reponse.headers["Service-Worker-Allowed"] == "/espace/"
    assert reponse.headers["Cache-Control"] == "no-cache"
    assert "default-src 'none'" in reponse.headers["Content-Security-Policy"]


def test_rien_n_est_dans_la_coquille_deux_fois() -> None:
    """A browser refuses to install one that names a file twice, and nothing works without network any more."""
    hors_ligne.declarer_coquille("envois.js")
    adresses = lu()[0]["coquille"]
    assert isinstance(adresses, list)
    assert len(set(adresses)) == len(adresses)


def test_tout_ce_qu_il_garde_se_lit() -> None:
    """One address that does not answer, and no device would ever keep the shell."""
    dit, _ = lu()
    adresses = dit["coquille"]
    assert isinstance(adresses, list)
    # A browser refuses to install a worker that keeps an address twice.
    assert len(set(adresses)) == len(adresses)
    assert "/hors-ligne/" in adresses
    assert {un: statut(un) for un in adresses} == dict.fromkeys(adresses, 200)


def test_chaque_fichier_de_la_page_sans_reseau_est_dans_la_coquille() -> None:
    dit, _ = lu()
    page = Client().get("/hors-ligne/").content.decode()
    adresses = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    assert adresses
    assert adresses <= set(dit["coquille"])  # type: ignore[call-overload] # a list, held above


def test_un_octet_de_change_fait_une_autre_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    avant, _ = lu()
    lieu = tmp_path / "binome"
    for nom in (*hors_ligne.COQUILLE, *hors_ligne._DES_SALLES):
        copie = lieu / nom
        copie.parent.mkdir(parents=True, exist_ok=True)
        copie.write_bytes((hors_ligne.STATIQUES / "binome" / nom).read_bytes())
    with (lieu / "envois.js").open("ab") as fichier:
        fichier.write(b" ")
    monkeypatch.setattr(hors_ligne, "STATIQUES", tmp_path)
    hors_ligne._ouvrier.cache_clear()
    apres, _ = lu()
    hors_ligne._ouvrier.cache_clear()
    assert avant["version"] != apres["version"]
    assert avant["coquille"] == apres["coquille"]


def test_le_manifeste_se_lit_et_ses_images_aussi() -> None:
    reponse = Client().get("/manifeste.webmanifest")
    assert reponse.headers["Content-Type"] == "application/manifest+json"
    dit = reponse.json()
    assert dit["start_url"] == "/espace/"
    assert {statut(un["src"]) for un in dit["icons"]} == {200}


def demander(code: int = 200, **attributs: object) -> HttpResponse:
    """The answer of a kept view to a request that our middleware has read."""

    def vue(request: HttpRequest) -> HttpResponse:
        return HttpResponse("bon", status=code)

    demande = RequestFactory().get("/espace/")
    for nom, valeur in attributs.items():
        setattr(demande, nom, valeur)
    return hors_ligne.gardee(vue)(demande)


def test_une_page_se_garde_pour_son_compte_et_jamais_pendant_un_regard() -> None:
    compte = "0123456789abcdef"
    assert demander(envois=compte, regard=None).headers["X-Hors-Ligne"] == compte
    for autres in ({"regard": object()}, {"regard": None, "code": 404}):
        assert "X-Hors-Ligne" not in demander(envois=compte, **autres).headers
    assert "X-Hors-Ligne" not in demander().headers


def test_le_nom_d_un_compte_survit_a_son_mot_de_passe_et_n_est_pas_celui_d_un_autre() -> None:
    une, autre = personne("une"), personne("autre")
    nom = envois_de(une)
    une.set_password("un autre mot de passe, plus long")
    assert envois_de(une) == nom
    assert envois_de(autre) != nom
    assert re.fullmatch("[0-9a-f]{16}", nom)


def test_le_jeton_dit_qui_envoie_et_l_heure_du_serveur() -> None:
    monde: Monde = construire()
    client = Client()
    assert client.get("/espace/envois/jeton/").status_code == 302
    refus = client.get("/espace/envois/jeton/", headers={"X-Binome-Envoi": "1"})
    assert (refus.status_code, refus.headers["X-Refus"]) == (401, "session")
    client.force_login(monde.bob)
    dit = client.get("/espace/envois/jeton/").json()
    assert dit["compte"] == envois_de(monde.bob)
    assert dit["jeton"]
    assert dit["maintenant"].endswith("+00:00")


def test_un_visiteur_n_a_rien_de_tout_cela() -> None:
    """Nothing about a visitor is kept: no worker, no outbox, on a public page."""
    page = Client().get("/").content.decode()
    assert "envois.js" not in page
    assert "manifest" not in page
