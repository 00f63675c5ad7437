"""Around every address under `/api/`: whatever happens inside, a problem detail comes out."""

from __future__ import annotations

import logging
import traceback
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.errors import HttpError, Throttled

from binome.api.problemes import Probleme
from binome.socle.empechements import empechement

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

journal = logging.getLogger(__name__)


def en_probleme(erreur: Exception) -> Probleme:
    """The problem behind an exception. An unforeseen one is logged, without what was sent."""
    match erreur:
        case Probleme():
            return erreur
        case Throttled():
            return Probleme("trop_de_demandes", "Cette adresse a épuisé ses demandes de la minute.")
        case RequestDataTooBig():
            return Probleme("trop_gros", "Le corps de la demande est trop gros.")
        case Http404():
            dit = erreur.args[0] if erreur.args and isinstance(erreur.args[0], str) else ""
            return Probleme("introuvable", dit or "Cette adresse n’existe pas dans l’API.")
        case (
            BadRequest()
            | SuspiciousOperation()
            | PermissionDenied()
            | MultiPartParserError()
            | UnreadablePostError()
            | HttpError()
        ):
            return Probleme("demande_illisible", "La demande est abîmée ou incomplète.")
        case _:
            noter(journal, erreur)
            return panne(erreur)


def panne(erreur: BaseException | None) -> Probleme:
    """The problem behind an unforeseen exception: the machine's refusal, or a fault of ours."""
    refus = empechement(erreur)
    if refus is None:
        return Probleme("panne", "La faute est chez nous. Réessayez dans un instant.")
    attente = {"Retry-After": str(refus.attente)}
    return Probleme(refus.code, f"{refus.titre}. Rien n’est enregistré.", entetes=attente)


def noter(journal: logging.Logger, erreur: Exception) -> None:
    """Logs where a fault of ours is, without its message: that may hold what was sent."""
    lieu = "".join(traceback.format_tb(erreur.__traceback__))
    journal.error("Faute de programme : %s\n%s", type(erreur).__name__, lieu)


def methode_refusee(reponse: HttpResponseNotAllowed) -> HttpResponse:
    """405 as a problem detail, with the methods that are allowed."""
    permises = reponse.headers["Allow"]
    detail = f"Cette adresse se demande par : {permises}."
    return Probleme("methode_refusee", detail, entetes={"Allow": permises}).en_reponse()


def envelopper(vue: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The same view, whose every failure is a problem detail; HEAD is answered as GET.

    No cookie opens anything here, so there is nothing for a forged request to use.
    """

    @wraps(vue)
    def enveloppee(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tete = request.method == "HEAD"
        if tete:
            request.method = "GET"
        try:
            reponse = vue(request, *args, **kwargs)
        except Exception as erreur:
            reponse = en_probleme(erreur).en_reponse()
        if isinstance(reponse, HttpResponseNotAllowed):
            reponse = methode_refusee(reponse)
        if tete:
            request.method = "HEAD"
            if isinstance(reponse, HttpResponse):
                reponse.headers["Content-Length"] = str(len(reponse.content))
                reponse.content = b""
        return reponse

    enveloppee.csrf_exempt = True  # type: ignore[attr-defined] # the mark that Django reads on a view
    return enveloppee
