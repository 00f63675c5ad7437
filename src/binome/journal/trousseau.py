"""The keys of personal values, in a file of their own: never in the database, nor in its logs.

A key is on the disk before the entry that uses it commits; one whose entry never came is harmless.
Destroyed, its bytes are overwritten, which no database that logs its writes could promise.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import OperationalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TRANCHE: Final = 500
"""How many subjects one query names."""
PATIENCE: Final = 10.0
"""Seconds that a writer waits for another."""
TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS cle (sujet TEXT PRIMARY KEY, valeur BLOB NOT NULL) WITHOUT ROWID"
)


def chemin() -> Path:
    """Where the keys are."""
    return Path(settings.CLES)


@contextmanager
def _ouvert() -> Iterator[sqlite3.Connection]:
    """One connection, closed at once: nothing to share between threads, nor across a fork.

    Raises OperationalError, as a database that is away does.
    """
    try:
        with closing(
            sqlite3.connect(
                f"{chemin().absolute().as_uri()}?mode=rw",
                uri=True,
                timeout=PATIENCE,
                isolation_level=None,
            )
        ) as connexion:
            yield connexion
    except sqlite3.Error as faute:
        raise OperationalError("le trousseau des clés ne répond pas") from faute


@contextmanager
def _en_ecriture() -> Iterator[sqlite3.Connection]:
    """A transaction whose end is on the disk, folder included, and which overwrites what it deletes."""
    lieu = chemin()
    if not lieu.exists():
        lieu.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(lieu, os.O_RDWR | os.O_CREAT, 0o600))
    with _ouvert() as connexion:
        # No WAL: a destroyed key would stay in it until the next checkpoint.
        connexion.execute("PRAGMA journal_mode=DELETE")
        connexion.execute("PRAGMA synchronous=EXTRA")
        connexion.execute("PRAGMA secure_delete=ON")
        connexion.execute("BEGIN IMMEDIATE")
        try:
            connexion.execute(TABLE)
            yield connexion
        except BaseException:
            connexion.execute("ROLLBACK")
            raise
        connexion.execute("COMMIT")


def _tranches(sujets: Iterable[str]) -> Iterator[list[str]]:
    voulus = sorted(set(sujets))
    for debut in range(0, len(voulus), TRANCHE):
        yield voulus[debut : debut + TRANCHE]


def _places(tranche: list[str]) -> str:
    return ",".join("?" * len(tranche))


def lire(sujets: Iterable[str]) -> dict[str, bytes]:
    """The key of each subject that has one; nothing is written."""
    voulus = list(sujets)
    if not voulus or not chemin().is_file() or not chemin().stat().st_size:
        return {}
    lues: dict[str, bytes] = {}
    with _ouvert() as connexion:
        for tranche in _tranches(voulus):
            question = f"SELECT sujet, valeur FROM cle WHERE sujet IN ({_places(tranche)})"  # noqa: S608 - marks only
            lues.update(connexion.execute(question, tranche))
    return lues


def donner(sujets: Iterable[str]) -> dict[str, bytes]:
    """The key of each subject, made where there was none: on the disk once given."""
    voulus = set(sujets)
    connues = lire(voulus)
    if manquent := voulus - connues.keys():
        poser({sujet: Fernet.generate_key() for sujet in manquent})
        # Someone else may have made one meanwhile: theirs was kept.
        connues |= lire(manquent)
    return connues


def poser(cles: dict[str, bytes]) -> None:
    """Keeps keys; a subject that has one keeps its own."""
    if not cles:
        return
    with _en_ecriture() as connexion:
        connexion.executemany("INSERT OR IGNORE INTO cle VALUES (?, ?)", sorted(cles.items()))


def detruire(sujets: Iterable[str]) -> int:
    """Overwrites the keys of some subjects; how many there were."""
    connues = lire(sujets)
    if not connues:
        return 0
    with _en_ecriture() as connexion:
        connexion.executemany("DELETE FROM cle WHERE sujet = ?", [(un,) for un in sorted(connues)])
    return len(connues)


def reecrire() -> None:
    """Writes the file again without what was destroyed: a page that was rearranged may keep a copy.

    In memory meanwhile: no key is written elsewhere. Raises OperationalError.
    """
    if vide():
        return
    with _ouvert() as connexion:
        connexion.execute("PRAGMA secure_delete=ON")
        connexion.execute("PRAGMA temp_store=MEMORY")
        connexion.execute("VACUUM")


def copier(vers: Path) -> int:
    """Writes the keys of one instant into a file of one's own, for a backup; how many they are.

    Taken after the database: every entry that it holds then finds its key.
    """
    os.close(os.open(vers, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
    with closing(sqlite3.connect(vers)) as copie:
        if chemin().is_file():
            with _ouvert() as connexion:
                connexion.backup(copie)
        with copie:
            copie.execute(TABLE)
        return int(copie.execute("SELECT count(*) FROM cle").fetchone()[0])


def vide() -> bool:
    """Whether no key is kept here yet."""
    if not chemin().is_file() or not chemin().stat().st_size:
        return True
    with _ouvert() as connexion:
        return not connexion.execute("SELECT EXISTS (SELECT 1 FROM cle)").fetchone()[0]


def remettre(depuis: Path) -> None:
    """Keeps the keys of a copy; a subject that has one keeps its own."""
    with closing(sqlite3.connect(f"{depuis.absolute().as_uri()}?mode=ro", uri=True)) as copie:
        poser(dict(copie.execute("SELECT sujet, valeur FROM cle")))
