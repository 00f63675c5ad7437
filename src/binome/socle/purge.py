"""Making what was erased really gone from the files of the database, which keeps old rows beside the new ones.

What was done and what could not be are told in French, for who operates.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection

from binome.typographie import compter

if TYPE_CHECKING:
    from collections.abc import Iterator


class PurgeImpossible(Exception):
    """Nothing can be purged here; the message says what to do."""


class Purge(NamedTuple):
    """What was done, and what is left: each a sentence in French."""

    faits: tuple[str, ...]
    restes: tuple[str, ...]


SIENNES: Final = """
SELECT c.oid::regclass::text, pg_has_role(c.relowner, 'USAGE') FROM pg_class c
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1"""
POSSEDE: Final = """
SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()"""
STATISTIQUES: Final = "pg_catalog.pg_statistic"
"""Where ANALYZE keeps samples of the columns: names and addresses among them."""
PEUT_CHANGER_DE_JOURNAL: Final = "SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE')"
GARDES: Final = {
    "SELECT current_setting('wal_recycle') = 'on'": "PostgreSQL garde ses anciens journaux pour les "
    "réutiliser, et leur contenu reste jusque-là. Posez wal_recycle = off, puis recommencez.",
    "SELECT current_setting('archive_mode') <> 'off'": "Les journaux sont archivés (archive_mode) : "
    "effacez les archives d’avant ce jour.",
    "SELECT setting::int > 0 FROM pg_settings WHERE name = 'wal_keep_size'": "wal_keep_size garde "
    "d’anciens journaux. Posez-le à 0, puis recommencez.",
    "SELECT EXISTS (SELECT FROM pg_replication_slots)": "Une copie de la base suit celle-ci "
    "(pg_replication_slots) : d’anciens journaux l’attendent, et elle se purge de son côté.",
}
"""What keeps old logs of PostgreSQL although a checkpoint has passed, and what to say of it."""


def purger() -> Purge:
    """Rewrites the database without what was erased, and lets go of what it had written ahead.

    Each table is closed to the site while it is rewritten. Raises PurgeImpossible, DatabaseError.
    """
    return _purger_sqlite() if connection.vendor == "sqlite" else _purger_postgresql()


def _purger_sqlite() -> Purge:
    with connection.cursor() as curseur:
        # The copy that it makes meanwhile is in clear: beside the data, as for a backup.
        place = str(settings.DONNEES).replace("'", "''")
        curseur.execute(f"PRAGMA temp_store_directory='{place}'")
        curseur.execute("PRAGMA secure_delete=ON")
        curseur.execute("VACUUM")
        curseur.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        occupe = curseur.fetchone()[0]
    faits = "La base est réécrite sans ce qui était effacé."
    if occupe:
        reste = "Quelqu’un lisait : le journal d’écriture (-wal) n’est pas vidé. Recommencez."
        return Purge((faits,), (reste,))
    return Purge((faits, "Le journal d’écriture (-wal) est vidé."), ())


def _purger_postgresql() -> Purge:
    with connection.cursor() as curseur:
        curseur.execute(SIENNES)
        tables = curseur.fetchall()
        if not any(sienne for _, sienne in tables):
            raise PurgeImpossible(
                "Ce rôle ne possède pas les tables : donnez l’adresse du propriétaire dans "
                "BINOME_BASE_PROPRIETAIRE (docs/exploitation.md)."
            )
        curseur.execute(POSSEDE)
        base_possedee = curseur.fetchone()[0]
    restes = [f"La table {nom} est à un autre rôle." for nom, sienne in tables if not sienne]
    a_reecrire = [nom for nom, sienne in tables if sienne]
    with _sans_limite():
        for nom in a_reecrire:
            restes += _reecrire(nom)
        # After the tables: their samples were just taken again.
        if base_possedee:
            restes += _reecrire(STATISTIQUES)
        else:
            restes.append(
                "Les statistiques du serveur gardent des valeurs : donnez la base au propriétaire "
                "(binome base roles)."
            )
        faits = [f"Tables réécrites sans ce qui était effacé : {len(a_reecrire)}."]
        journaux = _lacher_les_journaux()
    return Purge((*faits, *journaux.faits), (*restes, *journaux.restes))


@contextmanager
def _sans_limite() -> Iterator[None]:
    """Rewriting a large table takes the time it takes; a lock is still not waited for for ever."""
    with connection.cursor() as curseur:
        curseur.execute("SHOW statement_timeout")
        avant = curseur.fetchone()[0]
        curseur.execute("SET statement_timeout = 0")
        try:
            yield
        finally:
            curseur.execute("SELECT set_config('statement_timeout', %s, false)", [avant])


def _reecrire(table: str) -> list[str]:
    """Rewrites one table, and takes its samples again; what is left of it, in sentences."""
    mortes: list[int] = []

    def noter(avis: Any) -> None:
        # « 3 dead row versions cannot be removed yet », in the language of the server.
        if trouve := re.match(r"\d+", avis.message_detail or ""):
            mortes.append(int(trouve[0]))

    try:
        with connection.cursor() as curseur:
            lien = connection.connection
            lien.add_notice_handler(noter)
            try:
                curseur.execute(f"VACUUM (FULL, ANALYZE, VERBOSE) {table}")
            finally:
                lien.remove_notice_handler(noter)
    except DatabaseError as refus:
        return [f"La table {table} est restée telle quelle ({type(refus).__name__}). Recommencez."]
    if any(mortes):
        return [
            f"La table {table} garde {compter(sum(mortes), 'ligne effacée', 'lignes effacées')} : une transaction encore ouverte "
            "les voit. Attendez sa fin, ou arrêtez les travaux, puis recommencez."
        ]
    return []


def _lacher_les_journaux() -> Purge:
    """Starts another write-ahead log, so that the old ones may go; what keeps them."""
    with connection.cursor() as curseur:
        try:
            # The first lets go of the former files of the tables, the second of the former logs.
            curseur.execute("CHECKPOINT")
            curseur.execute(PEUT_CHANGER_DE_JOURNAL)
            if not curseur.fetchone()[0]:
                return Purge((), (_droit("GRANT EXECUTE ON FUNCTION pg_switch_wal() TO"),))
            curseur.execute("SELECT pg_switch_wal()")
            curseur.execute("CHECKPOINT")
        except DatabaseError:
            return Purge((), (_droit("GRANT pg_checkpoint TO"),))
        restes = []
        for question, phrase in GARDES.items():
            curseur.execute(question)
            if curseur.fetchone()[0]:
                restes.append(phrase)
    return Purge(("Les anciens journaux d’écriture sont rendus.",), tuple(restes))


def _droit(ordre: str) -> str:
    return (
        "Les journaux d’écriture de PostgreSQL gardent ce qui a été effacé. Une personne qui administre "
        f"PostgreSQL donne ce droit ({ordre} le propriétaire), puis recommencez."
    )
