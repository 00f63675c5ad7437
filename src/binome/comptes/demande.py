"""Who asks: every page under `/espace/` is for a person who signed in, unless it says otherwise.

Everywhere, a session that lacks the second factor its roles ask for is nobody's: see `preuve`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from binome.comptes.acteur import Acteur
from binome.comptes.exigence import obligatoire
from binome.comptes.garde import envois_de, garde_de
from binome.comptes.models import Regard
from binome.comptes.preuve import POSER, etape, ouverte, preuves
from binome.habillage.envoi import COMPTE, par_script, refuser

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from binome.comptes.models import Personne
    from binome.comptes.preuve import PreuveAFaire


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
        .filter(
            pk=numero,
            soutien=request.user.pk,
            personne__is_active=True,
            clos_le__isnull=True,
            fin__gt=timezone.now(),
        )
        .first()
    )


def acteur_connecte(request: HttpRequest) -> Acteur:
    """Who signed in, with their own eyes and all their roles; for pages that `login_required` guards."""
    personne = cast("Personne", request.user)
    return Acteur(personne, preuves=preuves(request, personne))


def _reconnu(request: HttpRequest) -> Personne | AnonymousUser:
    """Who signed in, or nobody while their session lacks a proof and the address is not open to it."""
    personne = get_user(request)
    if not personne.is_authenticated:
        return personne
    manquante = etape(Acteur(personne, preuves=preuves(request, personne)))
    return personne if manquante is None or ouverte(request, manquante) else AnonymousUser()


class ActeurMiddleware:
    """Asks to sign in under `/espace/`, and sets `request.acteur` there. Elsewhere it reads nothing.

    Who must have a second factor, and has none or did not prove it, is sent to do so first from the pages
    of members, and is nobody on every other.
    """

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self._suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirects a visitor to the door, with the way back; nothing personal stays in a cache."""
        request.membre = None  # type: ignore[attr-defined] # what our middleware adds to a request
        # Lazy: a public page asks for nobody, and costs no query.
        request.user = SimpleLazyObject(lambda: _reconnu(request))  # type: ignore[assignment] # what our middleware adds to a request
        if not request.path_info.startswith(PERSONNELLES):
            return self._suite(request)
        reponse = self._repondre(request)
        reponse.headers.setdefault("Cache-Control", "private, no-store")
        return reponse

    def _repondre(self, request: HttpRequest) -> HttpResponse:
        personne = get_user(request)
        if not personne.is_authenticated:
            ferme = request.path_info.startswith(FERME)
            return _envoyer_se_connecter(request) if ferme else self._suite(request)
        request.garde = garde_de(personne)  # type: ignore[attr-defined] # what the page keeps of its forms
        request.envois = envois_de(personne)  # type: ignore[attr-defined] # whose unsent work the device keeps
        if _d_un_autre_compte(request):
            return refuser("autre-compte")
        acteur = Acteur(personne, ici=request.session.get(ICI), preuves=preuves(request, personne))
        manquante = etape(acteur)
        if manquante is not None and not ouverte(request, manquante):
            return _envoyer_a(request, manquante)
        request.user = acteur.personne
        if not request.path_info.startswith(FERME):
            # Whose menu the pages of an account show; without the factor it would lead nowhere.
            request.membre = acteur if manquante is None else None  # type: ignore[attr-defined] # what our middleware adds to a request
            return self._suite(request)
        regard = regard_de(request)
        if regard is not None:
            regarde = Acteur(regard.personne, soutien=acteur.personne)
            if not acteur.a_role("soutien") or obligatoire(regarde):
                regard = None  # the role was taken back, or the person may no longer be looked at
            elif request.method not in LECTURES:
                raise PermissionDenied("L’aide regarde sans rien changer.")
            else:
                acteur = regarde
        request.acteur = acteur  # type: ignore[attr-defined] # what our middleware adds to a request
        request.regard = regard  # type: ignore[attr-defined] # what our middleware adds to a request
        return self._suite(request)


def _d_un_autre_compte(request: HttpRequest) -> bool:
    """Whether a form comes from a page that was made for someone else, who signed in before on this browser."""
    du_compte = request.headers.get(COMPTE, "")
    ici: str = request.garde.partition(":")[0]  # type: ignore[attr-defined] # what our middleware adds to a request
    return request.method not in LECTURES and bool(du_compte) and du_compte != ici


def _envoyer_se_connecter(request: HttpRequest) -> HttpResponse:
    """To the door. A form that was sent is lost: say so, and come back to the page that it was on."""
    if par_script(request):
        return refuser("session")
    if request.method in LECTURES:
        return redirect_to_login(request.get_full_path())
    messages.warning(
        request,
        "Votre session est terminée : ce que vous venez d’envoyer n’est pas enregistré. "
        "Connectez-vous, puis recommencez.",
    )
    page = urlsplit(request.headers.get("Referer", ""))
    d_ici = page.netloc == request.get_host() and page.path.startswith(FERME)
    retour = urlunsplit(("", "", page.path, page.query, "")) if d_ici else FERME
    return redirect_to_login(retour)


def _envoyer_a(request: HttpRequest, manquante: PreuveAFaire) -> HttpResponse:
    """To the page where it is done, with the way back when there is one."""
    if "HX-Request" in request.headers:
        return refuser("session")
    page = reverse(manquante.page)
    retour = request.method == "GET" and manquante is not POSER
    suite = f"?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}" if retour else ""
    return redirect(f"{page}{suite}")


def acteur_de(request: HttpRequest) -> Acteur:
    """Who asks for a page under `/espace/`."""
    return cast("DemandeDePersonne", request).acteur
