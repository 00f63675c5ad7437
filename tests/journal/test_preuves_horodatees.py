"""Roots that two authorities stamp, checked by `openssl ts -verify` alone; and the authority of a demonstration."""

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from binome.cli.demo import _faire_l_autorite_d_essai
from binome.journal import annonces, autorite_d_essai, horodatage
from binome.journal.ancres import AncresAbimees, lire, poser
from binome.journal.chaine import canonique
from binome.journal.models import Jeton
from binome.journal.verifier_une_preuve import principal
from tests.journal.autorite import Autorite, en_service
from tests.journal.etranger import Etranger, empreintes
from tests.journal.test_commandes import lancer, remplir

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
Deux = tuple[Autorite, Autorite]


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deux]:
    place = tmp_path_factory.mktemp("autorites")
    with ExitStack() as pile:
        une, autre = (
            pile.enter_context(en_service(Autorite(place / nom, nom))) for nom in ("une", "autre")
        )
        yield une, autre


@pytest.fixture
def deux(services: Deux, settings: Settings, tmp_path: Path) -> Deux:
    settings.ANCRES, settings.EFFACEMENTS = tmp_path / "ancres", tmp_path / "effacements.jsonl"
    settings.HORODATAGE = " ".join(un.adresse for un in services)
    certificats = tmp_path / "autorites.pem"
    certificats.write_bytes(b"".join(un.racine.read_bytes() for un in services))
    settings.HORODATAGE_RACINE = str(certificats)
    for une in services:
        une.a_la_place = None
    return services


@pytest.fixture
def etranger(tmp_path: Path) -> Etranger:
    (tmp_path / "ailleurs").mkdir()
    return Etranger(tmp_path / "ailleurs")


def test_deux_autorites_datent_et_tout_tient(
    deux: Deux, etranger: Etranger, settings: Settings
) -> None:
    remplir(3)
    poser()
    assert len(lire()[0].jetons) == 2
    verdict = etranger.verifier(
        etranger.prendre(), etranger.preuve(), "--tenue", empreintes()[0],
        "--certificats", settings.HORODATAGE_RACINE,
    )  # fmt: skip
    assert verdict.code == 0, verdict.dit
    assert verdict.dit.count("horodatage vérifié.") == 2
    assert verdict.dit.count("à sa place") == 3
    assert verdict.dit.endswith("Tout tient.\n")
    assert etranger.verifier(etranger.prendre()).code == 3  # nobody to trust
    sans = etranger.verifier(
        etranger.prendre(), "--certificats", settings.HORODATAGE_RACINE, chemin="/nulle-part"
    )
    assert (sans.code, sans.dit.splitlines()[-1]) == (2, "openssl : introuvable.")
    verdict = etranger.verifier(etranger.prendre(), "--certificats", deux[0].racine)
    assert verdict.code == 1
    assert verdict.dit.count("l’horodatage ne se vérifie pas") == 1


def test_une_autorite_sur_deux_qui_se_tait_est_nommee(deux: Deux, etranger: Etranger) -> None:
    deux[1].a_la_place = b"rien"
    remplir(1)
    poser()
    assert "non horodatées : 0" in lancer("verifier").output
    lue = json.loads(etranger.prendre().read_text())["annonces"][0]
    assert len(json.loads(lue["annonce"])["autorites"]) == 2
    assert len(lue["jetons"]) == 1


def test_un_jeton_change_deplace_ou_d_un_autre_jour_ne_passe_pas(
    deux: Deux, etranger: Etranger, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        remplir(1)
        poser()
    entier = json.loads(etranger.prendre().read_text())
    fiables = settings.HORODATAGE_RACINE

    def verifier(valeurs: object) -> int:
        fichier = etranger.garder("change.json", canonique(valeurs))
        code = principal([str(fichier), "--certificats", fiables])
        capsys.readouterr()
        return code

    assert verifier(entier) == 0
    un, deuxieme = (entier["annonces"][n]["jetons"] for n in (0, 1))
    noms = sorted(un)
    court = un[noms[0]][0][:-8]
    for change in (
        {noms[0]: deuxieme[noms[0]]},
        {"inconnue.exemple.fr": un[noms[0]]},
        {noms[0]: [court, annonces.empreinte(court.encode())]},
        {noms[0]: ["", annonces.empreinte(b"")]},
        {noms[0]: [court, un[noms[0]][1]]},
    ):
        autre = json.loads(json.dumps(entier))
        autre["annonces"][0]["jetons"] = change
        assert verifier(autre) in (1, 2), change


@pytest.mark.parametrize("pas", [211, pytest.param(1, marks=pytest.mark.long(6))])
def test_un_bit_change_dans_un_jeton_ne_passe_pas(
    deux: Deux, etranger: Etranger, settings: Settings, pas: int,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    settings.HORODATAGE = deux[0].adresse
    poser()
    fichier = etranger.prendre()
    entier = fichier.read_bytes()
    debut = entier.index(b'"jetons":{')
    passes = []
    for place in range(debut, len(entier), pas):
        change = bytearray(entier)
        change[place] ^= 1 << (place // pas) % 8
        fichier.write_bytes(change)
        if principal([str(fichier), "--certificats", settings.HORODATAGE_RACINE]) not in (1, 2):
            passes.append(place - debut)
    capsys.readouterr()
    assert passes == []


@pytest.fixture
def essai(settings: Settings, tmp_path: Path, etranger: Etranger) -> Path:
    settings.DONNEES, settings.ANCRES = tmp_path, tmp_path / "ancres"
    settings.EFFACEMENTS = tmp_path / "effacements.jsonl"
    settings.HORODATAGE = settings.HORODATAGE_RACINE = ""
    faite = autorite_d_essai.faire()
    assert faite is not None
    return faite


def test_une_demonstration_a_son_autorite_et_la_dit_d_essai(
    essai: Path, etranger: Etranger
) -> None:
    assert autorite_d_essai.faire() == essai
    assert not (essai / "racine.cle").exists()
    remplir(2)
    poser()
    assert Jeton.objects.get().autorite == "autorité d’essai"
    assert lire()[0].horodatee_le is not None
    certificats = etranger.dossier / "autorites.pem"
    certificats.write_bytes(horodatage.certificats())
    verdict = etranger.verifier(etranger.prendre(), etranger.preuve(), "--certificats", certificats)
    assert verdict.code == 0, verdict.dit
    assert "par autorité d’essai : horodatage vérifié." in verdict.dit


def test_la_production_ne_s_en_sert_jamais(essai: Path, settings: Settings) -> None:
    poser()
    settings.DEMONSTRATION = False
    assert autorite_d_essai.faire() is None
    assert autorite_d_essai.dossier() is None
    assert horodatage.autorites() == []
    assert horodatage.certificats() == b""
    with pytest.raises(OSError, match="pas d’autorité d’essai"):
        autorite_d_essai.repondre(b"")
    assert lire()[0].horodatee_le is None  # what it stamped is vouched for by nothing there
    assert poser().jetons == {}


def test_des_certificats_qui_ne_sont_pas_ceux_de_l_essai_ne_le_valident_pas(
    essai: Path, settings: Settings, tmp_path: Path
) -> None:
    poser()
    shutil.rmtree(essai)
    settings.HORODATAGE_RACINE = str(Autorite(tmp_path / "vraie", "Vraie").racine)
    with pytest.raises(AncresAbimees, match="l’horodatage ne se vérifie pas"):
        lire()


def test_une_demonstration_sans_openssl_le_dit_et_continue(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    settings.DONNEES = tmp_path
    monkeypatch.setenv("PATH", "/nulle-part")
    _faire_l_autorite_d_essai()
    assert "La commande openssl manque ou refuse" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    settings.DONNEES = tmp_path
    _faire_l_autorite_d_essai()
    assert (tmp_path / autorite_d_essai.DOSSIER / autorite_d_essai.RACINE).is_file()
    assert capsys.readouterr().err == ""


def test_une_autorite_d_essai_commencee_se_refait(settings: Settings, tmp_path: Path) -> None:
    settings.DONNEES = tmp_path
    (tmp_path / autorite_d_essai.DOSSIER).mkdir()
    assert autorite_d_essai.dossier() is None
    assert autorite_d_essai.faire() == tmp_path / autorite_d_essai.DOSSIER
    assert [un.name for un in tmp_path.iterdir()] == [autorite_d_essai.DOSSIER]
