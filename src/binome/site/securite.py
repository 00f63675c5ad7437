"""`/.well-known/security.txt` (RFC 9116): where to report a vulnerability, when whoever runs the site says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def contact(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """The contact and its last day. Raises Http404 without one, or once that day is past."""
    jusqu_au = settings.SECURITE_JUSQU_AU
    if not settings.SECURITE_CONTACT or jusqu_au is None or jusqu_au < timezone.localdate():
        raise Http404("Aucun contact n’est donné.")
    lignes = (
        f"Contact: {settings.SECURITE_CONTACT}",
        f"Expires: {jusqu_au.isoformat()}T23:59:59Z",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.ADRESSE}/.well-known/security.txt",
    )
    return HttpResponse("\n".join(lignes) + "\n", content_type="text/plain; charset=utf-8")
