"""What goes wrong at the worst moment: kills, races, crowds. Nothing half-done, lost, or done twice."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from functools import partial
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client

from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.comptes.services import donner_role
from binome.dossiers.etats import Etat
from binome.dossiers.models import Decision, Dossier
from binome.gestes.refus import Depasse
from binome.journal.chaine import verifier
from binome.journal.models import Entree
from tests.dossiers.monde import Monde, brouillon, construire, personne, propose, trancher_tout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.postgresql

TETE = """
import os, sys
os.environ["BINOME_DEMONSTRATION"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "binome.socle.reglages"
from binome.cli.serveur import ouvrir_la_base
ouvrir_la_base()
from datetime import timedelta
from django.utils import timezone
from binome.comptes.acteur import Acteur
from binome.comptes.models import Personne
from binome.bureau import decisions
from binome.lettres import lettre
from binome.dossiers.rayons import LETTRES
from binome.dossiers.models import Confirmation, Decision, Dossier
from binome.etagere.registre import balayer
from binome.journal.chaine import verifier
from binome.journal.models import Entree
"""
PREPARER = """
from tests.dossiers.monde import construire, propose, trancher_tout
monde = construire()
trancher_tout(monde, propose(monde))
for _ in range(int(sys.argv[1])):
    propose(monde)
"""
CONFIRMER = """
import time
from django.db import connection
def dire(execute, sql, *suite):
    rendu = execute(sql, *suite)
    if sql.startswith("INSERT") and "journal_entree" in sql:
        print("écrit", flush=True)  # within the transaction
        time.sleep(0.5)
    return rendu
emma = Acteur(Personne.objects.get(courriel="emma@exemple.fr"))
clairs = {un.reference: un.version for un in Dossier.objects.filter(etat="proposition", alertes=0)}
print("prêt", flush=True)
with connection.execute_wrapper(dire):
    decisions.confirmer(emma, clairs)
"""
CONFIRMES = """
assert verifier() is None
decidees = Decision.objects.filter(annulee_le__isnull=True).count()
assert Dossier.objects.filter(etat="arrete").count() == decidees
assert Entree.objects.filter(geste="dossier.decider").count() == decidees
assert sum(un.nombre for un in Confirmation.objects.all()) == decidees
print(decidees)
"""
SCELLER = """
Decision.objects.filter(notifiee_le__isnull=True).update(
    notifiable_des=timezone.now() - timedelta(minutes=1)
)
from binome.courrier.models import Reservation
Reservation.objects.all().delete()  # what a kill kept would be free in a few minutes
from binome.sceau.papiers import sceller
print("prêt", flush=True)
while sceller(lettre.LETTRES, 2):
    print("scellé", flush=True)
"""
SCELLES = """
assert verifier() is None
scellees = list(Decision.objects.exclude(sceau=""))
for une in scellees:
    assert lettre.verifier_sceau(une) is None
assert Entree.objects.filter(geste="decision.scellee").count() == len(scellees)
balayer(timedelta(0))
rayon = LETTRES.chemin_de("lettres/" + "0" * 40 + ".pdf").parent
assert len(list(rayon.glob("*"))) == len(scellees)
print(len(scellees))
"""


def _env(donnees: Path) -> dict[str, str]:
    return {**os.environ, "BINOME_DONNEES": str(donnees), "DATABASE_URL": ""}


def _lancer(code: str, donnees: Path, *suite: str) -> str:
    fini = subprocess.run(
        [sys.executable, "-c", TETE + code, *suite],
        env=_env(donnees), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert fini.returncode == 0, fini.stderr
    return fini.stdout.strip()


def _couper(code: str, constat: str, donnees: Path, fois: int, jusqu_a: float) -> list[int]:
    """Kills the worker as soon as it has written, then at random points; what stands after each kill is whole."""
    hasard = random.Random(5)  # noqa: S311 - the same points at each run
    faites = []
    for rang in range(fois):
        with subprocess.Popen(
            [sys.executable, "-c", TETE + code], env=_env(donnees), stdout=-1
        ) as ouvrier:
            assert ouvrier.stdout is not None
            assert ouvrier.stdout.readline() == "prêt\n".encode()
            if rang:
                time.sleep(hasard.uniform(0, jusqu_a))
            else:
                assert ouvrier.stdout.readline(), "killed before any work"
            ouvrier.kill()
        faites.append(int(_lancer(constat, donnees)))
    return faites


def _confirmation_coupee(donnees: Path, fois: int, dossiers: int) -> None:
    _lancer(PREPARER, donnees, str(dossiers))
    # All or nothing: a kill leaves no dossier decided without its confirmation.
    faites = _couper(CONFIRMER, CONFIRMES, donnees, fois, 0.8)
    assert faites[0] == 0, "killed within the transaction"
    assert set(faites) <= {0, dossiers}
    _lancer(CONFIRMER, donnees)
    assert int(_lancer(CONFIRMES, donnees)) == dossiers


def _scellement_coupe(donnees: Path, fois: int, dossiers: int) -> None:
    _lancer(PREPARER, donnees, str(dossiers))
    _lancer(CONFIRMER, donnees)
    faites = _couper(SCELLER, SCELLES, donnees, fois, 1.2)
    assert 0 < faites[0] < dossiers, "some are sealed, some are not"
    assert faites == sorted(faites)
    _lancer(SCELLER, donnees)
    assert int(_lancer(SCELLES, donnees)) == dossiers


@pytest.mark.long(15)
@pytest.mark.sqlite
@pytest.mark.parametrize("essai", [_confirmation_coupee, _scellement_coupe])
def test_une_mort_subite_ne_laisse_rien_a_moitie(
    tmp_path: Path, essai: Callable[[Path, int, int], None]
) -> None:
    essai(tmp_path, 1, 6)


@pytest.mark.long(120)
@pytest.mark.sqlite
@pytest.mark.parametrize("essai", [_confirmation_coupee, _scellement_coupe])
def test_vingt_morts_subites_non_plus(
    tmp_path: Path, essai: Callable[[Path, int, int], None]
) -> None:
    essai(tmp_path, 20, 60)


def _ensemble(taches: list[Callable[[], Any]]) -> list[Any]:
    """Runs them at the same time, each with a connection of its own; what each gave, or its error."""
    depart = Barrier(len(taches))
    rendus: list[Any] = [None] * len(taches)

    def faire(rang: int, tache: Callable[[], Any]) -> None:
        depart.wait()
        try:
            rendus[rang] = tache()
        except Exception as erreur:
            rendus[rang] = erreur
        finally:
            connection.close()

    fils = [Thread(target=faire, args=(rang, tache)) for rang, tache in enumerate(taches)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return rendus


@pytest.fixture
def monde(transactional_db: None) -> Monde:
    """The made-up world, in a database where several connections write."""
    return construire()


def test_de_deux_personnes_qui_decident_une_seule_gagne(monde: Monde) -> None:
    dossier = propose(monde)
    trancher_tout(monde, dossier)
    eric = personne("eric")
    donner_role(eric, monde.branche, "examinateur")

    def decider(qui: Any) -> Decision:
        return decisions.decider(
            Dossier.objects.get(pk=dossier.pk),
            Acteur(qui),
            version=dossier.version,
            confirme=("lues",),
        )

    rendus = _ensemble([lambda: decider(monde.emma), lambda: decider(eric)])
    assert sum(isinstance(un, Decision) for un in rendus) == 1
    (refus,) = [un for un in rendus if not isinstance(un, Decision)]
    assert isinstance(refus, Depasse), refus
    assert Decision.objects.count() == 1
    assert Entree.objects.filter(geste="dossier.decider").count() == 1


@pytest.mark.parametrize("nombre", [30, pytest.param(200, marks=pytest.mark.long(20))])
def test_une_foule_depose_en_meme_temps_et_rien_ne_se_perd(monde: Monde, nombre: int) -> None:
    dossiers = [brouillon(monde) for _ in range(nombre)]
    entree = Client()
    entree.force_login(monde.alice)
    cle = entree.cookies["sessionid"].value

    def deposer(dossier: Dossier) -> int:
        client = Client()
        client.cookies["sessionid"] = cle
        adresse = f"/espace/dossiers/{dossier.reference}/gestes/deposer/"
        return client.post(adresse, {"version": dossier.version}).status_code

    rendus = _ensemble([partial(deposer, un) for un in dossiers])
    assert set(rendus) == {302}, {str(un) for un in rendus}
    assert Dossier.objects.filter(etat=Etat.DEPOSE).count() == nombre
    assert Entree.objects.filter(geste="dossier.deposer").count() == nombre
    assert verifier() is None
