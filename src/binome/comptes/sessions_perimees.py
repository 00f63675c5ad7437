"""Sessions that ran out: they hold who was signed in, and no longer serve anyone."""

from __future__ import annotations

from typing import Final

from django.contrib.sessions.models import Session
from django.utils import timezone

TRANCHE: Final = 1000


def purger_les_sessions() -> int:
    """Deletes a thousand expired sessions at most; how many. Those that still serve are left."""
    perimees = Session.objects.filter(expire_date__lt=timezone.now()).order_by("expire_date")
    cles = list(perimees.values_list("pk", flat=True)[:TRANCHE])
    return Session.objects.filter(pk__in=cles, expire_date__lt=timezone.now()).delete()[0]
