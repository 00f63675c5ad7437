"""Nobody is left of who was erased: every byte of the installation is searched, and of an older backup restored.

Values of PostgreSQL that pass two kilobytes are kept compressed, where a search of bytes is blind: the test has
them kept as they are, and the values are asked of the database too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from outils import postgresql

from tests.charge.service import installation
from tests.effacement.fouille import formes, fouiller, trouver
from tests.effacement.vie import ADRESSE, MOTS, NOM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.charge.service import Service

TENIR = """
import sqlite3, sys
base = sqlite3.connect(sys.argv[1])
base.execute("SELECT count(*) FROM journal_entree").fetchone()
print("ouverte", flush=True)
sys.stdin.read()
"""

CHIFFRES = {
    "facteurs perdus",
    "retrait",
    "contenu d’une pièce",
    "quarantaine",
}
"""What no row ever held in clear: the journal alone keeps it, encrypted, or a shelf does."""


@dataclass
class Maison:
    """An installation, and everything that its programs printed."""

    service: Service
    donnees: Path
    dit: list[str] = field(default_factory=list)

    def lancer(self, *mots: str, code: int = 0) -> str:
        """What a program of the house prints. Raises AssertionError for another exit code."""
        fait = subprocess.run(
            [sys.executable, "-m", *mots],
            env={**self.service.env, "BINOME_JOURNAL": "INFO"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert fait.returncode == code, (mots, fait.stdout[-2000:], fait.stderr[-4000:])
        self.dit += [fait.stdout, fait.stderr]
        return fait.stdout

    def vie(self, *mots: str) -> dict[str, object]:
        """One step of the story; what it answers is not a log."""
        lu: dict[str, object] = json.loads(self.lancer("tests.effacement.vie", *mots))
        self.dit.pop(-2)
        return lu

    def rien_ne_reste(self) -> object:
        """Nobody in the values, nor in the sessions; the journal holds. Whose the readings are."""
        dit = self.vie("constater")
        assert dit["journal"] == "None"
        assert trouver(json.dumps(dit, ensure_ascii=False).encode(), MOTS) == set()
        return dit["lectures"]


@contextmanager
def _ouverte_ailleurs(base: Path) -> Iterator[None]:
    """Somebody else has the database open: its write-ahead log outlives the programs that end.

    In another process: a file that is read and closed here would lose the locks held here.
    """
    commande = [sys.executable, "-c", TENIR, str(base)]
    with subprocess.Popen(commande, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as autre:
        assert autre.stdout is not None
        assert autre.stdin is not None
        assert autre.stdout.readline() == b"ouverte\n"
        try:
            yield
        finally:
            autre.stdin.close()


def _effacer(maison: Maison, elle: dict[str, object]) -> None:
    """At their request, at the term, and by the operator; then the jobs pass."""
    maison.vie("effacer", str(elle["decide"]), str(elle["retire"]))
    dit = maison.lancer("binome", "comptes", "clore", ADRESSE, "--motif", "Demande de la personne")
    assert f"Le compte n° {elle['personne']} est clos." in dit
    maison.lancer("binome", "travaux", "--une-fois")


def _fichiers(racine: Path) -> list[str]:
    return [un.name for un in racine.rglob("*") if un.is_file()]


def test_la_recherche_trouve_ce_qui_est_ecrit() -> None:
    for mot in (NOM, ADRESSE):
        for une in chain(*formes(mot)):
            assert trouver(b"avant " + une + b" apres", {"mot": mot}) == {"mot"}
    assert trouver(NOM.upper().encode(), {"mot": NOM}) == set(), (
        "capitals of accents are not folded"
    )
    assert trouver(b"=51uizmirh=C3=\r\n=B4ld"[3:], {"mot": NOM[1:]}) == {"mot"}
    assert trouver(b"autre chose", MOTS) == set()


@pytest.mark.long(15)
@pytest.mark.sqlite
def test_rien_ne_reste_de_qui_est_efface(tmp_path: Path) -> None:
    maison = Maison(installation(tmp_path / "donnees", ""), tmp_path / "donnees")
    archive = tmp_path / "ancienne.binome"
    elle = maison.vie("vivre", str(archive))
    base = maison.donnees / "binome.sqlite3"
    with _ouverte_ailleurs(base):
        avant = fouiller([maison.donnees], MOTS)
        assert avant["donnees/binome.sqlite3"] == set(MOTS) - CHIFFRES
        assert {Path(un).parent.name for un in avant} == {
            "donnees", "courrier", "pieces", "quarantaine"
        }  # fmt: skip
        for rayon in ("lettres", "apercus"):
            assert _fichiers(maison.donnees / "fichiers" / rayon), (
                "compressed: the words are not seen"
            )
        _effacer(maison, elle)
        assert base.with_name(f"{base.name}-wal").is_file(), "the log is searched as well"
        assert fouiller([maison.donnees], MOTS) == {}
    assert _fichiers(maison.donnees / "fichiers") == []
    assert maison.rien_ne_reste() == [None], "read, and no longer by anyone"
    assert trouver("\n".join(maison.dit).encode(), MOTS) == set()
    _restaurer(maison, archive, installation(tmp_path / "ailleurs", ""), tmp_path / "ailleurs")


def _restaurer(maison: Maison, archive: Path, service: Service, donnees: Path) -> Maison:
    """An older backup, put back elsewhere: who was erased since comes back with it, and goes again."""
    assert trouver(archive.read_bytes(), MOTS) >= set(MOTS) - CHIFFRES
    ailleurs = Maison(service, donnees)
    registre = str(maison.donnees / "effacements.jsonl")
    dit = ailleurs.lancer("binome", "restaurer", str(archive), "--effacements", registre)
    assert "Effacements refaits : 3" in dit
    assert ("binome donnees purger" in dit) == bool(service.env["DATABASE_URL"])
    assert fouiller([donnees], MOTS) == {}
    assert _fichiers(donnees / "fichiers") == []
    return ailleurs


@pytest.fixture
def grappe() -> Iterator[postgresql.Grappe]:
    """A PostgreSQL of this test's own, whose every file may be read."""
    programmes = os.environ.get("BINOME_POSTGRESQL")
    if not programmes:
        pytest.skip("sans PostgreSQL")
    with postgresql.grappe(Path(programmes)) as une:
        yield une


TELLES_QUELLES = """
SELECT format('ALTER TABLE %s ALTER COLUMN %I SET STORAGE EXTERNAL', a.attrelid::regclass, a.attname)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attstorage = 'x' AND a.attnum > 0
  AND NOT a.attisdropped
"""
"""Long values kept as they are written, so that a search of bytes sees them."""


def _executer(adresse: str, *ordres: str) -> None:
    """What an administrator of PostgreSQL asks of it."""
    with psycopg.connect(adresse, autocommit=True) as prise:
        for ordre in ordres:
            prise.execute(ordre)


def _deux_roles(grappe: postgresql.Grappe, maison: Maison) -> None:
    """One role owns the tables, another serves; nothing is compressed."""
    sql = maison.lancer("binome", "base", "roles", "--proprietaire", "lui", "--application", "elle")
    # `\\gexec` is psql's: what it would run is asked for, then run.
    _executer(grappe.adresse(), "CREATE ROLE lui LOGIN", "CREATE ROLE elle LOGIN")
    sans = "\n".join(un for un in sql.splitlines() if not un.startswith(("SELECT", "(SELECT")))
    _executer(grappe.adresse(), sans)
    maison.lancer("binome", "base", "migrer")
    with psycopg.connect(grappe.adresse(), autocommit=True) as prise:
        for (ordre,) in prise.execute(TELLES_QUELLES).fetchall():
            prise.execute(ordre)


def _regler(grappe: postgresql.Grappe) -> None:
    """As in production but for the logs, which are let go instead of used again."""
    with (grappe.donnees / "postgresql.conf").open("a", encoding="utf-8") as reglages:
        reglages.write("full_page_writes=on\nwal_recycle=off\n")
    grappe.commander("-m", "fast", "restart")


@pytest.mark.long(90)
def test_rien_ne_reste_dans_les_fichiers_de_postgresql(
    tmp_path: Path, grappe: postgresql.Grappe
) -> None:
    _regler(grappe)
    adresses = {un: grappe.adresse(role=un) for un in ("elle", "lui")}
    service = installation(tmp_path / "donnees", adresses["elle"])
    service = replace(service, env={**service.env, "BINOME_BASE_PROPRIETAIRE": adresses["lui"]})
    maison = Maison(service, tmp_path / "donnees")
    _deux_roles(grappe, maison)
    archive = tmp_path / "ancienne.binome"
    elle = maison.vie("vivre", str(archive))
    # The samples of the columns hold names as well.
    _executer(grappe.adresse(), "ANALYZE", "CHECKPOINT")
    avant = fouiller([grappe.dossier], MOTS)
    for lieu in ("/base/", "/pg_wal/"):
        la = set().union(*(dits for nom, dits in avant.items() if lieu in nom))
        assert la >= set(MOTS) - CHIFFRES, lieu
    with psycopg.connect(grappe.adresse()) as ancienne:
        ancienne.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        ancienne.execute("SELECT count(*) FROM pg_class")
        _effacer(maison, elle)
        assert maison.rien_ne_reste() == [None]
        assert fouiller([grappe.dossier], MOTS), "dead rows and logs"
        maison.lancer("binome", "donnees", "purger", code=1)
        assert "une transaction encore ouverte les voit" in maison.dit[-1]
        assert "pg_checkpoint" in maison.dit[-1]
    droits = ("GRANT pg_checkpoint TO lui", "GRANT EXECUTE ON FUNCTION pg_switch_wal() TO lui")
    _executer(grappe.adresse(), *droits)
    dit = maison.lancer("binome", "donnees", "purger")
    assert "Rien de ce qui a été effacé ne reste" in dit
    assert fouiller([grappe.dossier, maison.donnees], MOTS) == {}
    assert trouver("\n".join(maison.dit).encode(), MOTS) == set()
    _executer(grappe.adresse(), "CREATE DATABASE ailleurs")
    autre = installation(tmp_path / "ailleurs", grappe.adresse(base="ailleurs"))
    ailleurs = _restaurer(maison, archive, autre, tmp_path / "ailleurs")
    assert ailleurs.rien_ne_reste() == []
    assert fouiller([grappe.dossier], MOTS), "the rows of before the erasure was done again"
    ailleurs.lancer("binome", "donnees", "purger")
    assert fouiller([grappe.dossier], MOTS) == {}
