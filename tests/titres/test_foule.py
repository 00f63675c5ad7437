"""Numbers drawn by a crowd: no gap, no double, whatever fails or is killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.utils import timezone
from outils import postgresql

from binome.comptes.acteur import Acteur
from binome.comptes.models import Organisation, Personne
from binome.titres import delivrance
from binome.titres.etats import NatureDeTitre
from binome.titres.models import Badge, Titre
from tests.dossiers.monde import construire
from tests.titres.monde import certifiable, en_jury

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from binome.parcours.models import Parcours


class Coupe(Exception):
    """What falls in the middle of a delivery."""


def toujours(parcours: Parcours, nature: str, jour: date) -> Titre:
    """An attestation that nothing stands in the way of: a crowd delivers many of one path."""
    return Titre(
        nature=nature, parcours=parcours, emetteur=Organisation.objects.get(genre="branche"),
        annee=jour.year, referentiel=parcours.referentiel, blocs=[1], delivre_le=jour, essai=True,
        contenu={"blocs": []}, titulaire={"nom": "Léa Exemple", "naissance": ""},
    )  # fmt: skip


def delivrer_ou_tomber(numero: int, parcours: Parcours, ana: Personne) -> bool:
    """One delivery of the crowd; one in three falls once its number is drawn."""
    try:
        with transaction.atomic():
            delivrance.delivrer(parcours, Acteur(ana), nature=NatureDeTitre.BLOCS)
            if numero % 3 == 0:
                raise Coupe
    except Coupe:
        return False
    else:
        return True
    finally:
        connection.close()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_une_foule_tire_des_numeros_qui_se_suivent(monkeypatch: pytest.MonkeyPatch) -> None:
    nombre, monde = 50, construire()
    parcours = certifiable(monde)
    en_jury(monde)
    monkeypatch.setattr(delivrance, "preparer", toujours)
    with ThreadPoolExecutor(8) as fils:
        faits = list(fils.map(lambda k: delivrer_ou_tomber(k, parcours, monde.ana), range(nombre)))
    tires = list(Titre.objects.order_by("rang").values_list("annee", "rang"))
    assert tires == [(timezone.localdate().year, k) for k in range(1, sum(faits) + 1)]
    assert sum(faits) == nombre - len(range(0, nombre, 3))
    assert (
        Badge.objects.count()
        == Badge.objects.values("liste", "indice").distinct().count()
        == sum(faits)
    )


DJANGO = """
import os
os.environ["BINOME_DEMONSTRATION"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "binome.socle.reglages"
"""
PREPARER = f"""{DJANGO}
from binome.cli.serveur import preparer
preparer()
from tests.dossiers.monde import construire
from tests.titres.monde import certifiable, en_jury
monde = construire()
certifiable(monde)
en_jury(monde)
"""
DELIVRER = f"""{DJANGO}
import django
django.setup()
from binome.comptes.acteur import Acteur
from binome.comptes.models import Personne
from binome.parcours.models import Parcours
from binome.titres import delivrance
from tests.titres.test_foule import toujours
delivrance.preparer = toujours
ana = Acteur(Personne.objects.get(courriel="ana@exemple.fr"))
parcours = Parcours.objects.get()
print("pret", flush=True)
while True:
    print(delivrance.delivrer(parcours, ana, nature="blocs").rang, flush=True)
"""
CONSTATER = f"""{DJANGO}
import django
django.setup()
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.titres.models import Badge, Titre
assert verifier() is None
assert not list(differences())
assert Badge.objects.count() == Titre.objects.count()
print(*Titre.objects.order_by("rang").values_list("rang", flat=True))
"""


def _lancer(code: str, env: dict[str, str]) -> str:
    fini = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False
    )
    assert fini.returncode == 0, fini.stderr
    return fini.stdout.strip()


@pytest.mark.long(35)
@pytest.mark.sqlite
def test_des_programmes_tues_ne_laissent_ni_trou_ni_double(tmp_path: Path) -> None:
    _tuer({**os.environ, "BINOME_DONNEES": str(tmp_path), "DATABASE_URL": ""})


@pytest.mark.long(50)
@pytest.mark.sqlite
def test_ni_sur_postgresql(tmp_path: Path) -> None:
    """In a cluster of its own: each number is drawn by another connection, and the server outlives who is killed."""
    programmes = postgresql.programmes()
    if programmes is None:
        pytest.skip("PostgreSQL n’est pas installé sur cette machine")
    with postgresql.serveur(programmes) as adresse:
        _tuer({**os.environ, "BINOME_DONNEES": str(tmp_path), "DATABASE_URL": adresse})


def _tuer(env: dict[str, str]) -> None:
    """Kills those who deliver, twice; what stands are numbers that follow one another, and every one that was told."""
    _lancer(PREPARER, env)
    dits: set[int] = set()
    for tour in range(2):
        lances = [
            subprocess.Popen(
                [sys.executable, "-c", DELIVRER], env=env, stdout=subprocess.PIPE, text=True
            )
            for _ in range(2)
        ]
        for un in lances:
            assert un.stdout is not None
            assert un.stdout.readline() == "pret\n"
        for _ in range(3 + tour):
            assert lances[0].stdout is not None
            dits.add(int(lances[0].stdout.readline()))
        for un in lances:
            un.send_signal(signal.SIGKILL)
        for un in lances:
            sortie, _ = un.communicate()
            dits.update(int(ligne) for ligne in sortie.split("\n")[:-1])
    gardes = [int(un) for un in _lancer(CONSTATER, env).split()]
    assert gardes == list(range(1, len(gardes) + 1))
    assert dits <= set(gardes)
