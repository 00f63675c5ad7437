"""The heartbeat of the jobs: a file that says when each last passed, and last did well.

A file and not a table, so that it goes on when the database is away or only reads; it names jobs, never
anyone. Several runners may write it: of two readings of a job, the later one stays.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

RYTHME: Final = 10.0
"""Seconds between two beats."""
SILENCE: Final = 60.0
"""Seconds without a beat after which no runner is alive."""
TROP_LONG: Final = 3600.0
"""Seconds after which a job at work is taken for stuck."""
MARGE: Final = 600.0
"""Seconds of grace beyond twice the pace of a job, before it is late."""


class Regulier(Protocol):
    """What the heartbeat knows of a job: its name, and its pace in seconds."""

    @property
    def nom(self) -> str:
        """Its name."""
        ...  # pragma: no cover

    @property
    def tous_les(self) -> float:
        """Seconds between two looks."""
        ...  # pragma: no cover


def fichier() -> Path:
    """Where the heartbeat is."""
    chemin: Path = settings.DONNEES / "travaux.json"
    return chemin


def _lire(chemin: Path) -> dict[str, Any]:
    """What the file holds; nothing when it is away or cannot be read."""
    try:
        contenu = json.loads(chemin.read_bytes())
    except (OSError, ValueError):
        return {}
    return contenu if isinstance(contenu, dict) else {}


class Pouls:
    """The heartbeat of one runner. Times are seconds since 1970."""

    def __init__(self, travaux: Iterable[Regulier], chemin: Path | None = None) -> None:
        self._chemin = chemin or fichier()
        self._verrou = Lock()
        maintenant = time.time()
        connus = _lire(self._chemin).get("travaux", {})
        self._en_cours: dict[str, Any] = {}
        self._travaux: dict[str, dict[str, float]] = {
            travail.nom: {
                "passe": 0.0,
                "succes": 0.0,
                "duree": 0.0,
                "depuis": maintenant,
                **connus.get(travail.nom, {}),
                "tous_les": travail.tous_les,
            }
            for travail in travaux
        }

    def commencer(self, nom: str) -> None:
        """A job is at work."""
        with self._verrou:
            self._en_cours = {"nom": nom, "depuis": time.time()}

    def finir(self, nom: str, *, bien: bool) -> None:
        """A job has passed, well or not."""
        with self._verrou:
            maintenant = time.time()
            releve = self._travaux[nom]
            releve["duree"] = maintenant - self._en_cours.get("depuis", maintenant)
            releve["passe"] = maintenant
            if bien:
                releve["succes"] = maintenant
            self._en_cours = {}

    def battre(self) -> None:
        """Writes the file whole; a disk that refuses leaves the old one, whose age tells."""
        with self._verrou, contextlib.suppress(OSError):
            autres = _lire(self._chemin).get("travaux", {})
            for nom, releve in self._travaux.items():
                if autres.get(nom, {}).get("passe", 0.0) > releve["passe"]:
                    releve["duree"] = autres[nom].get("duree", 0.0)
                for champ in ("passe", "succes"):
                    releve[champ] = max(releve[champ], autres.get(nom, {}).get(champ, 0.0))
            contenu = {
                "instant": time.time(), "en_cours": self._en_cours, "travaux": self._travaux,
            }  # fmt: skip
            provisoire = self._chemin.with_name(f".{self._chemin.name}.{os.getpid()}")
            try:
                provisoire.write_text(json.dumps(contenu), encoding="utf-8")
                provisoire.replace(self._chemin)
            except OSError:
                provisoire.unlink(missing_ok=True)
                raise

    @contextlib.contextmanager
    def en_marche(self) -> Iterator[None]:
        """Beats while the block lasts, whatever time a job takes."""
        fin = Event()

        def suivre() -> None:
            self.battre()
            while not fin.wait(RYTHME):
                self.battre()

        fil = Thread(target=suivre, name="pouls", daemon=True)
        fil.start()
        try:
            yield
        finally:
            fin.set()
            fil.join()
            self.battre()


class DernierBattement(NamedTuple):
    """A job as it was last noted: when it passed and did well, in seconds since 1970, and how long it took."""

    nom: str
    passe: float
    succes: float
    duree: float


def releves(chemin: Path | None = None) -> list[DernierBattement]:
    """Every job that was noted, by name; none when nothing was."""
    return [
        DernierBattement(nom, un.get("passe", 0.0), un.get("succes", 0.0), un.get("duree", 0.0))
        for nom, un in sorted(_lire(chemin or fichier()).get("travaux", {}).items())
    ]


def constater(chemin: Path | None = None) -> str:
    """What is wrong with the jobs, in words for the operator; empty when they pass as they should."""
    contenu = _lire(chemin or fichier())
    maintenant = time.time()
    if maintenant - contenu.get("instant", 0.0) > SILENCE:
        return "arrêtés"
    en_retard = {
        nom
        for nom, releve in contenu["travaux"].items()
        if maintenant - max(releve["succes"], releve["depuis"]) > 2 * releve["tous_les"] + MARGE
    }
    en_cours = contenu["en_cours"]
    if en_cours and maintenant - en_cours["depuis"] > TROP_LONG:
        en_retard.add(en_cours["nom"])
    return f"en retard ({', '.join(sorted(en_retard))})" if en_retard else ""
