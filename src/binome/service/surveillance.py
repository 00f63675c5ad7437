"""The process that watches: it starts the others, starts again those that die, says why, and stops them all.

One thread, no framework, no database: there is nothing in it that a child could share or that could fall.
Children are started as new programs, never as copies of this one.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from binome import systeme
from binome.reglages.declarations import JOURNAL_FORMAT
from binome.socle.lignes import ligne_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

ARRET: Final = 12.0
"""Seconds that a process has to end once asked to; it is killed then."""
STABLE: Final = 10.0
"""Seconds after which a process that dies is started again at once."""
PREMIERE_PAUSE: Final = 0.25
PAUSE_MAX: Final = 4.0
"""Seconds between the death of a process that does not hold and its next start: twice more each time."""
SIGNES: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def raison(code: int) -> str:
    """Why a process ended, from its return code as `subprocess` gives it."""
    if code >= 0:
        return f"code de sortie {code}"
    try:
        nom = signal.Signals(-code).name
    except ValueError:
        nom = str(-code)
    memoire = ", faute de mémoire peut-être" if -code == signal.SIGKILL else ""
    return f"signal {nom}{memoire}"


def dire(phrase: str, niveau: str = "WARNING") -> None:
    """One line on standard error; a reader that went away stops nothing."""
    en_json = JOURNAL_FORMAT.lire() == "json"
    try:
        ecrite = ligne_json(niveau, "binome.service", phrase) if en_json else phrase
        sys.stderr.write(f"{ecrite}\n")
        sys.stderr.flush()
    except OSError:
        return


@dataclass(slots=True)
class Poste:
    """A place that one process holds at a time; `prises` are the sockets that it is given, by number."""

    nom: str
    commande: Sequence[str]
    prises: tuple[int, ...] = ()
    processus: subprocess.Popen[bytes] | None = None
    lance_a: float = 0.0
    pas_avant: float = 0.0
    pause: float = field(default=PREMIERE_PAUSE)

    def lancer(self) -> None:
        """Starts its process; one that cannot start is tried again later."""
        self.lance_a = time.monotonic()
        try:
            self.processus = subprocess.Popen(  # noqa: S603 - our own program
                self.commande,
                stdin=subprocess.PIPE,  # closed by the system when the watcher dies, however it does
                stdout=subprocess.DEVNULL,
                pass_fds=self.prises,
                start_new_session=True,  # Ctrl-C is for the watcher, which then asks the others
            )
        except OSError as erreur:
            self._attendre()
            dire(f"Binôme : {self.nom} n’a pas pu démarrer ({systeme.raison(erreur)}).")

    def _attendre(self) -> None:
        maintenant = time.monotonic()
        if maintenant - self.lance_a >= STABLE:
            self.pause = PREMIERE_PAUSE
        self.pas_avant = maintenant + self.pause
        self.pause = min(2 * self.pause, PAUSE_MAX)

    def constater(self) -> None:
        """Says it when its process died, and when the next one may start."""
        if self.processus is None or (code := self.processus.poll()) is None:
            return
        self._fermer()
        dire(
            f"Binôme : {self.nom} (processus {self.processus.pid}) s’est arrêté : {raison(code)}. "
            "Un autre le remplace."
        )
        self.processus = None
        self._attendre()

    def demander_l_arret(self) -> None:
        """Asks its process to finish what it does and to end."""
        if self.processus is not None:
            self._fermer()
            self.processus.terminate()

    def tuer(self) -> None:
        """Ends its process now."""
        if self.processus is not None and self.processus.poll() is None:
            self.processus.kill()
            self.processus.wait()
            dire(f"Binôme : {self.nom} ne s’arrêtait pas ; il a été tué.")

    def vit(self) -> bool:
        """Whether a process holds the place."""
        return self.processus is not None and self.processus.poll() is None

    def _fermer(self) -> None:
        if self.processus is not None and self.processus.stdin is not None:
            self.processus.stdin.close()


class Surveillant:
    """Keeps every place held until told to stop."""

    def __init__(self, postes: Sequence[Poste]) -> None:
        self._postes = postes
        self._arrets = 0

    def tenir(self) -> None:
        """Returns once told to stop, when every process has ended: in `ARRET` seconds at most."""
        lecture, ecriture = os.pipe()
        os.set_blocking(lecture, False)
        os.set_blocking(ecriture, False)
        signal.set_wakeup_fd(ecriture, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for signe in SIGNES:
            signal.signal(signe, self._noter)
        while not self._arrets:
            self._pourvoir()
            self._patienter(lecture, self._prochain())
        self._arreter(lecture)

    def _noter(self, signe: int, cadre: FrameType | None) -> None:  # noqa: ARG002 - as signals call
        self._arrets += 1

    def _pourvoir(self) -> None:
        for poste in self._postes:
            poste.constater()
            if poste.processus is None and time.monotonic() >= poste.pas_avant:
                poste.lancer()

    def _prochain(self) -> float | None:
        """Seconds until some place may be held again; None while all are."""
        attendus = [poste.pas_avant for poste in self._postes if poste.processus is None]
        return max(0.0, min(attendus) - time.monotonic()) if attendus else None

    def _arreter(self, lecture: int) -> None:
        fin, demandes = time.monotonic() + ARRET, self._arrets
        for poste in self._postes:
            poste.demander_l_arret()
        while any(poste.vit() for poste in self._postes) and self._arrets == demandes:
            reste = fin - time.monotonic()
            if reste <= 0:
                break
            self._patienter(lecture, reste)
        for poste in self._postes:
            poste.tuer()

    @staticmethod
    def _patienter(lecture: int, secondes: float | None) -> None:
        """Until a signal comes, or so many seconds."""
        if select.select([lecture], [], [], secondes)[0]:
            os.read(lecture, 4096)
