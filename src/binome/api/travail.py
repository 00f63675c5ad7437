"""The work on lots: one thread per process, started when the first lot comes.

No broker: a lot takes seconds, its file is beside the process that received it, and whoever sent
it waits for it. What a broker would add (retries, several machines) is not needed yet; what a
thread lacks (it dies with its process) is told: a lot without a sign of life for a minute is read
as interrupted, and its sender sends it again. See docs/decisions/0011.
"""

from __future__ import annotations

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Final, Self

from django.db import connection

from binome.api import fichiers, services
from binome.api.enveloppe import noter
from binome.api.limites import LIGNES
from binome.lots.erreurs import Refus
from binome.lots.lecture import lire_lot
from binome.lots.questions import QUESTIONS
from binome.lots.tableaux import ecrire_tableau
from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from binome.api.models import Lot
    from binome.lots.lecture import LigneLue
    from binome.regles.base import Base

journal = logging.getLogger(__name__)

BATTEMENT: Final = 15.0
"""Seconds between two signs of life: a quarter of the silence that a reader takes for death."""
PAS: Final = 0.5
"""Seconds between two counts of rows."""
NOM: Final = "fichier"
"""What messages call the table: its own name may say who it speaks of."""


class Efface(Exception):
    """The lot was deleted while it was worked on."""


@cache
def _fil() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="lots")


def confier(lot: Lot) -> None:
    """Queues a lot."""
    _fil().submit(_travailler, lot)


class _Battement:
    """Gives signs of life beside the work, which may be long in one call of a library."""

    def __init__(self) -> None:
        self._fin = Event()
        self._fil = Thread(target=self._battre, name="lots-battement", daemon=True)

    def __enter__(self) -> Self:
        self._fil.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._fin.set()
        self._fil.join()

    def _battre(self) -> None:
        try:
            while not self._fin.wait(BATTEMENT):
                services.battre()
        finally:
            connection.close()


def _travailler(lot: Lot) -> None:
    try:
        with _Battement():
            if services.commencer(lot):
                _decider(lot)
    except Refus as refus:
        services.echouer(lot, " ".join(f"{ligne}." for ligne in refus.lignes))
    except Efface:
        fichiers.effacer(lot)
    except Exception as erreur:
        noter(journal, erreur)
    finally:
        # Nothing once finished; else, whatever went wrong, the lot must not stay "running".
        services.echouer(lot, "La faute est chez nous et elle est notée.")
        fichiers.recu(lot).unlink(missing_ok=True)
        connection.close()


def _decider(lot: Lot) -> None:
    question = QUESTIONS[lot.question]
    base = base_courante(*lot.reformes).vue(question.vue)
    bonnes, ecartees = _lire(lot, base)
    if bonnes:
        ecrire_tableau(question.decider(bonnes, base), fichiers.resultat(lot))
    elif ecartees == 0:
        raise Refus(f"{NOM} : aucune ligne sous l’en-tête")
    if not services.terminer(lot, decidees=len(bonnes), ecartees=ecartees):
        raise Efface


def _lire(lot: Lot, base: Base) -> tuple[list[LigneLue], int]:
    """The good rows, and how many were set aside; these are written as they come."""
    bonnes: list[LigneLue] = []
    ecartees = 0
    prochain = monotonic() + PAS
    with fichiers.ecartes(lot).open("w", encoding="utf-8") as sortie:
        for rang, ligne in enumerate(lire_lot(fichiers.recu(lot), base, NOM), start=1):
            if rang > LIGNES:
                raise Refus(f"{NOM} : plus de {LIGNES} lignes ; coupez-le en plusieurs")
            if ligne.erreurs:
                ecartees += 1
                sortie.writelines(_en_lignes(ligne))
            else:
                bonnes.append(ligne)
            if monotonic() >= prochain:
                prochain = monotonic() + PAS
                if not services.avancer(lot, lues=rang, ecartees=ecartees):
                    raise Efface
    return bonnes, ecartees


def _en_lignes(ligne: LigneLue) -> list[str]:
    return [
        json.dumps(
            {"ligne": ligne.numero, "colonne": un.cle, "valeur": un.valeur, "raison": un.raison},
            ensure_ascii=False,
        )
        + "\n"
        for un in ligne.erreurs
    ]
