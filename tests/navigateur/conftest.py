"""A real Chromium, driven by playwright; its absence is loud."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any

import pytest
from django.test import testcases
from outils.navigateur import chemin
from playwright.sync_api import sync_playwright

from tests.navigateur.coupures import Encore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, ConsoleMessage, Page

# The browser's event loop lives in the thread of the test; Django would refuse its database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
testcases.LiveServerThread = Encore  # type: ignore[misc] # the one that pytest-django starts may be stopped
CHROMIUM = chemin()
SANS_OUVRIER = "Service Worker registration blocked by Playwright"
"""What the driver itself says of the pages that ask for one, in the windows that have none."""
DRAPEAUX = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def navigateur() -> Iterator[Browser]:
    """One browser for the session."""
    if not CHROMIUM:
        pytest.skip("Chromium n’est pas installé : les pages n’ont pas été ouvertes")
    with sync_playwright() as playwright:
        ouvert = playwright.chromium.launch(executable_path=CHROMIUM, args=DRAPEAUX)
        ici: Any = asyncio.events
        boucle = ici._get_running_loop()
        yield ouvert
        ici._set_running_loop(boucle)  # the last test may be one that does not see it
        ouvert.close()


@pytest.fixture
def ouvrir(navigateur: Browser, live_server: object) -> Iterator[Callable[..., Page]]:
    """Opens a window on the site; any word in the console fails the test, but the noises that it makes."""
    contextes, paroles = [], []

    def ouvrir(
        *,
        largeur: int = 1280,
        sombre: bool = False,
        script: bool = True,
        bruits: Sequence[str] = (),
        hors_ligne: bool = False,
    ) -> Page:
        def noter(parole: ConsoleMessage) -> None:
            # A page that does not exist is said so by the browser itself, of the page's own address.
            if parole.location.get("url", "").endswith("/n-existe-pas/"):
                return
            if not any(bruit in parole.text for bruit in (*bruits, SANS_OUVRIER)):
                paroles.append(f"{parole.type}: {parole.text}")

        contexte = navigateur.new_context(
            base_url=str(live_server),
            viewport={"width": largeur, "height": 900},
            color_scheme="dark" if sombre else "light",
            java_script_enabled=script,
            locale="fr-FR",
            reduced_motion="reduce",
            # What a worker answers, a test cannot intercept: only the tests of it have one.
            service_workers="allow" if hors_ligne else "block",
        )
        contextes.append(contexte)
        page = contexte.new_page()
        page.set_default_timeout(30_000)  # a loaded machine is slow, not wrong
        page.on("console", noter)
        page.on("pageerror", lambda faute: paroles.append(f"faute : {faute}"))
        return page

    yield ouvrir
    for contexte in contextes:
        contexte.close()
    assert not paroles, paroles
