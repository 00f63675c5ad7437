"""What was typed in a form that could not be taken: the page that says so gives it back, to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.core.exceptions import SuspiciousOperation
from django.http.multipartparser import MultiPartParserError

from binome.socle.texte_recu import SECRETS

if TYPE_CHECKING:
    from django.http import HttpRequest

DE_LA_PAGE: Final = frozenset(
    {"version", "posee", "pliee", "geste", "avis", "puis", "next", "login", "chemin", "etat"}
)
"""Fields that a page fills by itself, or an address of who signs in."""


def _d_ici(request: HttpRequest, adresse: str) -> bool:
    return urlsplit(adresse).netloc == request.get_host()


def saisie_rendue(request: HttpRequest) -> list[tuple[str, str]]:
    """Each field and what it held, without a secret; nothing of a form that another site sent.

    What could not be read (a cut connection, a form too large) is not tried again.
    """
    if request.method != "POST":
        return []
    try:
        recu = request.POST
    except (OSError, SuspiciousOperation, MultiPartParserError):
        return []
    d_ou = request.headers.get("Origin") or request.headers.get("Referer", "")
    if not _d_ici(request, d_ou):
        return []
    return [
        (nom.replace("_", " ").capitalize(), " ; ".join(dites))
        for nom, valeurs in recu.lists()
        if nom not in DE_LA_PAGE
        and not any(partie in nom for partie in SECRETS)
        and (dites := [une for une in valeurs if une.strip()])
    ]


def page_d_avant(request: HttpRequest) -> str:
    """Where the form was, on this site; empty when the browser does not say, or when it is the very page."""
    lue = request.headers.get("Referer", "")
    if not _d_ici(request, lue):
        return ""
    morceaux = urlsplit(lue)
    adresse = f"{morceaux.path}?{morceaux.query}" if morceaux.query else morceaux.path
    return "" if request.method != "POST" and adresse == request.get_full_path() else adresse
