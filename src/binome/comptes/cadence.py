"""How often one address may begin a sign-in by key or by ProConnect: each begins a session, which is a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from allauth.mfa.webauthn import views as cles
from django.shortcuts import render

from binome.socle.adresse_reseau import adresse_comptee
from binome.socle.cadence import MINUTE, dans_la_cadence

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

DEBUTS: Final = 60
"""Sign-ins that one address begins in a minute, in one process: a classroom stays under it."""


def trop_souvent(request: HttpRequest, porte: str) -> HttpResponse | None:
    """The answer that asks to wait, when the address has begun too many at that door this minute."""
    adresse = adresse_comptee(str(request.META.get("REMOTE_ADDR", "")))
    if dans_la_cadence(f"{porte}:{adresse}", DEBUTS):
        return None
    reponse = render(request, "429.html", status=429)
    reponse.headers["Retry-After"] = str(MINUTE)
    return reponse


def entrer_par_cle(request: HttpRequest) -> HttpResponse:
    """allauth's own view, unless it is asked for too often."""
    reponse: HttpResponse = trop_souvent(request, "cle-d-acces") or cles.login_webauthn(request)
    return reponse
