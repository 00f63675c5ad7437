"""The address of a passage: one click from a figure to the paragraph it comes from."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from binome.regles.sources import Citation, Source

_FIABILITES = {
    "officiel": "source officielle",
    "secondaire": "source secondaire (presse, organisme)",
    "faible": "source faible (commerciale ou anonyme)",
}


def ancre(passage: str) -> str:
    """`p-168` for `¶168`, `tableau-9` for `tableau 9`: unique within a source (a test holds it)."""
    sans = unicodedata.normalize("NFKD", passage.replace("¶", "p "))
    lisible = "".join(lettre for lettre in sans if not unicodedata.combining(lettre))
    return re.sub(r"[^a-z0-9]+", "-", lisible.casefold()).strip("-") or "passage"


def adresse_de(citation: Citation) -> str:
    """The page of the source, at the passage; without the site's prefix."""
    return f"sources/{citation.source.id}/#{ancre(citation.passage)}"


def fiabilite_en_clair(source: Source) -> str:
    """How far a source can be trusted, in words."""
    return _FIABILITES[source.fiabilite]
