"""The threads that answer: one request at a time, unless it lasts."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

from binome.service.fils import LONGUE, Repartiteur

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Demande:
    """A request that lasts until it is told to end."""

    commencee: Event = field(default_factory=Event)
    finir: Event = field(default_factory=Event)

    def service(self) -> None:
        """Says that it began, then waits."""
        self.commencee.set()
        assert self.finir.wait(5)


@contextmanager
def des_fils(nombre: int) -> Iterator[Repartiteur]:
    """Threads that end with the test."""
    fils = Repartiteur(nombre)
    yield fils
    fils.fermer()


def test_une_demande_qui_commence_a_le_processus_pour_elle() -> None:
    with des_fils(3) as fils:
        une, autre = Demande(), Demande()
        fils.add_task(une)
        fils.add_task(autre)
        assert une.commencee.wait(5)
        assert not autre.commencee.is_set()
        une.finir.set()
        assert autre.commencee.wait(5)
        autre.finir.set()
        assert fils.en_attente() == 0


def test_une_demande_qui_dure_ne_retient_personne() -> None:
    with des_fils(2) as fils:
        demandes = [Demande() for _ in range(3)]
        for une in demandes:
            fils.add_task(une)
        assert demandes[0].commencee.wait(5)
        time.sleep(2 * LONGUE)
        assert fils.secourir()
        assert demandes[1].commencee.wait(5)
        time.sleep(2 * LONGUE)
        assert fils.secourir()
        assert not demandes[2].commencee.wait(0.05), "there are two threads"
        for une in demandes:
            une.finir.set()
        assert demandes[2].commencee.wait(5)
        assert not fils.secourir()


def test_une_panne_ne_perd_pas_son_fil() -> None:
    class Panne:
        def service(self) -> None:
            raise OSError

    with des_fils(1) as fils:
        apres = Demande()
        fils.add_task(Panne())
        fils.add_task(apres)
        assert apres.commencee.wait(5)
        apres.finir.set()
