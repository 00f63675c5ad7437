"""Headers that Django does not set by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

PERMISSIONS = "camera=(), microphone=(), geolocation=(), browsing-topics=()"


def politique(permis: dict[str, list[str]]) -> str:
    """The content policy, as its header writes it."""
    return "; ".join(" ".join([nom, *sources]) for nom, sources in permis.items())


class EntetesMiddleware:
    """Nothing from elsewhere, no sensor, no cache shared between visitors when an address holds their answers."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self._suite = suite
        # Written once: it is the same for every page, but those that say their own.
        self._politique = politique(settings.POLITIQUE_DE_CONTENU)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Adds the headers to every response."""
        reponse = self._suite(request)
        # The framework's own pages of a fault, for who develops, hold their styles.
        if not (settings.DEBUG and reponse.status_code in {404, 500}):
            reponse.headers.setdefault("Content-Security-Policy", self._politique)
        reponse.headers.setdefault("Permissions-Policy", PERMISSIONS)
        reponse.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.META.get("QUERY_STRING"):
            reponse.headers.setdefault("Cache-Control", "private, no-store")
        return reponse
