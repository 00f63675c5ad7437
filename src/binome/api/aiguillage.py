"""What goes wrong before any view is reached: a problem detail under `/api/`, a page elsewhere."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from binome.api.enveloppe import en_probleme, panne

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

RACINE: Final = "/api/"


def avec_exception(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A handler of 400, 403 or 404: the problem behind the exception, or the page."""

    def gestionnaire(request: HttpRequest, exception: Exception) -> HttpResponse:
        if request.path_info.startswith(RACINE):
            return en_probleme(exception).en_reponse()
        return page(request, exception)

    return gestionnaire


def sans_exception(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The handler of 500, whose fault is logged already."""

    def gestionnaire(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(RACINE):
            return panne(sys.exc_info()[1]).en_reponse()
        return page(request)

    return gestionnaire
