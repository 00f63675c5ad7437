"""The tags every page may use: durations, dates, the source markers, the links of the time machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import get_script_prefix

from binome.regles.calendrier import date_en_clair, duree_en_clair
from binome.site.ancres import adresse_de, ancre, fiabilite_en_clair

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from binome.regles.sources import Citation

register = template.Library()


@register.filter
def duree(minutes: int | None) -> str:
    """Minutes as `283 h 30`; what is unknown says so."""
    return "durée inconnue" if minutes is None else duree_en_clair(minutes)


@register.filter
def jour(valeur: date | None) -> str:
    """A date as `15 janvier 2026`; what is unknown says so."""
    return "date inconnue" if valeur is None else date_en_clair(valeur)


@register.filter
def iso(valeur: date) -> str:
    """A date as a form field needs it."""
    return valeur.isoformat()


@register.inclusion_tag("composants/sources.html")
def sources(citations: Iterable[Citation], regle: str = "") -> dict[str, Any]:
    """The markers of a figure or of a reason: each opens its paragraph in place."""
    uniques = {str(citation): citation for citation in citations}
    return {
        "marqueurs": [
            {
                "citation": citation,
                "adresse": f"{get_script_prefix()}{adresse_de(citation)}",
                "ancre": ancre(citation.passage),
                "fiabilite": fiabilite_en_clair(citation.source),
            }
            for citation in uniques.values()
        ],
        "regle": regle,
    }
