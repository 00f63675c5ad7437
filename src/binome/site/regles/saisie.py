"""What a visitor typed in an address: words to search for, a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.pliage import plier
from binome.regles import jours

if TYPE_CHECKING:
    from datetime import date

    from django.http import QueryDict

LONGUEUR: Final = 120
"""Signs of a search that are read; the rest is left out."""
_ANNEES: Final = range(1900, 2101)


def mots_de(requete: QueryDict) -> str:
    """The words searched for, on one line; empty when there are none."""
    lisibles = "".join(un if un.isprintable() else " " for un in requete.get("q", ""))
    return " ".join(lisibles.split())[:LONGUEUR]


def _racine(mot: str) -> str:
    """A word without the mark of its plural, when it is long enough to lose it."""
    return mot.rstrip("sx") if len(mot) > 4 else mot


def trouve(recherche: str, *textes: str) -> bool:
    """Whether each word searched for is in these texts, accents and plurals apart."""
    ou = plier(" ".join(textes))
    return all(_racine(mot) in ou for mot in plier(recherche).split())


def lire_jour(texte: str) -> date:
    """A day, as people write it. Raises ValueError with a French sentence."""
    lu = jours.lire_jour(texte)
    if lu is None:
        msg = f"« {texte.strip()[:20]} » n’est pas une date. Choisissez un jour, par exemple le 1er mars 2023."
        raise ValueError(msg)
    if lu.year not in _ANNEES:
        msg = f"L’année {lu.year} n’est pas plausible. Choisissez un jour entre 1900 et 2100."
        raise ValueError(msg)
    return lu
