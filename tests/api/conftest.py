"""What the tests of the API lean on: a database that several threads may open, and its client."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from binome.api import travail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

# A lot is worked on by another thread, with its own connection: SQLite in memory would lock whole
# tables between the two, where a file in WAL mode, as in production, does not.
if connections["default"].vendor == "sqlite":
    connections["default"].settings_dict["TEST"]["NAME"] = str(settings.DONNEES / "essais.sqlite3")
    settings.DONNEES.mkdir(parents=True, exist_ok=True)
os.environ.setdefault("BINOME_API_PAR_MINUTE", "0")


@pytest.fixture
def client() -> Client:
    """A client as a program is: no cookie, no CSRF token; a fault of ours is a 500, as in life."""
    return Client(SERVER_NAME="localhost", enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def dossier_des_lots(settings: SettingsWrapper, tmp_path: Path) -> Iterator[Path]:
    """An empty folder for the files of lots; the thread has done with it before it goes."""
    settings.MEDIA_ROOT = tmp_path
    yield tmp_path / "lots"
    travail._fil().submit(lambda: None).result(timeout=60)
