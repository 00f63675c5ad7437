"""Backup and restoration drilled: every table compared, writers at work, damage refused."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import random
import sqlite3
import subprocess
import sys
import tarfile
from datetime import date, timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.conf import settings as reglages
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.dossiers.effacement import anonymiser
from binome.dossiers.models import Dossier
from binome.dossiers.rayons import PIECES
from binome.dossiers.services import ouvrir as ouvrir_un_dossier
from binome.etagere.registre import rangements
from binome.journal import trousseau
from binome.socle import cles_de_sauvegarde as cles
from binome.socle import emports
from binome.socle.lecture_de_sauvegarde import OuvertureDArchive, _verifier_le_jour, ouvrir
from binome.socle.restauration import remettre_les_reserves
from binome.socle.sauvegarde import ArchiveImpossible, compter, sauvegarder, tables
from tests.dossiers.monde import Monde, construire, depose, joindre
from tests.socle.test_conteneur import Clefs, fabriquer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import Settings
    from pytest_django.plugin import DjangoDbBlocker

pytestmark = pytest.mark.django_db(transaction=True)
LIRE = """
import json, sys
from binome.cli.serveur import brancher
brancher()
from django.db import connection
from binome.journal.chaine import verifier
from tests.socle.test_sauvegarde import contenu
print(json.dumps({"tables": contenu(), "journal": str(verifier())}))
"""


def contenu() -> dict[str, list[str]]:
    """Every row of every table, as text, in an order of its own."""
    lus = {}
    with connection.cursor() as curseur:
        for table in tables():
            if table == "django_migrations":
                continue
            curseur.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our tables
            lus[table] = sorted(repr([str(un) for un in ligne]) for ligne in curseur.fetchall())
    return lus


@pytest.fixture
def clefs(tmp_path: Path, settings: Settings) -> Clefs:
    """The keys of the backups, their server's halves in the settings."""
    (tmp_path / "cles").mkdir()
    clefs = fabriquer(tmp_path / "cles")
    settings.SAUVEGARDE_DESTINATAIRES = [clefs.destinataire]
    settings.SAUVEGARDE_SIGNATURE = str(clefs.signature)
    return clefs


def ouvre(clefs: Clefs) -> tuple[str, ...]:
    """What a restoration is given to open an archive."""
    return "--cle", str(clefs.lecture), "--signataire", f"{clefs.signature}.pub"


@pytest.fixture
def monde(tmp_path: Path, settings: Settings) -> Monde:
    """The made-up world, with a document on its shelf."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    settings.CLES, settings.EFFACEMENTS = tmp_path / "cles.sqlite3", tmp_path / "effacements.jsonl"
    monde = construire()
    piece = joindre(monde, depose(monde), "diplomes")
    piece.fichier = PIECES.ranger(b"%PDF un document", "pdf")
    piece.save(update_fields=["fichier"])
    return monde


@pytest.fixture(autouse=True, scope="module")
def _sans_la_piece_des_essais(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Elsewhere, nobody knows the test's own flow: its backup would come from a newer Binôme."""
    with django_db_blocker.unblock():
        call_command("migrate", "atelier", "zero", verbosity=0)
    yield
    with django_db_blocker.unblock():
        call_command("migrate", "atelier", verbosity=0)


@pytest.fixture
def ailleurs(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an empty machine, of the same kind of database."""
    env = {nom: un for nom, un in os.environ.items() if nom != "DJANGO_SETTINGS_MODULE"}
    env |= {"BINOME_DEMONSTRATION": "1", "BINOME_DONNEES": str(tmp_path / "ailleurs")}
    if connection.vendor == "sqlite":
        yield {**env, "DATABASE_URL": ""}
        return
    ici = connection.settings_dict
    nom, modele = f"ailleurs_{uuid4().hex}", os.environ.get("ESSAIS_MODELE", "template1")
    with connection.cursor() as curseur:  # of the model: its tables, and nothing in them
        curseur.execute(f"CREATE DATABASE {nom} TEMPLATE {modele}")
    yield {**env, "DATABASE_URL": f"postgresql://{ici['USER']}@/{nom}?host={ici['HOST']}"}
    with connection.cursor() as curseur:
        curseur.execute(f"DROP DATABASE {nom} WITH (FORCE)")


def lancer(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], env=env, capture_output=True, text=True, check=False
    )


@pytest.mark.postgresql
def test_tout_se_retrouve_dans_une_machine_vide(
    monde: Monde, clefs: Clefs, ailleurs: dict[str, str], tmp_path: Path
) -> None:
    garde = Dossier.objects.get()
    depose(monde)
    archive = tmp_path / "tout.binome"
    bilan = sauvegarder(archive)
    assert (bilan.fichiers, bilan.chiffree, bilan.signee) == (1, True, True)
    assert archive.stat().st_mode & 0o077 == 0
    octets = archive.read_bytes()
    for clair in (b"lea@exemple.fr", b"un document", b"SQLite format", b"fichiers/pieces"):
        assert clair not in octets
    assert not list(reglages.DONNEES.glob(".sauvegarde-*"))
    production = {**ailleurs, "BINOME_DEMONSTRATION": "", "BINOME_SECRET": "x" * 50}
    refus = lancer(production, "-m", "binome", "restaurer", str(archive))
    assert refus.returncode == 2
    assert "dites qui doit avoir signé" in refus.stderr
    # One of the two is erased after the backup: it comes back with it, and goes again.
    avant = contenu()
    efface = Dossier.objects.latest("pk")
    anonymiser(efface.pk, auteur="systeme", motif="essai")
    assert reglages.EFFACEMENTS.is_file()
    avec = (*ouvre(clefs), "--effacements", str(reglages.EFFACEMENTS))
    refait = lancer(production, "-m", "binome", "restaurer", str(archive), *avec)
    assert refait.returncode == 0, refait.stderr
    assert "Effacements refaits : 1" in refait.stdout
    with contextlib.closing(sqlite3.connect(tmp_path / "ailleurs" / "cles.sqlite3")) as trousse:
        cles_la = dict(trousse.execute("SELECT sujet, valeur FROM cle"))
    assert cles_la == trousseau.lire(cles_la)
    assert garde.sujet in cles_la
    assert efface.sujet not in cles_la
    lu = json.loads(lancer(ailleurs, "-c", LIRE).stdout)
    assert lu["journal"] == "None"
    # Every table is the same; the erasure alone was done at another moment.
    ici = contenu()
    assert lu["tables"].keys() == ici.keys()
    autres = {table for table, lignes in ici.items() if lu["tables"][table] != lignes}
    assert autres <= {
        "courrier_avis", "courrier_message", "dossiers_dossier", "journal_entree", "journal_oubli",
        "journal_tete",
    }  # fmt: skip
    assert set(avant["journal_entree"]) < set(lu["tables"]["journal_entree"])
    assert sum(garde.courriel in ligne for ligne in lu["tables"]["dossiers_dossier"]) == 1
    retrouves = [un.read_bytes() for un in (tmp_path / "ailleurs").rglob("pieces/*.pdf")]
    assert retrouves == [b"%PDF un document"]
    # Once there, it is no longer an empty machine.
    encore = lancer(ailleurs, "-m", "binome", "restaurer", str(archive), *ouvre(clefs))
    assert encore.returncode == 2
    assert "Cette base a déjà servi" in encore.stderr
    assert "Traceback" not in encore.stderr


@pytest.mark.long(4)
def test_on_sauvegarde_pendant_que_l_on_ecrit(
    monde: Monde, clefs: Clefs, ailleurs: dict[str, str], tmp_path: Path
) -> None:
    fini, ecrits = Event(), []

    def ecrire() -> None:
        with contextlib.closing(connection):
            while not fini.is_set():
                ecrits.append(
                    ouvrir_un_dossier(monde.organisme, Acteur(monde.alice), exemple=True).pk
                )

    (fil := Thread(target=ecrire)).start()
    archives = [tmp_path / f"{rang}.tar" for rang in range(3)]
    try:
        for archive in archives:
            sauvegarder(archive)
    finally:
        fini.set()
        fil.join()
    assert ecrits
    sauvegarder(tmp_path / "derniere")
    ouverture = OuvertureDArchive(cles.identites(clefs.lecture.read_text()), clefs.signataire)
    assert ouvrir(tmp_path / "derniere", ouverture).manifeste["lignes"] == compter()
    refait = lancer(ailleurs, "-m", "binome", "restaurer", str(archives[1]), *ouvre(clefs))
    assert "aucun registre des effacements" in refait.stderr
    assert refait.returncode == 0, refait.stderr
    lu = json.loads(lancer(ailleurs, "-c", LIRE).stdout)
    assert lu["journal"] == "None"
    # One instant: each dossier that is there has its entry in the journal, and no entry has none.
    ouverts = [un for un in lu["tables"]["journal_entree"] if "dossier.ouvrir" in un]
    assert len(ouverts) == len(lu["tables"]["dossiers_dossier"])


def _refus(archive: Path, ouverture: OuvertureDArchive) -> str:
    """Why an archive is not opened."""
    with pytest.raises(ArchiveImpossible) as refus:
        ouvrir(archive, ouverture)
    return str(refus.value)


@pytest.mark.parametrize("fois", [4, pytest.param(20, marks=pytest.mark.long(6))])
def test_une_archive_falsifiee_ne_change_rien(
    monde: Monde, clefs: Clefs, tmp_path: Path, settings: Settings, fois: int
) -> None:
    archive, fausse = tmp_path / "vraie", tmp_path / "fausse"
    sauvegarder(archive)
    octets = archive.read_bytes()
    identites = cles.identites(clefs.lecture.read_text())
    ouverture = OuvertureDArchive(identites, clefs.signataire)
    assert ouvrir(archive, ouverture).manifeste["moteur"] == connection.vendor
    hasard = random.Random(7)  # noqa: S311 - places to try, not a secret
    for _ in range(fois):
        touche = bytearray(octets)
        touche[hasard.randrange(len(octets))] ^= 1 << hasard.randrange(8)
        fausse.write_bytes(touche)
        assert "rien n’est restauré" in _refus(fausse, ouverture)
    for cas in (octets[: len(octets) // 2], b"", b"ceci n'est pas une sauvegarde" * 50):
        fausse.write_bytes(cas)
        assert "rien n’est restauré" in _refus(fausse, ouverture)
    # Encrypted for the right person, by somebody else.
    (tmp_path / "autres").mkdir()
    autres = fabriquer(tmp_path / "autres")
    settings.SAUVEGARDE_SIGNATURE = str(autres.signature)
    sauvegarder(tmp_path / "d-un-autre")
    assert "n’est pas signée par la clé" in _refus(tmp_path / "d-un-autre", ouverture)
    mauvaise = OuvertureDArchive(cles.identites(autres.lecture.read_text()), clefs.signataire)
    assert "ne s’ouvre pas avec cette clé" in _refus(archive, mauvaise)
    assert "donnez la clé de lecture" in _refus(archive, OuvertureDArchive((), clefs.signataire))


def test_une_archive_grimpante_est_refusee_meme_signee(
    monde: Monde, clefs: Clefs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evasion = [("fichiers/../../../evasion.py", tmp_path / "cles" / "lecture.txt")]
    monkeypatch.setattr(emports, "fichiers_des_rayons", lambda: evasion)
    sauvegarder(tmp_path / "tout")
    ouverture = OuvertureDArchive(cles.identites(clefs.lecture.read_text()), clefs.signataire)
    assert "abîmée" in _refus(tmp_path / "tout", ouverture)


def test_une_archive_d_un_autre_jour_se_dit(monde: Monde, clefs: Clefs, tmp_path: Path) -> None:
    sauvegarder(archive := tmp_path / "tout")
    ouverture = OuvertureDArchive(cles.identites(clefs.lecture.read_text()), clefs.signataire)
    jour = timezone.localdate()
    ouvrir(archive, ouverture._replace(jour=jour))
    autre = ouverture._replace(jour=jour - timedelta(days=1))
    assert f"est du {jour:%d/%m/%Y}" in _refus(archive, autre)
    vieille = "2026-03-03T10:00:00+00:00"
    with pytest.raises(ArchiveImpossible, match=r"est du 03/03/2026, il y a .* --du 2026-03-03"):
        _verifier_le_jour(vieille, None)
    _verifier_le_jour(vieille, date(2026, 3, 3))


def test_sans_cles_la_production_refuse_et_la_demonstration_le_dit(
    monde: Monde, tmp_path: Path, settings: Settings
) -> None:
    bilan = sauvegarder(tmp_path / "demonstration")
    assert (bilan.chiffree, bilan.signee) == (False, False)
    settings.DEMONSTRATION = False
    with pytest.raises(ArchiveImpossible, match=r"DESTINATAIRE et .*SIGNATURE.*--en-clair"):
        sauvegarder(tmp_path / "rien")
    assert not (tmp_path / "rien").exists()
    assert not sauvegarder(tmp_path / "clair", en_clair=True).chiffree
    ouvrir(tmp_path / "clair", OuvertureDArchive())
    # Who expects a signature is not given less.
    (tmp_path / "cles").mkdir()
    attendue = OuvertureDArchive((), fabriquer(tmp_path / "cles").signataire)
    assert "n’est pas signée" in _refus(tmp_path / "clair", attendue)


def _manifeste(base: bytes) -> dict[str, Any]:
    return {
        "format": 1, "fait_le": timezone.now().isoformat(), "moteur": "sqlite", "migrations": [],
        "lignes": {}, "fichiers": {"base/base.sqlite3": hashlib.sha256(base).hexdigest()},
    }  # fmt: skip


def _ancienne(chemin: Path, manifeste: bytes, base: bytes) -> None:
    """An archive of the first format, by anybody."""
    with tarfile.open(chemin, "w") as tar:
        for nom, contenu in (("manifeste.json", manifeste), ("base/base.sqlite3", base)):
            membre = tarfile.TarInfo(nom)
            membre.size = len(contenu)
            tar.addfile(membre, io.BytesIO(contenu))


@pytest.mark.parametrize(
    "change",
    [
        {"fichiers": {}}, {"fichiers": []}, {"migrations": 5}, {"migrations": [["a"]]}, {"lignes": None},
        {"moteur": 1}, {"fait_le": 5}, {"fait_le": "2026-11-29"}, {"fait_le": "2026-11-29T10:00:00"},
        {"fait_le": "9999-12-31T23:59:59+00:00"}, {"fichiers": {"base/a.copy": "0"}},
    ],
    ids=str,
)  # fmt: skip
def test_un_manifeste_ecrit_par_n_importe_qui_se_refuse_en_mots(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    fausse = tmp_path / "fausse"
    _ancienne(fausse, json.dumps({**_manifeste(b"une base"), **change}).encode(), b"une base")
    assert "rien n’est restauré" in _refus(fausse, OuvertureDArchive())


@pytest.mark.parametrize("brut", [b"[" * 200_000, b"[]", b'{"format": 1}', b"9" * 6000], ids=len)
def test_un_manifeste_qui_n_en_est_pas_un_se_refuse_en_mots(tmp_path: Path, brut: bytes) -> None:
    """Read before any signature can be: an old archive has none."""
    (tmp_path / "cles").mkdir()
    _ancienne(tmp_path / "fausse", brut, b"une base")
    for signataire in (None, fabriquer(tmp_path / "cles").signataire):
        assert "rien n’est restauré" in _refus(
            tmp_path / "fausse", OuvertureDArchive((), signataire)
        )


def test_l_ancien_format_se_restaure_si_on_le_dit(tmp_path: Path) -> None:
    ancienne, base = tmp_path / "ancienne.tar", b"une base"
    _ancienne(ancienne, json.dumps(_manifeste(base)).encode(), base)
    source = ouvrir(ancienne, OuvertureDArchive())
    assert [(nom, flux.read()) for nom, flux in source.membres("base")] == [
        ("base/base.sqlite3", base)
    ]
    (tmp_path / "cles").mkdir()
    signataire = fabriquer(tmp_path / "cles").signataire
    assert "--sans-signature" in _refus(ancienne, OuvertureDArchive((), signataire))


def test_ce_qu_une_piece_range_est_sauvegarde(monde: Monde, tmp_path: Path) -> None:
    """A shelf declares itself; what nobody declares is named, not forgotten."""
    rayons = {un.rayon for un in rangements()}
    assert {"pieces", "lettres", "quarantaine"} <= set(emports.rayons_sauves())
    attendus = set()
    for rayon in rayons:
        nom = rayon.ranger(b"contenu")
        if not rayon.derivable:
            attendus.add(f"fichiers/{nom}")
    (reglages.MEDIA_ROOT / "inconnu").mkdir()
    (reglages.MEDIA_ROOT / "lots").mkdir()
    bilan = sauvegarder(tmp_path / "tout")
    assert bilan.inconnus == ("inconnu",)
    assert attendus <= set(ouvrir(tmp_path / "tout", OuvertureDArchive()).manifeste["fichiers"])


def test_une_reserve_est_une_partie_a_part(
    monde: Monde, clefs: Clefs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendus = {}

    def copier(dossier: Path) -> None:
        (dossier / "coffre.bin").write_bytes(b"un secret")

    def remettre(dossier: Path) -> None:
        rendus.update({un.name: un.read_bytes() for un in dossier.iterdir()})

    monkeypatch.setitem(emports._RESERVES, "coffre", emports.Reserve("coffre", copier, remettre))
    archive = tmp_path / "tout"
    sauvegarder(archive)
    with tarfile.open(archive) as tar:
        assert "coffre.tar.age" in tar.getnames()
    ouverture = OuvertureDArchive(cles.identites(clefs.lecture.read_text()), clefs.signataire)
    source = ouvrir(archive, ouverture)
    remettre_les_reserves(source)
    assert rendus == {"coffre.bin": b"un secret"}


def test_une_sauvegarde_n_en_ecrase_pas_une_autre(monde: Monde, tmp_path: Path) -> None:
    archive = tmp_path / "tout"
    sauvegarder(archive)
    with pytest.raises(ArchiveImpossible, match="existe déjà"):
        sauvegarder(archive)
    assert not list(tmp_path.glob("*.partiel"))
    assert compter()["dossiers_dossier"] == 1
    assert str(reglages.MEDIA_ROOT).startswith(str(tmp_path))
