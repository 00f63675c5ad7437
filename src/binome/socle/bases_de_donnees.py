"""Which database: the embedded SQLite by default, PostgreSQL by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from pathlib import Path


def base_de_donnees(adresse: str, dossier: Path) -> dict[str, Any]:
    """The Django settings of one database. Raises ImproperlyConfigured for another kind.

    A socket is named as libpq does: `postgresql://user@/base?host=/run/postgresql`.
    """
    if not adresse:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": dossier / "binome.sqlite3",
            "OPTIONS": {
                # Without both, concurrent writers end in "database is locked".
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
            "TEST": {"NAME": None},
        }
    morceaux = urlsplit(adresse)
    if morceaux.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_URL doit commencer par « postgresql:// » ; sans elle, SQLite est employé."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(morceaux.path.lstrip("/")),
        "USER": unquote(morceaux.username or ""),
        "PASSWORD": unquote(morceaux.password or ""),
        "HOST": parse_qs(morceaux.query).get("host", [morceaux.hostname or ""])[0],
        "PORT": str(morceaux.port or ""),
        "OPTIONS": {"pool": True},
    }
