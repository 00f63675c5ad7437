"""The questions in a real terminal: only those that matter, a way back, and nonsense put up with."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sys
import time

import pytest


class Conversation:
    """A person at a terminal: reads what is shown, types answers."""

    def __init__(self) -> None:
        self._enfant, self._bout = pty.fork()
        if self._enfant == 0:  # pragma: no cover - the child becomes the program
            # A shell that starts its jobs in the background makes them deaf to Ctrl-C.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.environ.update(TERM="xterm", COLUMNS="100", LINES="40")
            os.execv(sys.executable, [sys.executable, "-m", "binome", "positionner"])  # noqa: S606
        self._reste = ""

    def attendre(self, texte: str, patience: float = 20.0) -> str:
        """Reads until the text shows; gives back what was shown up to there, and keeps the rest."""
        fin = time.monotonic() + patience
        recu, self._reste = self._reste, ""
        while texte not in recu:
            reste = fin - time.monotonic()
            if reste <= 0 or not select.select([self._bout], [], [], reste)[0]:
                pytest.fail(f"« {texte} » n’est pas apparu ; à l’écran :\n{recu}")
            try:
                morceau = os.read(self._bout, 65536)
            except OSError:
                pytest.fail(f"« {texte} » n’est pas apparu avant la fin ; à l’écran :\n{recu}")
            recu += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", morceau.decode(errors="replace"))
        avant, trouve, self._reste = recu.partition(texte)
        return avant + trouve

    def entend(self, texte: str, patience: float) -> bool:
        """Whether the text shows in that many seconds; what was shown is kept."""
        fin = time.monotonic() + patience
        while texte not in self._reste:
            reste = fin - time.monotonic()
            if reste <= 0 or not select.select([self._bout], [], [], reste)[0]:
                return False
            self._reste += os.read(self._bout, 65536).decode(errors="replace")
        return True

    def taper(self, texte: str) -> None:
        """Types a line."""
        os.write(self._bout, f"{texte}\n".encode())

    def finir(self) -> int:
        """Reads to the end; gives back the exit code."""
        while True:
            try:
                if not os.read(self._bout, 65536):
                    break
            except OSError:
                break
        _, etat = os.waitpid(self._enfant, 0)
        os.close(self._bout)
        return os.waitstatus_to_exitcode(etat)


def test_une_secretaire_diplomee_en_six_questions() -> None:
    personne = Conversation()
    reponses = {
        "Quels diplômes": "4",
        "Quand la formation": "15/01/2026",
        "gestes et soins d’urgence": "1",
        "obtenu votre AFGSU": "15/06/2023",
        "situation aujourd’hui": "1",
        "devant le jury": "15/09/2026",
    }
    posees = 0
    while True:
        texte = personne.attendre("> ") if posees < len(reponses) else ""
        if not texte:
            break
        (reponse,) = (r for q, r in reponses.items() if q in texte.rpartition("Pour l’instant")[2])
        personne.taper(reponse)
        posees += 1
    assert posees == 6
    personne.attendre("202 h, évaluations comprises")
    personne.attendre("Les pièces à rassembler")
    assert personne.finir() == 0


def test_le_non_sens_le_retour_et_la_fin() -> None:
    personne = Conversation()
    personne.attendre("> ")
    personne.taper("9 zut")
    assert "n’est pas connu" in personne.attendre("> ")
    personne.taper("4")
    personne.attendre("Quand la formation")
    personne.attendre("> ")
    personne.taper("30/02/2026")
    assert "n’existe pas dans le calendrier" in personne.attendre("> ")
    personne.taper("retour")
    personne.attendre("Quels diplômes")
    personne.attendre("> ")
    personne.taper("0")
    personne.attendre("Quand la formation")
    personne.attendre("> ")
    personne.taper("")  # not known: another question follows
    personne.attendre("> ")
    personne.taper("fin")
    texte = personne.attendre("Base de règles")
    assert "Il manque un renseignement pour vous répondre." in texte
    assert "Quand la formation doit-elle commencer" in texte
    assert personne.finir() == 0


@pytest.mark.long(3)
def test_interrompre_ne_montre_pas_de_trace() -> None:
    personne = Conversation()
    personne.attendre("> ")
    # Once is enough for a person; but a key that comes just before the program listens is lost.
    for _ in range(10):
        os.write(personne._bout, b"\x03")
        if personne.entend("Interrompu.", 2):
            break
    texte = personne.attendre("Interrompu.")
    assert "Traceback" not in texte
    assert personne.finir() == 1
