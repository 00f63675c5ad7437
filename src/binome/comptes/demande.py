"""Who asks: every page under `/espace/` is for a person who signed in, unless it says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.facteurs import manque
from binome.comptes.models import Regard

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from binome.comptes.models import Personne


FERME: Final = "/espace/"
"""Where one must have signed in."""
PERSONNELLES: Final = (FERME, "/compte/")
"""What no cache may keep: a page of one person, on a computer that several may share."""
REGARD: Final = "regard"
"""Where a session keeps the number of support's look."""
ICI: Final = "organisation"
"""Where a session keeps the organisation that the person chose to act for."""
LECTURES: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""What one may ask while looking through a person's eyes."""


class DemandeDePersonne(HttpRequest):
    """For annotations: a request of someone who signed in."""

    acteur: Acteur


def regard_de(request: HttpRequest) -> Regard | None:
    """The look that support holds open, while its time lasts."""
    numero = request.session.get(REGARD)
    if numero is None:
        return None
    return (
        Regard.objects.select_related("personne", "soutien")
        .filter(pk=numero, soutien=request.user.pk, clos_le__isnull=True, fin__gt=timezone.now())
        .first()
    )


def acteur_connecte(request: HttpRequest) -> Acteur:
    """Who signed in, with their own eyes; for pages that `login_required` guards."""
    return Acteur(cast("Personne", request.user))


class ActeurMiddleware:
    """Asks to sign in under `/espace/`, and sets `request.acteur` there. Elsewhere it reads nothing.

    Who must have a second factor and has none is sent to set one up first.
    """

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self._suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirects a visitor to the door, with the way back; nothing personal stays in a cache."""
        reponse = self._repondre(request)
        if request.path_info.startswith(PERSONNELLES):
            reponse.headers.setdefault("Cache-Control", "private, no-store")
        return reponse

    def _repondre(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(FERME):
            return self._suite(request)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        acteur = Acteur(request.user, ici=request.session.get(ICI))
        if settings.SECOND_FACTEUR_EXIGE and manque(acteur):
            return redirect("mfa_index")
        regard = regard_de(request)
        if regard is not None:
            if request.method not in LECTURES:
                raise PermissionDenied("L’aide regarde sans rien changer.")
            acteur = Acteur(regard.personne, soutien=acteur.personne)
        request.acteur = acteur  # type: ignore[attr-defined]
        request.regard = regard  # type: ignore[attr-defined]
        return self._suite(request)


def acteur_de(request: HttpRequest) -> Acteur:
    """Who asks for a page under `/espace/`."""
    return cast("DemandeDePersonne", request).acteur
