"""What every test may lean on: the embedded base, and answers out of plain objects."""

from __future__ import annotations

import asyncio
import atexit
import gc
import os
import time
from functools import partial
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.conf import settings as reglages
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.cache import caches
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, settings
from outils.oubli import oublier

from binome.cloison import lancement
from binome.journal.catalogue import Evenement, declarer_evenements
from binome.regles.courante import base_courante
from binome.regles.metiers.positionnement import positionner
from tests.cloison import fourche
from tests.souvenirs import MEMOIRE
from tests.tables import completer

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from pytest_django import DjangoDbBlocker

    from binome.regles.base import Base

ajout_seul = import_module("binome.journal.migrations.0002_ajout_seul")
racines_gardees = import_module("binome.journal.migrations.0007_racines_gardees")
millesimes_gardes = import_module("binome.donnees_ouvertes.migrations.0002_millesimes_gardes")
releves_gardes = import_module("binome.pilotage.migrations.0002_releves_gardes")

# The same examples at each run, and no timing: speed is measured elsewhere, in `bench`.
settings.register_profile(
    "binome", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("court", settings.get_profile("binome"), max_examples=15)


SEUIL: Final = 20_000
"""New objects between two looks for garbage; Python's own 700 looks through all that was collected."""
ANCIENS: Final = 100
"""Looks through the middle-aged between two through all: ten would go through every rule base again for nothing."""
CASES: Final = 70_000
"""Slots of one frame, so that a test starts on a stack of its own; see `_au_large`."""
DU_CADRE: Final = {"django_content_type", "auth_permission"}
"""What Django tells itself of the models: nobody writes there, and filling it again takes most of a flush."""


def _appeler(suite: Callable[[], object]) -> object:
    return suite()


_au_large = FunctionType(_appeler.__code__.replace(co_stacksize=CASES), globals())
"""Calls with room to spare: CPython 3.11 grows its stack by chunks, and a hot loop that lands on the
edge of one maps and unmaps memory at each call (python/cpython#142183)."""


def pytest_configure(config: pytest.Config) -> None:
    """A few of the examples among the quick tests; all of them with the long ones."""
    courts = str(config.getoption("-m")).startswith("not long")
    settings.load_profile("court" if courts else "binome")


def pytest_sessionstart() -> None:
    """Forgets what was computed before: under mutation, a process is forked after a first run."""
    oublier()
    MEMOIRE.oublier()
    gc.disable()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Each test is called with room on the stack."""
    item.runtest = partial(_au_large, item.runtest)  # type: ignore[method-assign] # this very test, not its class


def pytest_collection_finish() -> None:
    """What was collected stays to the end: looking through it again finds nothing."""
    gc.freeze()
    gc.set_threshold(SEUIL, 10, ANCIENS)
    gc.enable()
    # Once pytest has looked for what the tests left: what stays frozen is never torn down, which DuckDB
    # tells as a leak.
    atexit.register(gc.unfreeze)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """An open browser keeps a loop running in this thread: only its own tests see it.

    Nobody else may run one; and Django, who sees one, opens another connection to the database.
    """
    ici: Any = asyncio.events
    boucle = ici._get_running_loop()
    if boucle is None or "navigateur" in item.path.parts:
        return (yield)
    ici._set_running_loop(None)
    try:
        return (yield)
    finally:
        ici._set_running_loop(None if boucle.is_closed() else boucle)


def _rien(*_: object, **__: object) -> None:
    return None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    """Lets the database be emptied after a test that commits: the journal refuses it otherwise.

    The triggers are real for every test; the flush alone lifts them, and lays them again.
    """
    ops = type(connection.ops)
    vider = ops.sql_flush

    def sans_garde(
        self: Any,
        style: Any,
        tables: Any,
        *,
        reset_sequences: Any = False,
        allow_cascade: Any = False,
    ) -> list[str]:
        vides = [une for une in tables if une not in DU_CADRE]
        ordres = vider(
            self, style, vides, reset_sequences=reset_sequences, allow_cascade=allow_cascade
        )
        if "journal_entree" not in tables:
            return ordres
        if self.connection.vendor == "sqlite":
            gardes = {"journal_entree": ajout_seul.SQLITE.format(geste="effacer", ordre="DELETE")}
            gardes |= {
                table: racines_gardees.SQLITE.format(
                    table=table, geste="effacer", ordre="DELETE", quand=quand
                )
                for table, quand in racines_gardees.TABLES
            }
            gardes[millesimes_gardes.TABLE] = millesimes_gardes.SQLITE.format(
                geste="effacer", ordre="DELETE"
            )
            for table in releves_gardes.TABLES:
                gardes[table] = releves_gardes.SQLITE.format(
                    table=table, geste="effacer", ordre="DELETE"
                )
            levees = [f"DROP TRIGGER {table}_effacer" for table in gardes]
            return [*levees, *ordres, *gardes.values()]
        tenues = (
            "journal_entree",
            *(table for table, _ in racines_gardees.TABLES),
            millesimes_gardes.TABLE,
            *releves_gardes.TABLES,
        )
        lever, remettre = (
            [f"ALTER TABLE {table} {quoi} TRIGGER USER" for table in tenues]
            for quoi in ("DISABLE", "ENABLE")
        )
        return [*lever, *ordres, *remettre]

    with pytest.MonkeyPatch.context() as rustine:
        rustine.setattr(ops, "sql_flush", sans_garde)
        # What follows a flush only fills again the tables that stay full.
        rustine.setattr("django.core.management.commands.flush.emit_post_migrate_signal", _rien)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The tables of the tests, with what their models do not tell."""
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            completer()


@pytest.fixture(autouse=True)
def compteurs_neufs() -> None:
    """The attempts of one test do not count against the next: doors are limited by address."""
    caches["processus"].clear()


@pytest.fixture(autouse=True)
def cahiers_neufs() -> None:
    """What one test opened is not told of the next one's dossiers: worlds written again bear the same references."""
    for cahier in Path(reglages.LECTURES).glob("*"):
        cahier.unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def souvenirs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A world is written again only where no test patched what makes it."""
    MEMOIRE.commencer(monkeypatch)


@pytest.fixture(scope="session", autouse=True)
def lecteurs_prets() -> Iterator[None]:
    """What reads a file of unknown hands is forked from a program already loaded (`tests/cloison/fourche.py`)."""
    with pytest.MonkeyPatch.context() as rustine:
        if hasattr(os, "pidfd_open"):
            rustine.setattr(lancement, "demarrer", fourche.demarrer)
        yield


@pytest.fixture(scope="session", autouse=True)
def fichiers_du_site_lus_une_fois() -> Iterator[None]:
    """Each client of a test looks on the disk for the files of the site, as a server does once: they do not change."""
    intermediaire: Any = import_module("whitenoise.middleware").WhiteNoiseMiddleware
    chercher = intermediaire.add_files_from_finders
    lus: dict[str, dict[str, Any]] = {}

    def une_fois(self: Any) -> None:
        propres = {"files", "get_response", "media_types"}
        cle = repr(sorted((nom, repr(un)) for nom, un in vars(self).items() if nom not in propres))
        if cle not in lus:
            chercher(self)
            lus[cle] = dict(self.files)
        self.files.update(lus[cle])

    with pytest.MonkeyPatch.context() as rustine:
        rustine.setattr(intermediaire, "add_files_from_finders", une_fois)
        yield


@pytest.fixture(scope="session", autouse=True)
def essai_declare() -> None:
    """The journal refuses what no room declares: tests write « essai » about nothing."""
    declarer_evenements(Evenement("essai", "Un essai."))


@pytest.fixture(scope="session", autouse=True)
def entrees_entieres() -> Iterator[None]:
    """`force_login` stands for a whole sign-in: the second factor of who has one was asked for, and given."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 - models must be ready first

    entrer = Client.force_login

    def entierement(self: Client, user: Any, backend: str | None = None) -> None:
        if reglages.SESSION_COOKIE_NAME in self.cookies:
            entrer(self, user, backend)  # what it held before goes, or stays, as in life
            session = self.session
        else:
            # The same session, written once: Django makes an empty one first, and another by its side.
            session = import_module(reglages.SESSION_ENGINE).SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = backend or reglages.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        facteur = Authenticator.objects.filter(user=user.pk).order_by("pk").first()
        if facteur is not None:
            session["account_authentication_methods_user"] = str(user.pk)
            session["account_authentication_methods"] = [
                {"method": "mfa", "at": time.time(), "id": facteur.pk, "type": facteur.type}
            ]
        session.save()
        self.cookies[reglages.SESSION_COOKIE_NAME] = str(session.session_key)
        self.cookies[reglages.SESSION_COOKIE_NAME].update({"path": "/"})

    with pytest.MonkeyPatch.context() as rustine:
        rustine.setattr(Client, "force_login", entierement)
        yield


@pytest.fixture(scope="session")
def base() -> Base:
    """The embedded base."""
    return base_courante()


@pytest.fixture(scope="session")
def repondre(base: Base) -> Callable[..., dict[str, Any]]:
    """The JSON answer to a dossier given as keyword arguments."""

    def repondre(**faits: Any) -> dict[str, Any]:
        return positionner(base, base.lire(faits)).en_json()

    return repondre
