"""On PostgreSQL, the role that serves the site does its work, and can neither bend the journal nor the tables."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from outils import postgresql

from binome.journal.chaine import verifier
from binome.journal.models import Entree
from binome.reglages.reglage import ReglageRefuse
from binome.socle.roles_de_base import (
    creation,
    droits,
    prendre_le_role_du_proprietaire,
    sert_en_proprietaire,
)
from tests.dossiers.monde import construire, personne, propose

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.postgresql

sur_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'")
INTERDITS = (
    "DROP TRIGGER journal_entree_modifier ON journal_entree",
    "ALTER TABLE journal_entree DISABLE TRIGGER ALL",
    "ALTER TABLE dossiers_dossier DROP COLUMN nom",
    "DROP FUNCTION journal_ajout_seul() CASCADE",
    "CREATE OR REPLACE FUNCTION journal_ajout_seul() RETURNS trigger AS $$ BEGIN RETURN OLD; END $$ "
    "LANGUAGE plpgsql",
    "SET session_replication_role = replica",
    "DELETE FROM journal_entree",
    "UPDATE journal_entree SET geste = 'autre'",
    "TRUNCATE journal_entree CASCADE",
    "TRUNCATE dossiers_dossier CASCADE",
    "DELETE FROM django_migrations",
    "CREATE TABLE public.a_moi (x int)",
    "DROP TABLE courrier_message",
)


@pytest.fixture
def en_application(db: None) -> Iterator[None]:
    """The test is the role that serves, which goes away with the transaction."""
    with connection.cursor() as curseur:
        curseur.execute("CREATE ROLE essai_application")
        curseur.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        curseur.execute("; ".join(droits("essai_application")))
        # As at sign-in: a superuser who only takes the role could set what its own rights allow.
        curseur.execute("SET LOCAL SESSION AUTHORIZATION essai_application")
        yield
        curseur.execute("RESET SESSION AUTHORIZATION")


@sur_postgresql
def test_le_role_qui_sert_fait_le_travail_ordinaire(en_application: None) -> None:
    assert not sert_en_proprietaire(connection)
    monde = construire()
    dossier = propose(monde)
    assert Entree.objects.filter(geste="dossier.proposer").count() == 1
    assert dossier.etat == "proposition"
    assert verifier() is None
    assert personne("zoe").delete()[0] == 1


@sur_postgresql
def test_le_role_qui_sert_ne_change_ni_le_journal_ni_les_tables(en_application: None) -> None:
    construire()
    for ordre in INTERDITS:
        with pytest.raises(DatabaseError) as leve, transaction.atomic():
            connection.cursor().execute(ordre)
        assert getattr(leve.value.__cause__, "sqlstate", "") == "42501", ordre


@sur_postgresql
@pytest.mark.django_db
def test_un_seul_role_se_voit() -> None:
    assert sert_en_proprietaire(connection)


def test_deux_adresses_nomment_deux_roles() -> None:
    sans = {"DATABASE_URL": "postgresql://site@/base"}
    assert prendre_le_role_du_proprietaire(dict(sans)) == ""
    deux = {**sans, "BINOME_BASE_PROPRIETAIRE": "postgresql://lui@/base"}
    assert prendre_le_role_du_proprietaire(deux) == "site"
    assert deux == {"DATABASE_URL": "postgresql://lui@/base"}
    with pytest.raises(ReglageRefuse, match="même rôle"):
        prendre_le_role_du_proprietaire({**sans, "BINOME_BASE_PROPRIETAIRE": sans["DATABASE_URL"]})


def test_un_nom_de_role_ne_devient_jamais_un_ordre() -> None:
    assert 'CREATE ROLE "a""; DROP" LOGIN' in creation("base", 'a"; DROP', "b")


OUVRIR = """
import json, os
from binome.cli.serveur import ouvrir_la_base
ouvrir_la_base()
from django.db import connection
from tests.dossiers.monde import construire, propose
from binome.journal.chaine import verifier
dossier = propose(construire())
assert verifier() is None
with connection.cursor() as curseur:
    curseur.execute("SELECT current_user")
    qui = curseur.fetchone()[0]
print(json.dumps([qui, "BINOME_BASE_PROPRIETAIRE" in os.environ]))
"""


@pytest.mark.long(20)
@pytest.mark.skipif("not os.environ.get('BINOME_POSTGRESQL')")
def test_une_installation_a_deux_roles(tmp_path: Path) -> None:
    """From nothing: the SQL of the command, then a first start; then a role that tries what it may not."""
    bin_ = Path(os.environ["BINOME_POSTGRESQL"])
    with postgresql.grappe(bin_) as grappe:
        elle, lui = (grappe.adresse(role=un) for un in ("elle", "lui"))
        env = {**os.environ, "DATABASE_URL": elle, "BINOME_BASE_PROPRIETAIRE": lui,
               "BINOME_DONNEES": str(tmp_path), "BINOME_DEMONSTRATION": "1",
               "DJANGO_SETTINGS_MODULE": "binome.socle.reglages"}  # fmt: skip

        def lancer(*mots: str, **autres: Any) -> str:
            fini: subprocess.CompletedProcess[str] = subprocess.run(
                mots, env=env, capture_output=True, text=True, check=False, **autres
            )
            assert fini.returncode == 0, fini.stderr
            return fini.stdout

        sql = lancer(sys.executable, "-m", "binome", "base", "roles", "--proprietaire", "lui",
                     "--application", "elle")  # fmt: skip
        for _ in range(2):
            lancer(str(bin_ / "psql"), "-v", "ON_ERROR_STOP=1", "-h", str(grappe.dossier),
                   "-U", "binome", "binome", input=sql)  # fmt: skip
        assert json.loads(lancer(sys.executable, "-c", OUVRIR)) == ["elle", False]
        with psycopg.connect(elle, autocommit=True) as prise:
            for ordre in INTERDITS:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    prise.execute(ordre)
