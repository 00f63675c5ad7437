"""JSON answers: those that nobody keeps, and those that a client may.

The tag of the latter is the hash of the rule base and of what is answered.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from binome.api.problemes import en_octets
from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from django.http import HttpRequest

JSON: Final = "application/json"


def etiquette(octets: bytes) -> str:
    """The tag of an answer: it changes with the base, and with the answer."""
    empreinte = base_courante().empreinte.removeprefix("sha256:")[:16]
    return f'"{empreinte}-{hashlib.sha256(octets).hexdigest()[:16]}"'


def prive(objet: object, statut: int = 200) -> HttpResponse:
    """The object as JSON, for its sender alone: no cache keeps it."""
    return HttpResponse(
        en_octets(objet),
        status=statut,
        content_type=JSON,
        headers={"Cache-Control": "private, no-store"},
    )


def donner(request: HttpRequest, objet: object, *, genre: str = JSON) -> HttpResponse:
    """The object as JSON, or 304 when the client has it already."""
    octets = en_octets(objet)
    tag = etiquette(octets)
    connues = {
        un.removeprefix("W/") for un in parse_etags(request.headers.get("If-None-Match", ""))
    }
    reponse: HttpResponse = (
        HttpResponseNotModified()
        if connues & {tag, "*"}
        else HttpResponse(octets, content_type=genre)
    )
    reponse.headers["ETag"] = tag
    reponse.headers["Cache-Control"] = (
        "private, no-cache" if request.META.get("QUERY_STRING") else "no-cache"
    )
    return reponse
