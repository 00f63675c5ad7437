"""A world written again is the world that was made; and where anything differs, it is made."""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.utils import timezone

from binome.dossiers.models import Dossier
from binome.journal.chaine import verifier
from binome.journal.services import Ecriture, ecrire
from tests.dossiers.monde import Monde, construire, depose, prouve
from tests.souvenirs import MEMOIRE, VIEUX, remembre

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture(autouse=True)
def vierge() -> Iterator[None]:
    """Nothing is remembered before, nor kept after."""
    MEMOIRE.oublier()
    yield
    MEMOIRE.oublier()


def contenu() -> dict[str, list[object]]:
    """Every row of every table."""
    with connection.cursor() as curseur:
        return {
            table: list(curseur.execute(f'SELECT * FROM "{table}" ORDER BY rowid').fetchall())  # noqa: S608 - names of ours
            for table in connection.introspection.table_names(curseur)
        }


def deux_fois() -> tuple[dict[str, list[object]], dict[str, list[object]]]:
    """The database after a world, as it was made, then as it was written again."""
    lus = []
    for _ in range(2):
        repere = transaction.savepoint()
        MEMOIRE.etat = None
        dossier = prouve(construire())
        assert Dossier.objects.get().reference == dossier.reference
        assert verifier() is None
        lus.append(contenu())
        transaction.savepoint_rollback(repere)
    return lus[0], lus[1]


def test_un_monde_refait_ne_porte_pas_ce_qui_fut_fait_sur_l_autre() -> None:
    """What leans on a world is made anew with it: its entries follow those of the first."""
    repere = transaction.savepoint()
    construire()
    (premier,) = MEMOIRE.souvenirs
    _ecrire_un_essai()
    transaction.savepoint_rollback(repere)
    MEMOIRE.souvenirs.pop(premier)
    MEMOIRE.etat = None
    construire()
    _ecrire_un_essai()
    assert verifier() is None


@remembre
def _ecrire_un_essai() -> None:
    ecrire(Ecriture("essai", "essai:1"))


def test_ce_qui_est_repris_est_ce_qui_fut_fait() -> None:
    fait, repris = deux_fois()
    assert fait == repris
    assert len(fait["dossiers_dossier"]) == 1
    assert len(MEMOIRE.souvenirs) == 4  # the world, a draft, filed, proven


def test_apres_une_ecriture_rien_n_est_repris() -> None:
    monde = construire()
    Dossier.objects.filter(pk=depose(monde).pk).update(exemple=True)
    assert MEMOIRE.lieu() is None
    avant = len(MEMOIRE.souvenirs)
    assert depose(monde).reference != Dossier.objects.earliest("pk").reference
    assert len(MEMOIRE.souvenirs) == avant


def test_ni_sous_une_autre_horloge_ni_sous_une_rustine(monkeypatch: pytest.MonkeyPatch) -> None:
    vraie = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: vraie() - timedelta(days=3))
    construire()
    assert not MEMOIRE.souvenirs


def test_d_autres_reglages_font_un_autre_monde(settings: Settings) -> None:
    def nouveau() -> Monde:
        MEMOIRE.etat = None
        repere = transaction.savepoint()
        monde = construire()
        transaction.savepoint_rollback(repere)
        return monde

    assert nouveau().alice.pk == nouveau().alice.pk
    assert len(MEMOIRE.souvenirs) == 1
    settings.SECOND_FACTEUR_EXIGE = False
    nouveau()
    assert len(MEMOIRE.souvenirs) == 2


def test_un_monde_qui_a_vieilli_est_refait() -> None:
    """A slot « that ends in ten minutes » does, however long the machine takes over the tests before."""
    repere = transaction.savepoint()
    construire()
    (souvenir,) = MEMOIRE.souvenirs.values()
    for age, meme in ((VIEUX - 60, True), (VIEUX + 60, False)):
        transaction.savepoint_rollback(repere)
        repere = transaction.savepoint()
        souvenir.depuis = monotonic() - age
        MEMOIRE.etat = None
        construire()
        (tenu,) = MEMOIRE.souvenirs.values()
        assert (tenu is souvenir) is meme
