"""Two workers, eight accounts at full load: nobody reads another's page, and what is said kept is kept.

On PostgreSQL, the database is started again in the middle.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from outils import postgresql

from tests.charge.service import Service, installation, servi
from tests.charge.visiteurs import Foule, Visiteur

if TYPE_CHECKING:
    from collections.abc import Iterator

RETOUR = 20.0
"""Seconds within which everyone is served again, once the database is."""
PREPARER = """
import json
from binome.cli.serveur import ouvrir_la_base
ouvrir_la_base()
from django.test import Client
from binome.comptes.acteur import Acteur
from binome.comptes.models import Personne
from binome.comptes.services import creer_organisation, donner_role
from binome.dossiers import services

def personne(nom):
    return Personne.objects.create_user(
        f"{nom.lower()}@exemple.fr", prenom="Compte", nom=nom, exemple=True)

comptes = []
for rang, marque in enumerate("ABCD"):
    organisme = creer_organisation("organisme", f"Organisme {marque}", exemple=True)
    gerante, autre = personne(f"Gerante{marque}"), personne(f"Autre{marque}")
    donner_role(gerante, organisme, "gestionnaire")
    if rang < 2:
        donner_role(autre, organisme, "formateur")
    acteur = Acteur(gerante)
    dossier = services.ouvrir(organisme, acteur, exemple=True)
    dossier = services.ecrire_identite(
        dossier, {"prenom": "Essai", "nom": f"Secret{marque}"}, acteur, version=dossier.version)
    if rang >= 2:
        dossier.candidat = autre
        dossier.save(update_fields=["candidat"])
    for qui in (gerante, autre):
        client = Client()
        client.force_login(qui)
        comptes.append({"nom": str(qui), "marque": marque, "reference": dossier.reference,
            "cle": client.cookies["sessionid"].value, "ecrit": qui is gerante})
print(json.dumps(comptes))
"""
RELIRE = """
import json
from binome.cli.serveur import brancher
brancher()
from binome.dossiers.models import Dossier
from binome.journal.chaine import verifier
assert verifier() is None
gardees = [un for noms in Dossier.objects.values_list("nom", "session") for un in noms]
print(json.dumps(gardees))
"""


def _foule(service: Service) -> Foule:
    comptes = json.loads(service.executer(PREPARER))
    assert len(comptes) == 8
    return Foule(Visiteur(port=service.port, **un) for un in comptes)


def _constater(service: Service, foule: Foule, panne: tuple[float, float]) -> None:
    """Everyone read their own pages, and the database holds what they were told, no more, no less."""
    etrangeres = [une for un in foule.visiteurs for une in un.etrangeres]
    assert not etrangeres, etrangeres[:10]
    for un in foule.visiteurs:
        rates = [
            (quoi, statut)
            for quoi, statut, demandee, recue in un.reponses
            if (statut == 0 or statut >= 400) and not (recue > panne[0] and demandee < panne[1])
        ]
        assert not rates, (un.nom, rates[:10])
    gardees = set(json.loads(service.executer(RELIRE)))
    for un in foule.visiteurs:
        assert un.ecrit == bool(un.acquis), un.nom
        assert un.acquis <= gardees, (un.nom, un.acquis - gardees)
        assert not un.refuses & gardees, (un.nom, un.refuses & gardees)
    lues = [une for un in foule.visiteurs for une in un.reponses]
    print(f"{len(lues)} pages, {sum(len(un.acquis) for un in foule.visiteurs)} écritures")  # noqa: T201 - the figures of the proof


@pytest.fixture
def grappe() -> Iterator[postgresql.Grappe]:
    """A PostgreSQL of this test's own, which may be stopped."""
    programmes = os.environ.get("BINOME_POSTGRESQL")
    if not programmes:
        pytest.skip("sans PostgreSQL")
    with postgresql.grappe(Path(programmes)) as une:
        yield une


DUREES = [
    pytest.param(4.0, marks=pytest.mark.long(15)),
    pytest.param(60.0, marks=pytest.mark.long(80)),
]


@pytest.mark.sqlite
@pytest.mark.parametrize("duree", DUREES)
def test_chacun_ne_lit_que_les_siennes(tmp_path: Path, duree: float) -> None:
    service = installation(tmp_path / "donnees", "")
    foule = _foule(service)
    with servi(service, ouvriers=2), foule:
        time.sleep(duree)
    _constater(service, foule, (0.0, 0.0))


@pytest.mark.parametrize("duree", DUREES)
def test_postgresql_redemarre_au_milieu(
    tmp_path: Path, grappe: postgresql.Grappe, duree: float
) -> None:
    service = installation(tmp_path / "donnees", grappe.adresse())
    foule = _foule(service)
    with servi(service, ouvriers=2), foule:
        time.sleep(duree / 2)
        debut = time.monotonic()
        grappe.commander("-m", "fast", "restart")
        revenue = time.monotonic()
        while not foule.tous_servis_depuis(revenue) and time.monotonic() < revenue + RETOUR:
            time.sleep(0.1)
        time.sleep(duree / 2)
    derniere = max((une for un in foule.visiteurs for une in un.rates_depuis(revenue)), default=0.0)
    print(f"dernière page manquée {max(0, derniere - revenue):.1f} s après le retour de la base")  # noqa: T201 - the same
    _constater(service, foule, (debut, revenue + RETOUR))
    assert foule.tous_servis_depuis(revenue), "tous n’ont pas été servis à nouveau"
