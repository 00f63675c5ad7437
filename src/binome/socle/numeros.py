"""A number for each request: in the logs, in a header, on the page of what went wrong. It says nothing of anyone."""

from __future__ import annotations

import secrets
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

ENTETE: Final = "X-Request-ID"
_EN_COURS: ContextVar[str] = ContextVar("numero_de_demande", default="")


def numero_en_cours() -> str:
    """The number of the request that this thread answers; empty when it answers none."""
    return _EN_COURS.get()


class NumerosMiddleware:
    """Gives the number. One that comes with a request is not taken: who asks could write what they like in our logs."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self._suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Holds the number while the request is answered."""
        numero = secrets.token_hex(8)
        request.numero = numero  # type: ignore[attr-defined]  # for the lines written once it is answered
        jeton = _EN_COURS.set(numero)
        try:
            reponse = self._suite(request)
        finally:
            _EN_COURS.reset(jeton)
        reponse.headers[ENTETE] = numero
        return reponse
