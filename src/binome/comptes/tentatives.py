"""How often one may be wrong at a door: it slows who guesses, and locks nobody out of their own account.

Failures alone count. By address and account: a guesser waits, the owner comes in from anywhere else. By
address: who tries many accounts waits. A whole classroom that signs in rightly from one address passes.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from binome.comptes.partage import compter, premiere_fois, rendre
from binome.socle.adresse_reseau import adresse_comptee

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.http import HttpRequest

FENETRE: Final = timedelta(minutes=5)
PAR_COMPTE: Final = 5
"""Failures of one address at one account, within the window."""
PAR_ADRESSE: Final = 100
"""Failures of one address, at any account: a classroom that mistypes stays under it."""
CODES_FENETRE: Final = timedelta(hours=1)
CODES: Final = 30
"""Wrong codes of one account from everywhere: only who has its password can reach them, and six figures
would otherwise be guessed from many addresses. A passkey is never counted."""
CODE_GARDE: Final = timedelta(minutes=3)
"""How long a code that served is remembered: longer than it is worth."""


class Tentative:
    """One attempt: counted as it begins, so that a hundred at once are a hundred; given back when right."""

    def __init__(
        self, request: HttpRequest, compte: str, *, par_code: bool = False, porte: str = "porte"
    ) -> None:
        """`porte` names the door: who is wrong at one closes no other."""
        adresse = adresse_comptee(str(request.META.get("REMOTE_ADDR", "")))
        nature = "code" if par_code else porte
        # The address first: once it has tried too many accounts, another made-up one makes no counter.
        self._limites = [
            (f"{nature}:{adresse}", FENETRE, PAR_ADRESSE),
            (f"{nature}:{adresse}:{compte}", FENETRE, PAR_COMPTE),
        ]
        if par_code:
            self._limites.append((f"code:{compte}", CODES_FENETRE, CODES))
        self._comptes: list[str] = []

    def commencer(self) -> bool:
        """Counts the attempt; whether it may be made. One that may not costs no other counter."""
        for cle, duree, limite in self._limites:
            self._comptes.append(cle)
            if compter(cle, duree) > limite:
                self.reussir()
                return False
        return True

    def reussir(self) -> None:
        """It was right: it does not count."""
        for cle in self._comptes:
            rendre(cle)
        self._comptes.clear()


def sert_une_fois(facteur: Authenticator, code: str) -> bool:
    """Whether a code of an app was not used yet, in any worker."""
    chiffres = "".join(filter(str.isalnum, code))
    return premiere_fois(f"code-servi:{facteur.pk}:{chiffres}", CODE_GARDE)
