"""Whether the site is in service, for the machine that watches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.http import HttpResponse
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def sante(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """200 once the database answers; its failure is a 503 like everywhere, and says nothing of the house."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT 1")
    return HttpResponse(
        "en service\n",
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
