"""The made-up world of the tests: the same sixty dossiers, drawn and written once in a process."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings as reglages
from django.test import override_settings

from binome.exemples.acces import MOT_DE_PASSE
from binome.exemples.monde import charger
from tests.souvenirs import remembre

if TYPE_CHECKING:
    from pytest_django import Settings

JOUR: Final = date(2026, 11, 25)


@remembre
def _ecrire(taille: int) -> Path:
    """Writes the world; gives where its files are, which are there again when its rows are."""
    fichiers = Path(tempfile.mkdtemp(prefix="jeu-", dir=reglages.DONNEES))
    with override_settings(MEDIA_ROOT=fichiers):
        charger(taille, graine=3, jour=JOUR, mot_de_passe=MOT_DE_PASSE)
    return fichiers


def jouer(settings: Settings, fichiers: Path, taille: int = 60) -> None:
    """The world in an empty database, and its files in a folder of one's own."""
    shutil.copytree(_ecrire(taille), fichiers)
    settings.MEDIA_ROOT = fichiers
