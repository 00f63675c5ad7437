"""Which database: the embedded SQLite by default, PostgreSQL by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from binome.socle.delais import LONGS, Delais

if TYPE_CHECKING:
    from pathlib import Path

FILS: Final = 8
"""The threads of a process that answers pages: each holds one connection at most."""
CONNEXIONS: Final[dict[str, Any]] = {
    "min_size": 1,
    "max_size": FILS + 2,
    "max_lifetime": 1800.0,
    "max_idle": 300.0,
    # A try that fails is tried again later and later, within this: a restarted server is found again
    # by the next request, and not after minutes of patience.
    "reconnect_timeout": 4.0,
}
"""The pool of one process, in connections and seconds."""
JOINDRE: Final[dict[str, Any]] = {
    "connect_timeout": 4,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""A machine that vanished without a word is noticed: seconds, then milliseconds for the last."""


def base_de_donnees(adresse: str, dossier: Path, delais: Delais = LONGS) -> dict[str, Any]:
    """The Django settings of one database, whose address was read with the setting.

    A socket is named as libpq does: `postgresql://user@/base?host=/run/postgresql`.
    """
    if not adresse:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": dossier / "binome.sqlite3",
            "OPTIONS": {
                # Without both, concurrent writers end in "database is locked".
                "transaction_mode": "IMMEDIATE",
                "timeout": delais.verrou / 1000,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                # What is erased is overwritten in the file.
                "PRAGMA secure_delete=ON;",
            },
            "TEST": {"NAME": None},
        }
    morceaux = urlsplit(adresse)
    bornes = {
        "statement_timeout": delais.ordre,
        "lock_timeout": delais.verrou,
        "idle_in_transaction_session_timeout": delais.inactive,
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(morceaux.path.lstrip("/")),
        "USER": unquote(morceaux.username or ""),
        "PASSWORD": unquote(morceaux.password or ""),
        "HOST": parse_qs(morceaux.query).get("host", [morceaux.hostname or ""])[0],
        "PORT": str(morceaux.port or ""),
        # The pool tries a connection before it lends it: one that a restart cut is replaced.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {**CONNEXIONS, "timeout": delais.connexion / 1000},
            "options": " ".join(f"-c {nom}={valeur}" for nom, valeur in bornes.items()),
            **JOINDRE,
        },
    }
