"""Practices of dossiers become jobs: who read what still reads it, and the journal is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from binome.comptes.acteur import Acteur
from binome.comptes.models import Personne
from binome.comptes.services import creer_organisation, donner_role
from binome.diagnostic.reconciliation import differences
from binome.dossiers.models import Dossier
from binome.dossiers.permissions import visibles
from binome.emplois.models import Emploi, Salarie
from binome.journal.models import Entree
from tests.dossiers.monde import brouillon, construire, depose, dire, personne

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.comptes.models import Organisation

AVANT = [("dossiers", "0015_certification_et_branche")]


@pytest.fixture
def a_la_fin_tout_est_migre(transactional_db: None) -> Iterator[None]:
    """Whatever happens, the next test finds today's tables."""
    yield
    call_command("migrate", verbosity=0)


def _associer_avant(cabinets: dict[int, Organisation]) -> dict[int, list[int]]:
    """Names the practices as dossiers did, and says which dossiers each practice then read."""
    ancien: Any = MigrationExecutor(connection).loader.project_state(AVANT).apps
    dossiers = ancien.get_model("dossiers", "Dossier").objects
    for numero, cabinet in cabinets.items():
        dossiers.filter(pk=numero).update(cabinet=cabinet.pk)
    return {
        cabinet.pk: list(
            dossiers.filter(cabinet=cabinet.pk)
            .exclude(etat="brouillon")
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        for cabinet in cabinets.values()
    }


@pytest.mark.long(20)
@pytest.mark.usefixtures("a_la_fin_tout_est_migre")
def test_la_migration_garde_qui_lit_quoi_et_le_journal_le_sait() -> None:
    monde = construire()
    tilleuls, ormes = (
        creer_organisation("cabinet", nom, exemple=True) for nom in ("Tilleuls", "Ormes")
    )
    employeurs = {}
    for ici in (tilleuls, ormes):
        employeurs[ici.pk] = personne(ici.nom.lower())
        donner_role(employeurs[ici.pk], ici, "employeur")
    deux_fois, encore, sans, sans_compte, clos, brouille = (
        *(depose(monde) for _ in range(5)), brouillon(monde)
    )  # fmt: skip
    Dossier.objects.filter(pk=sans_compte.pk).update(candidat=None)
    parti = personne("parti", is_active=False)
    Dossier.objects.filter(pk=clos.pk).update(candidat=parti)
    for un in (sans_compte, clos):
        dire(un.objet, Dossier.objects.get(pk=un.pk))
    assert list(differences()) == []
    MigrationExecutor(connection).migrate(AVANT)
    lus = _associer_avant(
        {
            deux_fois.pk: tilleuls, encore.pk: tilleuls, brouille.pk: ormes,
            sans_compte.pk: tilleuls, clos.pk: ormes,
        }
    )  # fmt: skip
    assert lus == {tilleuls.pk: [deux_fois.pk, encore.pk, sans_compte.pk], ormes.pk: [clos.pk]}
    avant = Entree.objects.count()

    call_command("migrate", verbosity=0)

    for numero, qui in employeurs.items():
        siens = visibles(Acteur(Personne.objects.get(pk=qui.pk))).order_by("pk")
        assert list(siens.values_list("pk", flat=True)) == lus[numero]
    assert not Dossier.objects.get(pk=sans.pk).emplois_suivis.exists()
    # One person is one, with one job in each practice; nobody invents a share or a day.
    assert Salarie.objects.filter(personne=monde.lea).count() == 1
    dits = set(Emploi.objects.values_list("salarie__personne", "employeur", "part", "du", "au"))
    assert dits == {
        (monde.lea.pk, tilleuls.pk, None, None, None), (monde.lea.pk, ormes.pk, None, None, None),
        (None, tilleuls.pk, None, None, None), (None, ormes.pk, None, None, None),
    }  # fmt: skip
    assert Emploi.objects.count() == 4
    # The journal is told once, by an inventory.
    assert list(differences()) == []
    gestes = Entree.objects.filter(rang__gt=avant).values_list("geste", flat=True)
    assert set(gestes) == {"journal.inventaire"}
    call_command("migrate", verbosity=0)
    assert Entree.objects.count() == avant + len(gestes)
    # And back: each dossier names the practice that it named.
    MigrationExecutor(connection).migrate(AVANT)
    ancien: Any = MigrationExecutor(connection).loader.project_state(AVANT).apps
    nommes = ancien.get_model("dossiers", "Dossier").objects.filter(cabinet__isnull=False)
    assert dict(nommes.values_list("pk", "cabinet")) == {
        deux_fois.pk: tilleuls.pk, encore.pk: tilleuls.pk, sans_compte.pk: tilleuls.pk,
        clos.pk: ormes.pk, brouille.pk: ormes.pk,
    }  # fmt: skip
    assert apps.get_model("dossiers", "EmploiSuivi")
