"""The simulator in a real page of another site: framed where a setting names it, refused elsewhere."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
REFUS = ("frame-ancestors", "X-Frame-Options", "ERR_BLOCKED_BY_RESPONSE")
"""What the browser says of a frame that it refuses."""


@pytest.fixture
def site(live_server: LiveServer) -> Iterator[str]:
    """The origin of another site, really served, whose page holds the code that the kit gives to copy."""
    code = f'<iframe src="{live_server.url}/integrer/candidat/" title="Binôme" width="100%" height="700"></iframe>'

    class Autre(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(
                b"" if "favicon" in self.path else f"<title>Autre</title>{code}".encode()
            )

        def log_message(self, *dits: object) -> None:
            """Says nothing."""

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Autre)
    fil = Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    yield f"http://127.0.0.1:{serveur.server_port}"
    serveur.shutdown()
    fil.join()
    serveur.server_close()


@pytest.mark.parametrize("script", [True, False])
def test_dans_un_site_nomme_il_repond_et_ne_laisse_aucun_cookie(
    ouvrir: Callable[..., Page], site: str, settings: Settings, script: bool
) -> None:
    settings.CADRES_PERMIS = [site]
    page = ouvrir(largeur=390, script=script)
    page.goto(site)
    cadre = page.frame_locator("iframe")
    premiere = cadre.locator("h1").inner_text()
    cadre.get_by_role("link", name="Je ne sais pas").click()
    cadre.locator("h1", has_not_text=premiere).wait_for()
    assert cadre.get_by_role("link", name="Ouvrir dans Binôme").is_visible()
    assert page.context.cookies() == []
    dans = page.frames[1]
    assert dans.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    assert dans.evaluate("document.scripts.length") == 0
    assert dans.evaluate("localStorage.length + sessionStorage.length") == 0


def test_dans_un_autre_site_le_navigateur_le_refuse(
    ouvrir: Callable[..., Page], site: str, settings: Settings
) -> None:
    settings.CADRES_PERMIS = ["http://branche.exemple"]
    page = ouvrir(bruits=REFUS)
    page.goto(site)
    cadre = page.frame_locator("iframe")
    page.wait_for_load_state("networkidle")
    assert cadre.locator("form").count() == 0
    assert page.frames[1].url.startswith("chrome-error:")
