"""A sealed paper that is made when it is asked for, so many at a time: those who ask for pages wait for none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import HttpResponse

from binome.cloison.places import PAPIERS, CloisonPleine
from binome.habillage.en_fichier import en_fichier
from binome.sceau.cle import SceauAbsent

if TYPE_CHECKING:
    from collections.abc import Callable

SANS_SCEAU: Final = (
    "ne peut pas être scellé pour l’instant. Prévenez la personne qui tient ce site."
)
OCCUPE: Final = (
    "Beaucoup de documents se préparent en ce moment. Demandez celui-ci de nouveau dans un instant."
)
UN_INSTANT: Final = "5"
"""Seconds: a paper takes a tenth of one, a whole booklet one at most."""


def en_pdf(sceller: Callable[[], bytes], nom: str, *, mot: str = "Ce papier") -> HttpResponse:
    """The sealed paper; a sentence while nothing can seal it, since no other would be worth anything, or while too many are made."""
    try:
        with PAPIERS.place():
            contenu = sceller()
    except SceauAbsent:
        return _phrase(f"{mot} {SANS_SCEAU}")
    except CloisonPleine:
        return _phrase(OCCUPE, {"Retry-After": UN_INSTANT})
    return en_fichier(contenu, f"{nom}.pdf", sur_place=True)


def _phrase(phrase: str, entetes: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(
        phrase, status=503, content_type="text/plain; charset=utf-8", headers=entetes
    )
