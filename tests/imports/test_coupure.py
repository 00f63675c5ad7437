"""An import killed while it works starts again where it was: nothing lost, nothing twice."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.imports.tableau import ligne_de, xlsx

if TYPE_CHECKING:
    from pathlib import Path


OUVRIER = """
import os, sys
os.environ["BINOME_DEMONSTRATION"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "binome.socle.reglages"
import django
django.setup()
from binome.comptes.acteur import Acteur
from binome.comptes.models import Personne
from binome.imports import tranches
from binome.dossiers.receptions import Import
tranches.TRANCHE = 20
alice = Acteur(Personne.objects.get(courriel="alice@exemple.fr"))
from binome.regles.courante import base_courante
base_courante().vue("positionnement")
print("prêt", flush=True)
while tranches.avancer(Import.objects.get(), alice).etat == "en_cours":
    print("tranche", flush=True)
"""


PREPARER = """
import os, sys
os.environ["BINOME_DEMONSTRATION"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "binome.socle.reglages"
from pathlib import Path
from binome.cli.serveur import preparer
preparer()
from binome.comptes.acteur import Acteur
from binome.imports import services
from tests.dossiers.monde import construire
monde = construire()
alice = Acteur(monde.alice)
un = services.ouvrir_import(monde.organisme, alice, Path(sys.argv[1]))
services.commencer(un, alice, deposer=True)
"""


CONSTATER = """
import os
os.environ["BINOME_DEMONSTRATION"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "binome.socle.reglages"
import django
django.setup()
from django.db.models import Count
from binome.dossiers.models import Dossier, LigneImportee
from binome.journal.chaine import verifier
from binome.journal.models import Entree
assert verifier() is None
faites = LigneImportee.objects.filter(etat="creee").count()
assert Dossier.objects.count() == faites, (Dossier.objects.count(), faites)
assert Entree.objects.filter(geste="dossier.deposer").count() == faites
assert not Dossier.objects.exclude(etat="depose").exists()
assert not Dossier.objects.annotate(n=Count("faits")).exclude(n=3).exists()
assert not LigneImportee.objects.filter(etat="laissee").exists()
print(faites)
"""


def _lancer(code: str, donnees: Path, *suite: str) -> str:
    env = {**os.environ, "BINOME_DONNEES": str(donnees), "DATABASE_URL": ""}
    fini = subprocess.run(
        [sys.executable, "-c", code, *suite], env=env, capture_output=True, text=True, check=False
    )
    assert fini.returncode == 0, fini.stderr
    return fini.stdout.strip()


def _couper(tmp_path: Path, fois: int, lignes: int) -> None:
    """Kills the worker at random points, as many times; the last one goes to the end."""
    (tmp_path / "t.xlsx").write_bytes(xlsx(*(ligne_de(rang) for rang in range(lignes))))
    _lancer(PREPARER, tmp_path, str(tmp_path / "t.xlsx"))
    hasard = random.Random(7)  # noqa: S311 - the same points at each run
    env = {**os.environ, "BINOME_DONNEES": str(tmp_path), "DATABASE_URL": ""}
    faites = [0]
    for _ in range(fois):
        with subprocess.Popen([sys.executable, "-c", OUVRIER], env=env, stdout=-1) as ouvrier:
            assert ouvrier.stdout is not None
            # Some slices go through, then the kill falls anywhere in the next one.
            for _ in range(hasard.randint(1, 3)):
                ouvrier.stdout.readline()
            time.sleep(hasard.uniform(0.0, 0.1))
            ouvrier.kill()
        faites.append(int(_lancer(CONSTATER, tmp_path)))
    assert faites == sorted(faites)
    assert any(0 < une < lignes for une in faites), faites
    _lancer(OUVRIER, tmp_path)
    assert int(_lancer(CONSTATER, tmp_path)) == lignes


@pytest.mark.long(12)
@pytest.mark.sqlite
def test_un_import_coupe_reprend(tmp_path: Path) -> None:
    _couper(tmp_path, fois=1, lignes=200)


@pytest.mark.long(240)
@pytest.mark.sqlite
def test_un_import_coupe_vingt_fois_reprend(tmp_path: Path) -> None:
    _couper(tmp_path, fois=20, lignes=1500)
