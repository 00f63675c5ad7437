"""`/metriques/`: figures for who watches, in Prometheus' text format; closed unless a setting opens it."""

from __future__ import annotations

import secrets
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from binome.diagnostic.releve import Releve

if TYPE_CHECKING:
    from django.http import HttpRequest


def _jeton_bon(request: HttpRequest) -> bool:
    """Whether who asks has the token; so does anyone where none is set."""
    if not settings.METRIQUES_JETON:
        return True
    mot, _, jeton = request.headers.get("Authorization", "").partition(" ")
    attendu = settings.METRIQUES_JETON.encode()
    return mot.lower() == "bearer" and secrets.compare_digest(jeton.strip().encode(), attendu)


def _adresse_bonne(request: HttpRequest) -> bool:
    """Whether who asks is in a network of the list; so is anyone where there is no list."""
    if not settings.METRIQUES_ADRESSES:
        return True
    with suppress(ValueError):
        adresse = ip_address(str(request.META.get("REMOTE_ADDR", "")).partition("%")[0])
        return any(adresse in reseau for reseau in settings.METRIQUES_ADRESSES)
    return False


@csrf_exempt  # what is closed says so before a form is read
def metriques(request: HttpRequest) -> HttpResponse:
    """The figures. Raises Http404 for who may not, as for an address that does not exist."""
    ouvertes = settings.METRIQUES_JETON or settings.METRIQUES_ADRESSES
    lecture = request.method in {"GET", "HEAD"}
    if not (ouvertes and lecture and _adresse_bonne(request) and _jeton_bon(request)):
        raise Http404
    from binome.socle.compteurs import registre  # noqa: PLC0415 - counts nothing where it is closed

    etat = CollectorRegistry()
    etat.register(Releve())
    return HttpResponse(
        generate_latest(registre()) + generate_latest(etat),
        content_type=CONTENT_TYPE_LATEST,
        headers={"Cache-Control": "no-store"},
    )
