"""Reasons and alerts of a decision, as every answer tells them: words, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from binome.regles.dire import motif
from binome.regles.manquants import inconnus
from binome.regles.regle import Alerte

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from binome.regles.base import Base
    from binome.regles.decider import Conclusion, Etape
    from binome.regles.sources import Citation


@dataclass(frozen=True, slots=True)
class Motif:
    """One rule, what it answered, in words, and the places it rests on."""

    etape: Etape
    texte: str

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the rule comes from."""
        return self.etape.regle.sources

    def en_json(self) -> dict[str, Any]:
        """The reason as the JSON contracts fix it."""
        return {
            "regle": self.etape.regle.id,
            "issue": self.etape.issue,
            "texte": self.texte,
            "sources": [str(citation) for citation in self.citations],
        }


def motifs(base: Base, conclusion: Conclusion, se_dit: Callable[[Etape], bool]) -> Iterator[Motif]:
    """The reasons that are told, in the order of the tables."""
    chercheur, dossier = inconnus(base), conclusion.dossier
    for etape in conclusion.etapes:
        if se_dit(etape):
            inconnues = chercheur.de_l_etape(etape, conclusion)
            yield Motif(etape, motif(etape, inconnues, dossier, base))


def alertes(conclusion: Conclusion) -> Iterator[Alerte]:
    """What the reader must know, in the order of the tables."""
    for etape in conclusion.etapes:
        if etape.issue == "oui" and isinstance(etape.regle.effet, Alerte):
            yield etape.regle.effet


def sources_de(conclusion: Conclusion, alerte: Alerte) -> tuple[Citation, ...]:
    """Where the rule that raised an alert comes from."""
    for etape in conclusion.etapes:
        if etape.regle.effet is alerte:
            return etape.regle.sources
    return ()


def alerte_en_json(alerte: Alerte, sources: Sequence[Citation]) -> dict[str, Any]:
    """An alert as the JSON contracts fix it."""
    return {
        "code": alerte.code,
        "texte": texte_de_l_alerte(alerte),
        "sources": sorted(
            {str(c) for lecture in alerte.lectures for c in lecture.sources}
            | {str(c) for c in sources}
        ),
    }


def texte_de_l_alerte(alerte: Alerte) -> str:
    """The alert with each of its readings, in one text."""
    if not alerte.lectures:
        return alerte.texte
    lectures = " ; ".join(lecture.valeur for lecture in alerte.lectures)
    return f"{alerte.texte} Lectures : {lectures}."
