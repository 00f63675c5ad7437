"""The numbered sources of a page: every citation once, grouped by document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.regles.sources import Citation, Fiabilite, Source

FIABILITES: Final[Mapping[Fiabilite, str]] = {
    "officiel": "Source officielle",
    "secondaire": "Source secondaire (presse, organisme)",
    "faible": "Source faible (commerciale ou anonyme)",
}


class Renvois:
    """Collects citations as a page is written, then numbers them document by document."""

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}
        self._citations: dict[str, dict[str, Citation]] = {}

    def cles(self, citations: Iterable[Citation]) -> list[str]:
        """The keys of these citations, kept for the list at the end."""
        cles = []
        for citation in citations:
            source = citation.source
            self._sources.setdefault(source.id, source)
            self._citations.setdefault(source.id, {})[str(citation)] = citation
            cles.append(str(citation))
        return cles

    def numeros(self) -> dict[str, int]:
        """The number of each citation met so far, in the order of the list."""
        toutes = [cle for passages in self._citations.values() for cle in passages]
        return {cle: rang for rang, cle in enumerate(toutes, 1)}

    def documents(self) -> list[dict[str, Any]]:
        """The documents in the order they were met, each with the passages cited."""
        return [
            {
                "titre": source.titre,
                "editeur": source.editeur,
                "date": source.date,
                "fiabilite": FIABILITES[source.fiabilite],
                "adresse": source.adresse if source.adresse.startswith("http") else "",
                "passages": [
                    {"cle": cle, "texte": f"{citation.passage} : {citation.resume}"}
                    for cle, citation in self._citations[source.id].items()
                ],
            }
            for source in self._sources.values()
        ]
