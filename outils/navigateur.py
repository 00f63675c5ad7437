"""The browser of the tests and of the pictures: Chromium, without a window where there is one."""

from __future__ import annotations

import shutil
from typing import Final

from outils.paquets import installer

# The first opens pages a third faster: it has no window to draw.
NOMS: Final = ("chromium-headless-shell", "chromium", "chromium-browser")


def chemin() -> str:
    """Where the browser is; an empty text when there is none."""
    return next(filter(None, map(shutil.which, NOMS)), "")


def preparer() -> None:
    """Chromium for the tests of the pages: root installs it on Debian; others are told, loudly."""
    if shutil.which(NOMS[0]) or installer(NOMS[0]) or chemin():
        return
    print(
        "ATTENTION : sans Chromium, les pages ne seront pas ouvertes dans un navigateur. "
        f"Installez le paquet « {NOMS[0]} », ou « chromium », puis relancez.",
        flush=True,
    )
