"""What allauth has no public name for: the one file that may import from a library's `internal`.

A session keeps the proofs that it was opened with. allauth publishes how to read them and writes one for
each factor that is used, not for a factor that has just been set up: without it, who sets up a first factor
would be asked for another code at once. Nothing promises that this name stays where it is, so the version is
held in `pyproject.toml`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.internal.flows.login import record_authentication

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.http import HttpRequest

    from binome.comptes.models import Personne


def noter_une_preuve(request: HttpRequest, personne: Personne, facteur: Authenticator) -> None:
    """Adds to the session that its person has just proven that factor."""
    record_authentication(request, personne, "mfa", id=facteur.pk, type=facteur.type)
