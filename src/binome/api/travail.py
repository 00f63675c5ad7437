"""The work on lots: a thread that waits, and a process behind the wall that works.

No broker: a lot takes seconds, its file is beside the process that received it, and whoever sent it waits
for it. The process reads, decides and writes; the thread only says how far it is, so that neither a request
nor the end of the server ever waits for a lot. When the server ends, the process dies with it and the lot is
interrupted; one without a sign of life for a minute is read so. See docs/decisions/0011 and 0028.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
from functools import cache
from tempfile import TemporaryFile
from threading import Thread
from time import monotonic
from typing import IO, TYPE_CHECKING, Any, Final

from django.db import connection

from binome.api import fichiers, services
from binome.api.enveloppe import noter
from binome.api.limites import LIGNES
from binome.api.tour import Tour
from binome.cloison.bornes import Bornes
from binome.cloison.lancement import Tombe, lancer
from binome.cloison.places import LOTS
from binome.lots.erreurs import TravailImpossible
from binome.lots.ouvrier import AVANCE, NOM

if TYPE_CHECKING:
    from pathlib import Path

    from binome.api.models import Lot

journal = logging.getLogger(__name__)

BATTEMENT: Final = 15.0
"""Seconds between two signs of life: a quarter of the silence that a reader takes for death."""
PAS: Final = 0.5
"""Seconds between two looks at how far a lot is."""
OUVRIER: Final = "binome.lots.ouvrier"
BORNES: Final = Bornes(memoire=4_000_000_000, calcul=320, duree=600, sortie=600_000_000)
"""What a lot may spend at most: four times what 200 000 rows of every fact take."""


class Efface(Exception):
    """The lot was deleted while it was worked on."""


@cache
def _tour() -> Tour:
    """The queue of this process, and the thread that it feeds."""
    tour = Tour()
    Thread(target=_servir, args=(tour,), name="lots", daemon=True).start()
    atexit.register(_partir, tour)
    return tour


def confier(lot: Lot) -> None:
    """Queues a lot."""
    _tour().entrer(lot)


def attendre(secondes: float = 60) -> bool:
    """Waits until this process has no lot left; false when it was too long."""
    return _tour().attendre(secondes)


def _servir(tour: Tour) -> None:
    while True:
        lot = tour.suivant()
        try:
            _travailler(lot)
        except Exception as erreur:
            noter(journal, erreur)
        finally:
            tour.sortir()


def _partir(tour: Tour) -> None:
    """Says that the lots of this process are interrupted, when it ends before them."""
    if tour.occupe:
        try:
            services.interrompre()
        except Exception as erreur:
            noter(journal, erreur)


class _Suivi:
    """What the thread does while the process works: signs of life, and how far it is."""

    def __init__(self, lot: Lot, avance: IO[bytes]) -> None:
        self._lot = lot
        self._avance = avance
        self._regard = self._battu = monotonic()
        self._dernier = b""

    def __call__(self) -> None:
        maintenant = monotonic()
        if maintenant < self._regard + PAS:
            return
        self._regard = maintenant
        if maintenant >= self._battu + BATTEMENT:
            self._battu = maintenant
            services.battre()
        avance = os.pread(self._avance.fileno(), AVANCE.size, 0)
        if avance != self._dernier:
            self._dernier = avance
            lues, ecartees = AVANCE.unpack(avance)
            if not services.avancer(self._lot, lues=lues, ecartees=ecartees):
                raise Efface


def _travailler(lot: Lot) -> None:
    try:
        if services.commencer(lot):
            _decider(lot)
    except TravailImpossible as refus:
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
    with (
        fichiers.recu(lot).open("rb") as recu,
        fichiers.resultat(lot).open("wb") as resultat,
        fichiers.ecartes(lot).open("wb") as ecartes,
        TemporaryFile() as avance,
    ):
        sorties = (resultat.fileno(), ecartes.fileno(), avance.fileno())
        try:
            rendu = lancer(
                OUVRIER, lot.sorte, lot.question, lot.certification, json.dumps(lot.reformes), str(LIGNES),
                *map(str, sorties), entree=recu, bornes=BORNES, file=LOTS, transmis=sorties,
                pendant=_Suivi(lot, avance),
            )  # fmt: skip
        except Tombe as tombe:
            raise TravailImpossible(
                f"{NOM} : il est abîmé, ou demande trop de travail ; enregistrez-le de nouveau, ou "
                "coupez-le en plusieurs"
            ) from tombe
        with rendu:
            verdict: dict[str, Any] = json.load(rendu)
    if "refus" in verdict:
        raise TravailImpossible(map(str, verdict["refus"]))
    decidees, ecartees = int(verdict["decidees"]), int(verdict["ecartees"])
    if not decidees:
        fichiers.resultat(lot).unlink(missing_ok=True)
    octets = _taille(fichiers.resultat(lot)) + _taille(fichiers.ecartes(lot))
    if not services.terminer(
        lot,
        decidees=decidees,
        ecartees=ecartees,
        octets=octets,
        avis=list(map(str, verdict["avis"])),
    ):
        raise Efface


def _taille(chemin: Path) -> int:
    return chemin.stat().st_size if chemin.exists() else 0
