"""French typography on every page: the narrow spaces are put in the text, never in the data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from binome.typographie import typographie

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

# What is between two tags and is not blank: indentation is half of what a page holds there. The elements whose
# text is not prose are taken whole, and left as is.
_TEXTE = re.compile(
    r"<(script|style|pre|code|textarea)\b.*?</\1>|(?<=>)\s*[^<>\s][^<>]*(?=<)", re.DOTALL
)


def typographier(html: str) -> str:
    """A page with the narrow spaces of French typography in its text."""
    return _TEXTE.sub(lambda m: m[0] if m[1] else typographie(m[0]), html)


class TypographieMiddleware:
    """Applies it to whole HTML responses; streams and other contents pass untouched."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self._suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Rewrites the text of the page."""
        reponse = self._suite(request)
        html = reponse.headers.get("Content-Type", "").startswith("text/html")
        if html and not reponse.streaming and "Content-Encoding" not in reponse.headers:
            reponse.content = typographier(
                reponse.content.decode(reponse.charset or "utf-8")
            ).encode()
            if "Content-Length" in reponse.headers:
                reponse.headers["Content-Length"] = str(len(reponse.content))
        return reponse
