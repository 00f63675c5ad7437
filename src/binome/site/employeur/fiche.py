"""The job description: what is entrusted, ticked in the catalogue of tasks, and what stays with the doctor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from binome.regles.taches import taches
from binome.typographie import majuscule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from binome.regles.sources import Citation
    from binome.regles.taches import Tache, Verdict

GROUPES: Final = {
    "permise": "Ce que vous pouvez confier",
    "condition": "Ce que vous pouvez confier en partie",
    "contestee": "Là où les textes divergent ou se taisent",
}
"""The tasks that may be ticked; those that are forbidden are told, never offered."""


@dataclass(frozen=True, slots=True)
class FicheDePoste:
    """The gestures of the ticked tasks, by what the texts say of them; each with its task."""

    confies: tuple[str, ...]
    gardes: tuple[str, ...]
    a_trancher: tuple[str, ...]
    conditions: tuple[str, ...]
    sources: tuple[Citation, ...]

    @property
    def vide(self) -> bool:
        """Whether nothing was ticked."""
        return not (self.confies or self.gardes or self.a_trancher)


def offertes() -> tuple[Tache, ...]:
    """The tasks that may be ticked: every one but those that are wholly forbidden."""
    return tuple(une for une in taches() if une.statut in GROUPES)


def interdites() -> tuple[Tache, ...]:
    """The tasks that nobody may entrust, whatever the practice."""
    return tuple(une for une in taches() if une.statut == "interdite")


def _gestes(choisies: list[Tache], *verdicts: Verdict) -> Iterator[str]:
    for une in choisies:
        for un in une.gestes:
            if un.verdict in verdicts:
                yield f"{une.tache} : {un.geste}."


def fiche_de_poste(codes: Collection[str]) -> FicheDePoste:
    """The sheet of some tasks, in the order of the catalogue; a forbidden one is never in it."""
    choisies = [une for une in offertes() if une.code in codes]
    citations = {str(un): un for une in choisies for un in une.sources}
    return FicheDePoste(
        tuple(_gestes(choisies, "oui")),
        tuple(_gestes(choisies, "non")),
        tuple(_gestes(choisies, "divergent", "silence")),
        tuple(f"{une.tache} : {une.condition}" for une in choisies if une.condition),
        tuple(citations.values()),
    )


def contexte_de_la_fiche(codes: Collection[str]) -> dict[str, Any]:
    """What the page shows: the tasks to tick, those that may not be, and the sheet so far."""
    groupes = [
        {
            "titre": titre,
            "taches": [
                {
                    "code": une.code,
                    "tache": une.tache,
                    "reponse": majuscule(une.reponse),
                    "condition": une.condition,
                    "cochee": une.code in codes,
                    "sources": une.sources,
                }
                for une in offertes()
                if une.statut == statut
            ],
        }
        for statut, titre in GROUPES.items()
    ]
    return {"groupes": groupes, "interdites": interdites(), "fiche": fiche_de_poste(codes)}
