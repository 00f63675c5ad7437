"""The watcher, over small processes: what dies is replaced and told, what is asked to stop stops."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from binome.service.surveillance import PAUSE_MAX, PREMIERE_PAUSE, raison

if TYPE_CHECKING:
    from collections.abc import Iterator

SURVEILLER = """
import sys
from binome.service import surveillance
surveillance.ARRET = 1.0
surveillance.Surveillant([
    surveillance.Poste(nom, (sys.executable, "-S", "-c", code))
    for nom, code in zip(["l’ouvrier", "l’autre"], sys.argv[1:])
]).tenir()
"""
DORMIR = "import sys; sys.stderr.write('prêt\\n'); sys.stdin.read()"
TENIR = (
    "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "sys.stderr.write('prêt\\n'); sys.stderr.flush(); time.sleep(60)"
)

SOURD = (
    f"import sys, time; sys.path[:] = {sys.path!r};"
    "from binome.service.lien import mourir_avec_le_parent; mourir_avec_le_parent();"
    "sys.stderr.write('prêt\\n'); sys.stderr.flush(); time.sleep(60)"
)
"""Does not see its standard input close: the system alone can end it."""


@contextmanager
def surveiller(*codes: str) -> Iterator[subprocess.Popen[str]]:
    """A watcher over processes that run these codes."""
    with subprocess.Popen(
        [sys.executable, "-c", SURVEILLER, *codes], stderr=subprocess.PIPE, text=True
    ) as processus:
        try:
            yield processus
        finally:
            processus.kill()


def ligne(processus: subprocess.Popen[str]) -> str:
    """The next thing it says."""
    assert processus.stderr is not None
    return processus.stderr.readline()


def enfant(processus: subprocess.Popen[str]) -> int:
    """The process that it holds now."""
    trouve = subprocess.run(["pgrep", "-P", str(processus.pid)], capture_output=True, check=True)
    return int(trouve.stdout.split()[0])


def test_ce_qui_meurt_est_dit_et_remplace() -> None:
    mort = 0
    with surveiller(DORMIR) as processus:
        for _ in range(2):
            assert ligne(processus) == "prêt\n"
            mort = enfant(processus)
            os.kill(mort, signal.SIGKILL)
            dite = ligne(processus)
            assert f"l’ouvrier (processus {mort}) s’est arrêté : signal SIGKILL" in dite
        assert ligne(processus) == "prêt\n"
        assert enfant(processus) != mort


def test_ce_qui_ne_tient_pas_n_arrete_pas_le_serveur() -> None:
    with surveiller("raise SystemExit(7)", DORMIR) as processus:
        lues = [ligne(processus) for _ in range(4)]
        assert sum("code de sortie 7" in dite for dite in lues) >= 2
        assert processus.poll() is None


@pytest.mark.parametrize("signe", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_un_arret_demande_arrete_tout(signe: signal.Signals) -> None:
    with surveiller(DORMIR) as processus:
        assert ligne(processus) == "prêt\n"
        fils = enfant(processus)
        processus.send_signal(signe)
        assert processus.wait(5) == 0
        assert not vivant(fils)


def test_ce_qui_ne_veut_pas_s_arreter_est_tue() -> None:
    with surveiller(TENIR) as processus:
        assert ligne(processus) == "prêt\n"
        fils = enfant(processus)
        processus.terminate()
        assert processus.wait(5) == 0
        assert "l’ouvrier ne s’arrêtait pas" in ligne(processus)
        assert not vivant(fils)


def test_un_second_signal_n_attend_plus() -> None:
    with surveiller(TENIR) as processus:
        assert ligne(processus) == "prêt\n"
        debut = time.monotonic()
        processus.terminate()
        time.sleep(0.1)
        processus.send_signal(signal.SIGINT)
        assert processus.wait(5) == 0
        assert time.monotonic() - debut < 0.8


def test_la_mort_subite_du_surveillant_emporte_les_siens() -> None:
    with surveiller(DORMIR, SOURD) as processus:
        assert [ligne(processus), ligne(processus)] == ["prêt\n", "prêt\n"]
        fils = subprocess.run(
            ["pgrep", "-P", str(processus.pid)], capture_output=True, check=True
        ).stdout.split()
        assert len(fils) == 2
        processus.kill()
        processus.wait()
        fin = time.monotonic() + 5
        while any(vivant(int(numero)) for numero in fils):
            assert time.monotonic() < fin
            time.sleep(0.02)


def vivant(numero: int) -> bool:
    """Whether a process runs."""
    try:
        with open(f"/proc/{numero}/stat", encoding="utf-8") as etat:  # noqa: PTH123 - vanishes meanwhile
            return re.search(r"\) [ZX]", etat.read()) is None
    except FileNotFoundError:
        return False


def test_les_pauses_sont_bornees() -> None:
    assert 0 < PREMIERE_PAUSE < PAUSE_MAX < 10 / 2
    assert raison(3) == "code de sortie 3"
    assert raison(-11) == "signal SIGSEGV"
    assert raison(-64).startswith("signal ")
