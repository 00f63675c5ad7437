"""Under which name the site is asked for: health answers under any, for a probe asks by address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

SOUS_TOUT_NOM: Final = frozenset({"/sante/", "/sante/pret/", "/metriques/"})
"""They speak of no host, and write none."""
ICI: Final = "localhost"


class NomDuSiteMiddleware:
    """Gives the requests of who watches a name of this machine, in place of the one that they came with.

    The name is not one of the settings: those may be wrong, and health must then be told all the same.
    """

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self._suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Changes nothing for any other address."""
        if request.path_info in SOUS_TOUT_NOM:
            request.get_host = lambda: ICI  # type: ignore[method-assign] # of this request alone
        return self._suite(request)
