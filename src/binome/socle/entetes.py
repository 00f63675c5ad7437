"""Headers that Django does not set by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

PERMISSIONS = "camera=(), microphone=(), geolocation=(), browsing-topics=()"


class EntetesMiddleware:
    """No sensor, no cache shared between visitors when an address holds their answers."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self._suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Adds the headers to every response."""
        reponse = self._suite(request)
        reponse.headers.setdefault("Permissions-Policy", PERMISSIONS)
        reponse.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.META.get("QUERY_STRING"):
            reponse.headers.setdefault("Cache-Control", "private, no-store")
        return reponse
