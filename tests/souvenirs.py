"""Worlds that are made once in a process, and written again for the next test that asks for the same.

What a maker of a world wrote is kept as rows, with what it gave back. The same maker, called with the same
arguments where the database is in the same state, finds its rows written again, in a few milliseconds. Where anything differs (a state that no maker left, another clock, other settings, something
patched, a transaction of one's own, PostgreSQL) it is called for good; and where its rows are old: a slot that was to end in ten
minutes would be over.
"""

from __future__ import annotations

import pickle
import re
from dataclasses import dataclass, field
from functools import wraps
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

import pytest
from django.conf import UserSettingsHolder, settings
from django.db import connection, transaction
from django.utils import timezone

from binome.journal import trousseau
from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

P = ParamSpec("P")
R = TypeVar("R")
Tables = dict[str, dict[int, tuple[Any, ...]]]

ECRIT: Final = re.compile(
    r'\s*(?:(?:INSERT(?: OR \w+)?|REPLACE) INTO|UPDATE|DELETE FROM)\s+"?(\w+)'
)
VIERGE: Final = """
    SELECT NOT (
        EXISTS (SELECT 1 FROM journal_entree)
        OR EXISTS (SELECT 1 FROM comptes_personne)
        OR EXISTS (SELECT 1 FROM comptes_organisation)
    )
"""
SANS_EFFET: Final = {"LECTURES", "MEDIA_ROOT"}
"""Settings that no maker reads."""
VIEUX: Final = 300
"""Seconds that a world is written again for."""
HORLOGE: Final = (timezone.now, timezone.localdate, timezone.localtime)


@dataclass
class Souvenir:
    """The rows that went and came in each table, the keys that they lean on, and what was given back.

    `numero` is its own: what was made on top of a world is not written again on one that was made anew.
    """

    rendu: bytes
    numero: int = field(default_factory=count(1).__next__)
    depuis: float = field(default_factory=monotonic)
    parties: dict[str, list[tuple[int]]] = field(default_factory=dict)
    venues: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    cles: dict[str, bytes] = field(default_factory=dict)
    ensuite: list[tuple[Callable[[], object], bool]] = field(default_factory=list)


class Memoire:
    """What the makers of this process wrote; and the state that the database is in, when a maker left it."""

    def __init__(self) -> None:
        self.souvenirs: dict[object, Souvenir] = {}
        self.etat: tuple[object, int] | None = None
        self.en_cours: list[Tables] = []
        self.rustine: pytest.MonkeyPatch | None = None

    def commencer(self, rustine: pytest.MonkeyPatch) -> None:
        """A test begins, on a database that nobody knows yet; what it patches is in `rustine`."""
        self.etat = None
        self.rustine = rustine

    def rustine_posee(self) -> bool:
        """Whether the test patched something."""
        return self.rustine is None or bool(self.rustine._setattr or self.rustine._setitem)

    def oublier(self) -> None:
        """Forgets all."""
        self.souvenirs.clear()
        self.etat = None

    def lieu(self) -> object | None:
        """The state of the database when it is known; None otherwise."""
        if self.etat is not None and self.etat[1] == _changements():
            return self.etat[0]
        with connection.cursor() as curseur:
            (vierge,) = curseur.execute(VIERGE).fetchone()
        return "" if vierge else None


MEMOIRE: Final = Memoire()


def _changements() -> int:
    """The rows that this connection ever changed: the same number twice, nothing was written between."""
    return int(connection.connection.total_changes)


def _alentours() -> object:
    """What else a maker leans on."""
    autres: Any = settings._wrapped  # type: ignore[misc] # where Django keeps what is changed for a time
    changes: dict[str, Any] = {}
    while isinstance(autres, UserSettingsHolder):
        changes = {**vars(autres), **changes}
        autres = autres.default_settings
    return (
        sorted((nom, repr(un)) for nom, un in changes.items() if nom.isupper() and nom not in SANS_EFFET),
        id(base_courante()),
        timezone.localdate(),
    )  # fmt: skip


def remembre(faire: Callable[P, R]) -> Callable[P, R]:
    """A maker of a world, whose rows are written again when it is called the same way at the same place."""

    @wraps(faire)
    def refaire(*args: P.args, **kwargs: P.kwargs) -> R:
        if (
            connection.vendor != "sqlite"
            or not connection.atomic_blocks
            or not all(vars(bloc)["_from_testcase"] for bloc in connection.atomic_blocks)
            or MEMOIRE.rustine_posee()
            or (timezone.now, timezone.localdate, timezone.localtime) != HORLOGE
            or (lieu := MEMOIRE.lieu()) is None
        ):
            return faire(*args, **kwargs)
        cle = (lieu, faire.__qualname__, pickle.dumps((args, kwargs)), repr(_alentours()))
        souvenir = MEMOIRE.souvenirs.get(cle)
        if souvenir is None or _vieilli(souvenir) or not _retrouver(souvenir):
            souvenir = MEMOIRE.souvenirs[cle] = _retenir(lambda: faire(*args, **kwargs))
        MEMOIRE.etat = (souvenir.numero, _changements())
        rendu: R = pickle.loads(souvenir.rendu)  # noqa: S301 - written here
        return rendu

    return refaire


def _vieilli(souvenir: Souvenir) -> bool:
    """Whether what is « now » in a world is so no more: a loaded machine takes more than ten minutes over all tests."""
    return monotonic() - souvenir.depuis > VIEUX


def _noter(table: str) -> None:
    """A table is about to be written: whoever is being kept from knows how it was."""
    for avant in MEMOIRE.en_cours:
        if table not in avant:
            avant[table] = _rangees(table)


def _executer(executer: Callable[..., Any], sql: str, *reste: Any) -> Any:
    if ecrit := ECRIT.match(sql):
        _noter(ecrit[1])
    return executer(sql, *reste)


def _retenir(faire: Callable[[], object]) -> Souvenir:
    """Calls a maker, and keeps what it wrote."""
    avant: Tables = {}
    cles: dict[str, bytes] = {}
    lire = trousseau.lire

    def tenir(sujets: Iterable[str]) -> dict[str, bytes]:
        cles.update(lues := lire(sujets))
        return lues

    MEMOIRE.en_cours.append(avant)
    deja = len(connection.run_on_commit)
    try:
        with connection.execute_wrapper(_executer), pytest.MonkeyPatch.context() as rustine:
            rustine.setattr(trousseau, "lire", tenir)
            rendu = faire()
    finally:
        MEMOIRE.en_cours.pop()
    inscrites: list[Any] = [une[1:] for une in connection.run_on_commit[deja:]]
    souvenir = Souvenir(pickle.dumps(rendu), cles=cles)
    souvenir.ensuite = [(suite, robuste) for suite, robuste in inscrites]
    for table, anciennes in avant.items():
        neuves = _rangees(table)
        souvenir.parties[table] = [
            (rang,) for rang, valeurs in anciennes.items() if neuves.get(rang) != valeurs
        ]
        souvenir.venues[table] = [
            valeurs for rang, valeurs in neuves.items() if anciennes.get(rang) != valeurs
        ]
    return souvenir


def _rangees(table: str) -> dict[int, tuple[Any, ...]]:
    """The rows of a table as SQLite holds them: behind a sign, a column has no type to be converted to."""
    sql = connection.connection
    noms = [colonne[1] for colonne in sql.execute(f'PRAGMA table_info("{table}")')]
    colonnes = ", ".join(f'+"{nom}"' for nom in noms)
    lues = sql.execute(f'SELECT rowid, {colonnes} FROM "{table}"')  # noqa: S608 - names of ours
    return {rang: tuple(valeurs) for rang, *valeurs in lues}


def _retrouver(souvenir: Souvenir) -> bool:
    """Writes again what a maker wrote; False when a key that it leaned on is another since."""
    tenues = trousseau.lire(souvenir.cles)
    if any(souvenir.cles[sujet] != cle for sujet, cle in tenues.items()):
        return False
    trousseau.poser({un: cle for un, cle in souvenir.cles.items() if un not in tenues})
    sql = connection.connection
    for table, rangs in souvenir.parties.items():
        _noter(table)
        sql.executemany(f'DELETE FROM "{table}" WHERE rowid = ?', rangs)  # noqa: S608 - names of ours
    for table, rangees in souvenir.venues.items():
        if rangees:
            places = ", ".join("?" * len(rangees[0]))
            sql.executemany(f'INSERT INTO "{table}" VALUES ({places})', rangees)  # noqa: S608 - names of ours
    for suite, robuste in souvenir.ensuite:
        transaction.on_commit(suite, robust=robuste)
    return True
