"""A form that the page's own script sends (`envoi.js`): where to go next, or why it did not pass, in headers.

A redirect is followed by the page itself, which would otherwise fetch the next page, and its messages, for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

ENVOI: Final = "X-Binome-Envoi"
"""Set by the script on what it sends."""
COMPTE: Final = "X-Binome-Compte"
"""The account for which the page was made."""
SUITE: Final = "X-Suite"
"""The address of the next page, of this site or not."""
REFUS: Final = "X-Refus"
"""Why the sending was refused before any view: `session`, `autre-compte` or `jeton`."""
REDIRIGENT: Final = frozenset({301, 302, 303, 307, 308})


def par_script(request: HttpRequest) -> bool:
    """Whether a script waits for the answer, and would put a whole page where it does not belong."""
    return ENVOI in request.headers or "HX-Request" in request.headers


def refuser(raison: str) -> HttpResponse:
    """The refusal that the script tells in words: nothing of the request was done."""
    return HttpResponse(status=401, headers={REFUS: raison, "Cache-Control": "no-store"})


class EnvoiMiddleware:
    """Turns a redirect into the address to go to, for who asks by the script; the door is a refusal."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self._suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, with its cookies."""
        reponse = self._suite(request)
        if not par_script(request) or reponse.status_code not in REDIRIGENT:
            return reponse
        adresse = reponse.headers["Location"]
        if urlsplit(adresse).path == settings.LOGIN_URL:
            refus = refuser("session")
            refus.cookies = reponse.cookies
            return refus
        if ENVOI in request.headers:
            del reponse.headers["Location"]
            reponse.headers[SUITE] = adresse
            reponse.status_code, reponse.content = 204, b""
        return reponse
