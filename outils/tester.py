"""`./binome test`: the whole suite; `--long` adds what takes minutes; other words go to pytest."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAVIGATEURS = ("chromium", "chromium-browser")


def preparer_le_navigateur() -> None:
    """Chromium for the tests of the pages: root installs it on Debian; others are told, loudly."""
    if any(map(shutil.which, NAVIGATEURS)):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print(
            "Chromium manque à cette machine : installation (apt-get install chromium)…", flush=True
        )
        apt = ["apt-get", "-qq"]
        commandes = (
            [*apt, "update"],
            [*apt, "install", "-y", "--no-install-recommends", "chromium"],
        )
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        if all(
            subprocess.run(une, env=env, capture_output=True, check=False).returncode == 0
            for une in commandes
        ):
            return
    print(
        "ATTENTION : sans Chromium, les pages ne seront pas ouvertes dans un navigateur. "
        "Installez le paquet « chromium » puis relancez.",
        flush=True,
    )


def main(arguments: list[str]) -> int:
    """Runs pytest on two processes, with the long tests only when asked."""
    longs = "--long" in arguments
    reste = [argument for argument in arguments if argument != "--long"]
    choix = [] if longs or any(un.startswith("-m") for un in reste) else ["-m", "not long"]
    processus = [] if any(un.startswith("-n") for un in reste) else ["-n2", "--dist=worksteal"]
    preparer_le_navigateur()
    commande = [sys.executable, "-m", "pytest", *choix, *processus, *reste]
    environnement = {**os.environ, "PYTHONHASHSEED": "0"}
    return subprocess.run(commande, env=environnement, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
