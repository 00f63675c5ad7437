"""Keys outside the database, the register of erasures, and what a rollback must not destroy."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError, transaction

from binome.journal import effacements, trousseau
from binome.journal.chaine import verifier
from binome.journal.fichier_chaine import ORIGINE
from binome.journal.histoire import histoire
from binome.journal.models import Oubli
from binome.journal.services import Ecriture, ecrire, oublier, parfaire

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

pytestmark = pytest.mark.postgresql

SUJET = "dossier:9001"


@pytest.fixture(autouse=True)
def _hors_de_la_base(tmp_path: Path, settings: Settings) -> None:
    settings.CLES = tmp_path / "cles" / "cles.sqlite3"
    settings.EFFACEMENTS = tmp_path / "effacements.jsonl"


def test_cent_fils_recoivent_la_meme_cle() -> None:
    noms = [f"dossier:{rang}" for rang in range(30)]
    with ThreadPoolExecutor(8) as fils:
        lots = list(fils.map(lambda _: trousseau.donner(noms), range(8)))
    assert all(lot == lots[0] for lot in lots)
    assert len(set(lots[0].values())) == 30
    assert trousseau.chemin().stat().st_mode & 0o077 == 0


def test_lire_ne_cree_rien_et_une_cle_detruite_ne_se_retrouve_pas_dans_le_fichier() -> None:
    assert trousseau.lire([SUJET]) == {}
    assert not trousseau.chemin().exists()
    cle = trousseau.donner([SUJET, "dossier:2"])[SUJET]
    assert cle in trousseau.chemin().read_bytes()
    assert trousseau.detruire([SUJET, "dossier:3"]) == 1
    assert cle not in trousseau.chemin().read_bytes()
    assert [un.name for un in trousseau.chemin().parent.iterdir()] == ["cles.sqlite3"]
    assert trousseau.lire(["dossier:2"])


def test_une_copie_porte_toutes_les_cles(tmp_path: Path) -> None:
    cles = trousseau.donner([f"dossier:{rang}" for rang in range(5)])
    assert trousseau.copier(tmp_path / "copie") == 5
    assert dict(sqlite3.connect(tmp_path / "copie").execute("SELECT * FROM cle")) == cles


def test_un_trousseau_illisible_est_une_panne_de_la_machine() -> None:
    trousseau.donner([SUJET])
    trousseau.chemin().write_bytes(b"autre chose" * 1000)
    with pytest.raises(OperationalError, match="trousseau"):
        trousseau.lire([SUJET])


@pytest.mark.django_db(transaction=True)
def test_un_effacement_defait_garde_sa_cle_un_effacement_fait_la_detruit() -> None:
    ecrire(Ecriture("essai", "objet:1", sujet=SUJET, prive={"nom": "Exemple"}))
    cle = trousseau.lire([SUJET])[SUJET]

    @transaction.atomic
    def defaire() -> None:
        oublier(SUJET, auteur="essai", motif="Essai")
        assert histoire("objet:1")[0]["prive"] is None
        raise RuntimeError

    with pytest.raises(RuntimeError):
        defaire()
    assert histoire("objet:1")[0]["prive"] == {"nom": "Exemple"}
    assert effacements.tete() == (0, ORIGINE)
    oublier(SUJET, auteur="essai", motif="Essai", repere="BM-1")
    assert cle not in trousseau.chemin().read_bytes()
    (ligne,) = effacements.lire()
    assert (ligne.genre, ligne.sujet, ligne.repere) == ("dossier", SUJET, "BM-1")
    assert effacements.chemin().stat().st_mode & 0o077 == 0
    ecrire(Ecriture("essai", "objet:1", sujet=SUJET, prive={"nom": "Exemple"}))
    assert trousseau.lire([SUJET]) == {}
    assert verifier() is None


@pytest.mark.django_db
def test_ce_qu_un_arret_a_interrompu_est_repris(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    ecrire(Ecriture("essai", "objet:1", sujet=SUJET, prive={"nom": "Exemple"}))
    with django_capture_on_commit_callbacks(execute=False):
        oublier(SUJET, auteur="essai", motif="Essai")
    assert trousseau.lire([SUJET])
    assert parfaire() == 1
    assert parfaire() == 0
    assert not trousseau.lire([SUJET])
    Oubli.objects.update(fait_le=None)
    assert parfaire() == 1
    assert effacements.tete()[0] == 1, "written once"


@pytest.mark.django_db
def test_le_registre_voit_une_ligne_touchee_et_oublie_une_ligne_coupee() -> None:
    for rang in range(3):
        oublier(f"dossier:{rang}", auteur="essai", motif="Essai", repere=f"BM-{rang}")
    parfaire()
    lieu = effacements.chemin()
    entier = lieu.read_bytes()
    lieu.write_bytes(entier[:-10])
    assert [un.rang for un in effacements.lire()] == [1, 2]
    assert effacements.tete()[0] == 2
    Oubli.objects.update(fait_le=None)
    parfaire()
    assert lieu.read_bytes() == entier
    lieu.write_bytes(entier.replace(b"BM-1", b"BM-7"))
    with pytest.raises(effacements.RegistreAbime, match="ligne 3"):
        effacements.lire()
