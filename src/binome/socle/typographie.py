"""French typography on every page: the narrow spaces are put in the text, never in the data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from binome.typographie import typographie

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

# What is between two tags and is not blank: indentation is half of what a page holds there.
_TEXTE = re.compile(r">\s*[^<>\s][^<>]*(?=<|\Z)")
# The elements whose text is not prose: they are taken whole, and left as is.
_SANS_PROSE = re.compile(r"<(script|style|pre|code|textarea)\b.*?</\1>", re.DOTALL)
SOURCES: Final = '<details class="sources">'
"""How the sources of a block begin, half of an answer: done once for all pages, a page takes them as they are."""
FIN: Final = "</details>"


def typographier(html: str) -> str:
    """A page with the narrow spaces of French typography in its text."""
    morceaux, debut = [], 0
    while (sources := html.find(SOURCES, debut)) >= 0:
        fin = html.find(FIN, sources)
        if fin < 0:
            break
        morceaux += [typographier_un_morceau(html[debut:sources]), html[sources:fin]]
        debut = fin
    morceaux.append(typographier_un_morceau(html[debut:]))
    return "".join(morceaux)


def typographier_un_morceau(html: str) -> str:
    """The same for a part of a page, its sources too."""
    morceaux, debut = [], 0
    for trouve in _SANS_PROSE.finditer(html):
        morceaux += [_prose(html[debut : trouve.start()]), trouve[0][:-1]]
        debut = trouve.end() - 1  # its last sign is what the text after it follows
    morceaux.append(_prose(html[debut:]))
    return "".join(morceaux)


def _prose(html: str) -> str:
    return _TEXTE.sub(lambda m: typographie(m[0]), html)


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
