"""What may be said of a request to who watches: how the program names it, never how it was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

METHODES: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
AUTRE: Final = "AUTRE"
STATIQUE: Final = "static/"
AUCUNE: Final = "aucune"
"""The route of what was answered before any was found: an address that leads nowhere, a sign-in to do first."""


def methode(request: HttpRequest) -> str:
    """Its method, if it is one: who asks may write any word there."""
    return request.method if request.method in METHODES else AUTRE


def route(request: HttpRequest) -> str:
    """The route that answers, as the program declares it."""
    trouvee = request.resolver_match
    if trouvee is not None:
        return trouvee.route or "/"
    return STATIQUE if request.path_info.startswith(settings.STATIC_URL) else AUCUNE
