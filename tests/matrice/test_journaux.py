"""Nothing of anyone in the logs of the server, as production formats them, even when all goes wrong."""

from __future__ import annotations

import io
import logging
import logging.config
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.utils.module_loading import import_string

from binome.dossiers.models import Dossier
from tests.dossiers import monde as gens
from tests.matrice.objets import entrer, preparer
from tests.matrice.table import lire
from tests.matrice.test_matrice import demander

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tests.dossiers.monde import Monde

_, LIGNES = lire()
SAISI = "Brigitte 0611223344"
PERSONNELS = (
    "Léa",
    "lea@exemple.fr",
    "1984-05-03",
    "03/05/1984",
    "Exemple",
    "Brigitte",
    "0611223344",
)


pytestmark = pytest.mark.sqlite


@contextmanager
def _ecoutes(forme: str) -> Iterator[io.StringIO]:
    """What production's own handler writes in that form, at the level that tells the most of an incident."""
    flux = io.StringIO()
    console = settings.LOGGING["handlers"]["console"]
    filtre = settings.LOGGING["filters"]["sans_reponses"]["()"]
    assert console["filters"] == ["sans_reponses"]
    sortie = logging.StreamHandler(flux)
    sortie.addFilter(import_string(filtre)())
    sortie.setFormatter(import_string(settings.LOGGING["formatters"][forme]["()"])())
    poses = [logging.getLogger(), logging.getLogger("django")]
    niveaux = [un.level for un in poses]
    for un in poses:
        un.addHandler(sortie)
        un.setLevel(logging.INFO)
    yield flux
    for un, niveau in zip(poses, niveaux, strict=True):
        un.removeHandler(sortie)
        un.setLevel(niveau)


@pytest.fixture
def journaux() -> Iterator[io.StringIO]:
    """The lines as a person reads them."""
    with _ecoutes("humain") as flux:
        yield flux


@pytest.fixture
def en_json() -> Iterator[io.StringIO]:
    """The lines as a program reads them."""
    with _ecoutes("json") as flux:
        yield flux


def _rien_de_personnel(flux: io.StringIO) -> None:
    ecrit = flux.getvalue()
    trouves = [(un, ligne) for un in PERSONNELS for ligne in ecrit.splitlines() if un in ligne]
    assert not trouves, trouves[:5]


@pytest.mark.long(7)
def test_des_parcours_entiers_ne_laissent_personne_dans_les_journaux(
    monde: Monde, journaux: io.StringIO, en_json: io.StringIO
) -> None:
    objets = preparer(monde)
    for role in ("anonyme", "gestionnaire", "gestionnaire-autre", "examinateur", "candidat"):
        client = entrer(objets.qui[role])
        temoin = dict(client.cookies)
        for une in LIGNES:
            if une.adresse.startswith(("espace/", "compte/")):
                client.cookies.update(temoin)
                demander(client, une.methode, objets.chemin(une.adresse))
    client = entrer(monde.alice)
    client.post(
        "/espace/dossiers/nouveau/", {"prenom": "Brigitte", "nom": "Exemple", "naissance": "x"}
    )
    client.get("/espace/dossiers/?q=Brigitte")
    entrer(None).post("/compte/connexion/", {"login": "lea@exemple.fr", "password": "Brigitte"})
    assert journaux.getvalue(), "rien n’a été écrit : le piège est vide"
    _rien_de_personnel(journaux)
    lignes = en_json.getvalue().splitlines()
    assert len(lignes) == len(journaux.getvalue().splitlines())
    _rien_de_personnel(en_json)
    assert not [une for une in lignes if "/espace/" in une or "/compte/" in une], "une adresse"


def test_une_faute_de_programme_se_note_sans_ce_qui_etait_ecrit(
    monde: Monde, journaux: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = gens.brouillon(monde)

    def abimer(*_: object, **__: object) -> None:
        # A real refusal of the database: PostgreSQL names the whole row in it.
        try:
            Dossier.objects.filter(pk=dossier.pk).update(etat="inconnu")
        except IntegrityError as refus:
            # The source line of the fault is written: the value must not be in it.
            raise ValueError(f"{refus} {SAISI}") from refus

    monkeypatch.setattr("binome.dossiers.vues.saisie.enregistrer", abimer)
    reponse = entrer(monde.alice).post(
        f"/espace/dossiers/{dossier.reference}/saisie/", {"version": dossier.version}
    )
    assert reponse.status_code == 500
    assert "Brigitte" not in reponse.content.decode()
    assert "IntegrityError" in journaux.getvalue()
    assert "saisie.py" in journaux.getvalue(), "la faute doit se retrouver"
    _rien_de_personnel(journaux)


JETON = "q7Zp-W2x_4hT9vLmBn0sRfYcJk8dAeGu1iOoXt5HwVE"
LOT = "3f0c2d6e-9b1a-4c55-8e7d-0a1b2c3d4e5f"
REMISE = f"1-d2xk9a-{'0123456789abcdef' * 2}"


def test_un_jeton_encore_bon_n_est_dans_aucune_ligne(
    monde: Monde, journaux: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def abimer(*_: object, **__: object) -> None:
        raise ValueError(JETON)

    client = entrer(None)
    client.get(f"/compte/invitation/{JETON}/plus-loin/")  # 404
    client.get(f"/compte/invitation/{JETON}/", HTTP_HOST="ailleurs.exemple.com")  # 400
    client.put(f"/compte/invitation/{JETON}/")  # 405
    client.get(f"/compte/mot-de-passe/nouveau/{REMISE}/")
    client.get(f"/api/v1/lots/{LOT}/autre")
    client.get(f"/compte/connexion%3Fnext=/compte/invitation/{JETON}/")
    monkeypatch.setattr("binome.comptes.services.invitation_de", abimer)
    assert client.get(f"/compte/invitation/{JETON}/").status_code == 500
    logging.getLogger("waitress").warning("Broken pipe on /compte/invitation/%s/", JETON)
    ecrit = journaux.getvalue()
    assert ecrit.count("compte/invitation/<str:jeton>/") >= 2, ecrit
    assert "/compte/invitation/…/" in ecrit, ecrit
    for secret in (JETON, LOT, REMISE, "0123456789abcdef"):
        assert secret not in ecrit, secret


def test_une_adresse_n_ecrit_qu_une_ligne_et_rien_d_invisible(journaux: io.StringIO) -> None:
    logging.getLogger("django").warning("Not Found: %s", "/a\nfaux : tout va bien\x1b[31m\u202e/")
    ecrit = journaux.getvalue()
    assert ecrit.count("\n") == 1
    assert "\x1b" not in ecrit
    assert "\u202e" not in ecrit
    logging.getLogger("django").warning("travail purger-les-sessions-et-le-reste : TypeError")
    assert "purger-les-sessions-et-le-reste" in journaux.getvalue()


def test_une_demande_ecrit_peu_quoi_qu_elle_demande(client: Client, journaux: io.StringIO) -> None:
    client.get("/" + "a b/" * 4000)
    client.get("/", HTTP_HOST="ailleurs." * 1000 + "exemple")
    client.get("/", HTTP_HOST="ailleurs.exemple")
    client.get("/espace/\x00")
    client.post("/compte/connexion/", b"--b\r\n" + b"x" * 4000, "multipart/form-data; boundary=b")
    lignes = journaux.getvalue().splitlines()
    assert len(lignes) == 5, lignes
    assert max(map(len, lignes)) <= 301 + len(" (demande 0123456789abcdef)")
    assert "BINOME_HOTES" in lignes[2]
    assert "ailleurs" not in lignes[2]
