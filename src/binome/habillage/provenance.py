"""The list that an object was opened from: every address of its pages keeps it, so that one goes back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest

LISTE: Final = "liste"
"""What an address keeps of the list that it is opened from."""
LONGUEUR: Final = 600


def suite_de(request: HttpRequest) -> str:
    """What every address of an object's pages ends with; empty for who came from no list."""
    liste = request.GET.get(LISTE)
    return "" if liste is None else f"?{urlencode({LISTE: liste[:LONGUEUR]})}"


def suivre(request: HttpRequest, nom: str, *args: object, **dites: object) -> str:
    """The address of a page by its name, with what is said in it if anything is, and the list that one came from."""
    liste = request.GET.get(LISTE)
    valeurs = {cle: dite for cle, dite in dites.items() if dite}
    if liste is not None:
        valeurs[LISTE] = liste[:LONGUEUR]
    return reverse(nom, args=args) + (f"?{urlencode(valeurs)}" if valeurs else "")
