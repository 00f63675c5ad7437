"""What the tests of the API lean on: a database that several threads may open, and its client."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from binome.api import travail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import Settings

os.environ.setdefault("BINOME_API_PAR_MINUTE", "0")


@pytest.fixture
def client() -> Client:
    """A client as a program is: no cookie, no CSRF token; a fault of ours is a 500, as in life."""
    return Client(SERVER_NAME="localhost", enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def dossier_des_lots(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """An empty folder for the files of lots; the thread has done with it before it goes."""
    settings.MEDIA_ROOT = tmp_path
    yield tmp_path / "lots"
    assert travail.attendre()
