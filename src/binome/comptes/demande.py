"""Who asks: every page under `/espace/` is for a person who signed in, unless it says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.shortcuts import redirect

from binome.comptes.acteur import Acteur
from binome.comptes.facteurs import manque

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse


FERME: Final = "/espace/"
"""Where one must have signed in."""


class DemandeDePersonne(HttpRequest):
    """For annotations: a request of someone who signed in."""

    acteur: Acteur


class ActeurMiddleware:
    """Asks to sign in under `/espace/`, and sets `request.acteur` there. Elsewhere it reads nothing."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self._suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sends a visitor to the door, and who must have a second factor to set it up first."""
        if request.path_info.startswith(FERME):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            acteur = Acteur(request.user)
            if manque(acteur):
                return redirect("mfa_index")
            request.acteur = acteur  # type: ignore[attr-defined]
        return self._suite(request)


def acteur_de(request: HttpRequest) -> Acteur:
    """Who asks for a page under `/espace/`."""
    return cast("DemandeDePersonne", request).acteur
