"""When the last backup was made: a note in the data folder, for who watches; it names no file and no one."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings

NOTE: Final = "sauvegarde.json"


def _chemin() -> Path:
    return Path(settings.DONNEES) / NOTE


def noter(le: datetime | None = None) -> None:
    """Writes that a backup is whole. A folder that refuses does not spoil the backup."""
    instant = (le or datetime.now(UTC)).isoformat(timespec="seconds")
    with contextlib.suppress(OSError):
        provisoire = _chemin().with_name(f".{NOTE}")
        provisoire.write_text(json.dumps({"instant": instant}), encoding="utf-8")
        provisoire.replace(_chemin())


def derniere() -> datetime | None:
    """When it was; None when none was made here, or when the note cannot be read."""
    try:
        return datetime.fromisoformat(json.loads(_chemin().read_bytes())["instant"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
