"""A counter-signature killed in the middle leaves nothing half-done, and is made whole the next time."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

DJANGO = """
import os
os.environ["BINOME_DEMONSTRATION"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "binome.socle.reglages"
"""
PREPARER = f"""{DJANGO}
from binome.cli.serveur import preparer
preparer()
from django.utils import timezone
from binome.presences.recevoir import recevoir
from tests.dossiers.monde import construire
from tests.presences.suivi import recue, suivre
suivi = suivre(construire())
recevoir(suivi.bob, suivi.creneau, [recue(suivi.parcours)], maintenant=timezone.now())
"""
GELER = f"""{DJANGO}
import sys, time
import django
django.setup()
from binome.comptes.acteur import Acteur
from binome.comptes.models import Personne
from binome.gestes.services import faire
from binome.presences import gel
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import Creneau
ecrire = gel.naitre
def s_arreter(*args):
    ecrire(*args)
    print("au milieu", flush=True)
    time.sleep(60)
if sys.argv[1:]:
    gel.naitre = s_arreter
un = Creneau.objects.get()
faire(CRENEAUX, "geler", un, Acteur(Personne.objects.get(courriel="bob@exemple.fr")), version=un.version)
"""
CONSTATER = f"""{DJANGO}
import django
django.setup()
from binome.journal.chaine import verifier
from binome.presences.models import Presence
from binome.sessions.models import Creneau
assert verifier() is None
print(Creneau.objects.get().etat, Presence.objects.count())
"""


def _lancer(code: str, donnees: Path) -> str:
    env = {**os.environ, "BINOME_DONNEES": str(donnees), "DATABASE_URL": ""}
    fini = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False
    )
    assert fini.returncode == 0, fini.stderr
    return fini.stdout.strip()


@pytest.mark.long(12)
@pytest.mark.sqlite
def test_un_gel_coupe_ne_laisse_rien_a_moitie(tmp_path: Path) -> None:
    _lancer(PREPARER, tmp_path)
    env = {**os.environ, "BINOME_DONNEES": str(tmp_path), "DATABASE_URL": ""}
    with subprocess.Popen([sys.executable, "-c", GELER, "arret"], env=env, stdout=-1) as tue:
        assert tue.stdout is not None
        assert tue.stdout.readline().decode() == "au milieu\n"
        tue.kill()
    assert _lancer(CONSTATER, tmp_path) == "prevu 0"
    _lancer(GELER, tmp_path)
    assert _lancer(CONSTATER, tmp_path) == "gele 1"
