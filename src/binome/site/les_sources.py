"""The register of sources: found by words, read by strength, and each document with its passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.donnees_ouvertes.sources_citees import toutes_les_sources
from binome.habillage.ancres import ancre, fiabilite_en_clair
from binome.site.regles.saisie import mots_de, trouve

if TYPE_CHECKING:
    from django.http import HttpResponse

    from binome.regles.sources import Source
    from binome.socle.demande import Demande

FORCES: Final = {
    "officiel": "Officielles",
    "secondaire": "Secondaires",
    "faible": "Faibles",
}
"""How far sources can be trusted, the surest first, as a tab names them."""


def _parle_de(une: Source, mots: str) -> bool:
    return trouve(mots, une.titre, une.court, une.editeur, une.date, *une.passages.values())


@require_safe
def les_sources(request: Demande) -> HttpResponse:
    """The register: one strength at a time, or all that speaks of some words."""
    mots, force = mots_de(request.GET), request.GET.get("force", "officiel")
    force = force if force in FORCES else "officiel"
    sources = sorted(toutes_les_sources().values(), key=lambda une: une.titre.casefold())
    vues = (
        [une for une in sources if _parle_de(une, mots)]
        if mots
        else [une for une in sources if une.fiabilite == force]
    )
    contexte = {
        "mots": mots,
        "onglets": [
            {
                "code": code,
                "titre": titre,
                "nombre": sum(une.fiabilite == code for une in sources),
                "ici": code == force and not mots,
            }
            for code, titre in FORCES.items()
        ],
        "sources": vues,
    }
    return render(request, "pages/sources.html", contexte)


@require_safe
def source(request: Demande, identifiant: str) -> HttpResponse:
    """One source, each passage at its own address. Raises Http404."""
    une = toutes_les_sources().get(identifiant)
    if une is None:
        raise Http404(f"Aucune source ne s’appelle « {identifiant[:60]} ».")
    passages = [
        {"passage": passage, "ancre": ancre(passage), "resume": resume}
        for passage, resume in une.passages.items()
    ]
    contexte = {
        "source": une,
        "passages": passages,
        "fiabilite": fiabilite_en_clair(une),
        "lien": une.lien,
    }
    return render(request, "pages/source.html", contexte)
