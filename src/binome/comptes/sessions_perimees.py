"""Sessions that ran out, or whose account is closed: they hold who was signed in, and no longer serve anyone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

if TYPE_CHECKING:
    from binome.comptes.models import Personne

TRANCHE: Final = 1000


def purger_les_sessions() -> int:
    """Deletes a thousand expired sessions at most; how many. Those that still serve are left."""
    perimees = Session.objects.filter(expire_date__lt=timezone.now()).order_by("expire_date")
    cles = list(perimees.values_list("pk", flat=True)[:TRANCHE])
    return Session.objects.filter(pk__in=cles, expire_date__lt=timezone.now()).delete()[0]


def effacer_les_sessions(personne: Personne) -> int:
    """Deletes the sessions of a person, at once and wherever they are open; how many.

    Their rows are read one by one: who they are of, and the address that was typed, is within.
    """
    numero, adresse = str(personne.pk), json.dumps(personne.courriel)[1:-1]
    siennes = []
    for session in Session.objects.order_by("pk").iterator(chunk_size=TRANCHE):
        contenu = session.get_decoded()
        # An address: of who typed a password, and was still to give a code.
        if contenu.get(SESSION_KEY) == numero or adresse in json.dumps(contenu):
            siennes.append(session.pk)
    return Session.objects.filter(pk__in=siennes).delete()[0]
