"""The title of a page that refused what was sent: it is what a screen reader says first, and what a tab shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

REFUSENT: Final = frozenset({409, 422})
"""The answers that show a form again, with why it did not pass."""
SANS_LE_DIRE: Final = "/compte/"
"""Where a library shows a form again, refused, as if nothing was: the page alone tells."""
REFUSE: Final = (b'aria-invalid="true"', b'class="encart" role="alert"')
TITRE: Final = b"<title>"
ERREUR: Final = "Erreur\u00a0: ".encode()


class TitreRefuseMiddleware:
    """« Erreur : » before the title, on whichever page."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self._suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, its title told; a part of a page has none."""
        reponse = self._suite(request)
        html = reponse.headers.get("Content-Type", "").startswith("text/html")
        if html and not reponse.streaming and _refuse(request, reponse):
            reponse.content = reponse.content.replace(TITRE, TITRE + ERREUR, 1)
        return reponse


def _refuse(request: HttpRequest, reponse: HttpResponse) -> bool:
    if reponse.status_code in REFUSENT:
        return True
    tu = request.method == "POST" and request.path_info.startswith(SANS_LE_DIRE)
    return tu and reponse.status_code == 200 and any(un in reponse.content for un in REFUSE)
