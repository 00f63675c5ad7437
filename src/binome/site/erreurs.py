"""The pages of what goes wrong: what happened, where, what to do."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpResponseNotAllowed
from django.shortcuts import render

from binome.habillage.envoi import REFUS
from binome.site.saisie_rendue import page_d_avant, saisie_rendue
from binome.socle.empechements import empechement
from binome.socle.numeros import numero_en_cours
from binome.socle.texte_recu import DemandeIllisible

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


RENDENT: Final = frozenset({403, 405, 500, 503, 507})
"""Where a form that was well filled may end: what it held is given back."""


def _page(
    request: HttpRequest, code: int, titre: str, explication: str, *, d_avant: bool = False
) -> HttpResponse:
    contexte = {
        "titre": titre,
        "explication": explication,
        "code": code,
        "numero": numero_en_cours(),
        "membre": getattr(request, "acteur", None) or getattr(request, "membre", None),
        "rendues": saisie_rendue(request) if code in RENDENT else [],
        "d_avant": page_d_avant(request) if code in RENDENT or d_avant else "",
    }
    return render(request, "pages/erreur.html", contexte, status=code)


def demande_invalide(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the address cannot be read; the framework's own words are not for the person."""
    if isinstance(exception, DisallowedHost):
        # No link: under this name, each of them would end here.
        contexte = {"numero": numero_en_cours()}
        return render(request, "pages/autre_nom.html", contexte, status=400)
    if (trop := _trop(exception)) is not None:
        return _page(request, 400, *trop, d_avant=True)
    a_nous = not isinstance(exception, SuspiciousOperation) or isinstance(
        exception, DemandeIllisible
    )
    return _page(
        request,
        400,
        "Cette demande n’est pas lisible",
        (str(exception) if a_nous else "")
        or "Une partie de l’adresse est abîmée. Reprenez depuis l’accueil.",
    )


def _trop(exception: Exception) -> tuple[str, str] | None:
    """What passes a bound of the forms, and the bound: the address is whole, and nothing of it was read."""
    if isinstance(exception, TooManyFilesSent):
        return (
            "Trop de fichiers d’un coup",
            f"Un envoi en prend {settings.DATA_UPLOAD_MAX_NUMBER_FILES} au plus. Rien n’est enregistré. Revenez au "
            "formulaire et envoyez-les en plusieurs fois.",
        )
    if isinstance(exception, TooManyFieldsSent | RequestDataTooBig):
        return (
            "Cet envoi est trop grand",
            "Il passe ce qu’un formulaire peut porter. Rien n’est enregistré. Revenez au formulaire et envoyez-le en "
            "plusieurs fois, ou raccourcissez vos textes.",
        )
    return None


def interdit(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: why, when a page of ours said it. Elsewhere the words may be a library's."""
    a_nous = request.path_info.startswith("/espace/")
    return _page(
        request,
        403,
        "Cette page ne vous est pas ouverte",
        (str(exception) if a_nous else "")
        or "Votre rôle ne l’ouvre pas. S’il le devrait, demandez à la personne qui gère votre organisation.",
    )


def formulaire_refuse(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django calls it so
    """403 of a form whose token is not the session's: a page left open, or a browser without cookies."""
    reponse = _page(
        request,
        403,
        "Ce formulaire n’est plus valable",
        "La page est restée ouverte trop longtemps, ou une connexion a été faite depuis dans un autre "
        "onglet. Rien n’est enregistré. Revenez au formulaire et recommencez : votre navigateur a pu garder "
        "ce que vous avez saisi. Si cela se répète, permettez à ce site d’utiliser des cookies.",
    )
    reponse.headers[REFUS] = "jeton"
    return reponse


class MethodeRefuseeMiddleware:
    """405 as a page of ours: the framework's is empty, and the browser then shows one of its own.

    Who signs in again after sending a form to an address that only takes forms comes back to it this way.
    """

    def __init__(self, suite: Callable[[HttpRequest], HttpResponse]) -> None:
        self._suite = suite

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with a page in the place of an empty refusal; the API's own is none."""
        reponse = self._suite(request)
        if not isinstance(reponse, HttpResponseNotAllowed):
            return reponse
        page = _page(
            request,
            405,
            "Cette adresse ne s’ouvre pas seule",
            "Elle reçoit un formulaire. Rien n’est enregistré. Reprenez depuis votre espace.",
        )
        page.headers["Allow"] = reponse.headers["Allow"]
        # Django says a refusal once a response: this one was said already.
        page._has_been_logged = True  # type: ignore[attr-defined] # the mark that Django reads on a page
        return page


def introuvable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: says what was not found when a view said it."""
    raison = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return _page(
        request,
        404,
        "Cette page n’existe pas",
        raison or "L’adresse a peut-être changé. Cherchez depuis l’accueil.",
    )


def panne(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours; 503 or 507 when the machine refuses. Nothing of the request is shown."""
    # Django calls this while it handles what was raised, and gives nothing but the request.
    refus = empechement(sys.exc_info()[1])
    if refus is None:
        return _page(
            request,
            500,
            "Cette page n’a pas pu être faite",
            "La faute est chez nous et elle est notée. Rien n’est enregistré. Revenez au formulaire et réessayez "
            "dans un instant."
            if request.method == "POST"
            else "La faute est chez nous et elle est notée. Réessayez dans un instant.",
        )
    reponse = _page(
        request,
        refus.statut,
        refus.titre,
        "Ce que vous venez d’envoyer n’est pas enregistré, ce qui l’était déjà n’est pas touché. "
        "Gardez cette page ouverte et réessayez dans quelques minutes ; si cela dure, prévenez la "
        "personne qui tient ce site.",
    )
    reponse.headers["Retry-After"] = str(refus.attente)
    return reponse
