"""`./binome test`: the whole suite; `--long` adds what takes minutes; other words go to pytest."""

from __future__ import annotations

import os
import subprocess
import sys


def main(arguments: list[str]) -> int:
    """Runs pytest on two processes, with the long tests only when asked."""
    longs = "--long" in arguments
    reste = [argument for argument in arguments if argument != "--long"]
    choix = [] if longs or any(un.startswith("-m") for un in reste) else ["-m", "not long"]
    processus = [] if any(un.startswith("-n") for un in reste) else ["-n", "2"]
    commande = [sys.executable, "-m", "pytest", *choix, *processus, *reste]
    environnement = {**os.environ, "PYTHONHASHSEED": "0"}
    return subprocess.run(commande, env=environnement, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
