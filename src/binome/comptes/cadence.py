"""How often one address may begin a sign-in by key: each begins a session, which is a row."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from allauth.mfa.webauthn import views as cles
from django.core.cache import caches
from django.http import HttpResponse

from binome.socle.adresse_reseau import adresse_comptee

if TYPE_CHECKING:
    from django.http import HttpRequest

MINUTE: Final = 60
DEBUTS: Final = 60
"""Sign-ins that one address begins in a minute, in one process: a classroom stays under it."""


def trop_souvent(request: HttpRequest) -> bool:
    """Whether the address has begun too many this minute. Counted in the process: a GET writes no counter."""
    adresse = adresse_comptee(str(request.META.get("REMOTE_ADDR", "")))
    cle = f"cle-d-acces:{int(time.time() // MINUTE)}:{adresse}"
    compteurs = caches["processus"]
    compteurs.add(cle, 0, MINUTE)
    try:
        return compteurs.incr(cle) > DEBUTS
    except ValueError:  # the cache made room in between
        return False


def entrer_par_cle(request: HttpRequest) -> HttpResponse:
    """allauth's own view, unless it is asked for too often."""
    if trop_souvent(request):
        return HttpResponse(
            "Trop d’essais à la suite. Attendez une minute, puis réessayez.",
            status=429,
            content_type="text/plain; charset=utf-8",
            headers={"Retry-After": str(MINUTE)},
        )
    reponse: HttpResponse = cles.login_webauthn(request)
    return reponse
