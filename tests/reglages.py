"""The settings of the tests: a demonstration's, made stricter where a bad habit could hide."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("BINOME_DEMONSTRATION", "1")
if "BINOME_DONNEES" not in os.environ:
    os.environ["BINOME_DONNEES"] = tempfile.mkdtemp(prefix="binome-tests-")
    atexit.register(shutil.rmtree, os.environ["BINOME_DONNEES"], ignore_errors=True)
# Workers write in databases of their own: so are their keys, their shelves and all that stands beside a database.
if (ouvrier := os.environ.get("PYTEST_XDIST_WORKER", "")) and (
    (donnees := Path(os.environ["BINOME_DONNEES"])).name != ouvrier
):
    os.environ["BINOME_DONNEES"] = str(donnees / ouvrier)

from binome.socle.reglages import *  # noqa: F403
from binome.socle.reglages import DATABASES, DONNEES, INSTALLED_APPS, STATIC_ROOT, TEMPLATES


class Manquante(str):
    """What a template shows for a variable that does not exist: it fails instead."""

    __slots__ = ()

    def __contains__(self, cle: object) -> bool:
        """Django asks whether the text holds a place for the name."""
        return True

    def __mod__(self, nom: object) -> str:
        """Raises: the template names a variable that the view does not give."""
        raise AssertionError(f"variable de gabarit inconnue : {nom}")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Manquante("%s")
SECOND_FACTEUR_EXIGE = True
PASSWORD_HASHERS = ["tests.hachage.Leger"]
# It watches nothing but where a test asks it to.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal", "tests.gestes.atelier"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# Several threads write at once in the tests, as in life: SQLite in memory would lock whole tables
# between them, where a file in WAL mode, as in production, does not.
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # The tables come from the models in a fifth of a second, where 81 migrations take four; see tests/tables.py.
    DATABASES["default"]["TEST"] = {"NAME": str(DONNEES / "essais.sqlite3"), "MIGRATE": False}
    DONNEES.mkdir(parents=True, exist_ok=True)
elif "ESSAIS_MODELE" in os.environ:
    # The migrations were played once, by outils/postgresql.py.
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["ESSAIS_MODELE"]}
