"""What each event does to a contract, as the rules in force on the day of its signature say it; and what no source says.

The words and the sources are the rule base's: this only says which of its rules speaks of which event.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from binome.contrats_d_aide.etats import GenreDeContrat
from binome.contrats_d_aide.etats import NatureDEvenement as Nature

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from binome.regles.base import Base


class EffetSurLAide(StrEnum):
    """What becomes of the money and of the objectives."""

    CONTINUE = "L’aide et les objectifs continuent."
    ARRETE = "L’aide et les objectifs s’arrêtent."
    REPREND = "L’aide et les objectifs reprennent."
    AUTRE_CONTRAT = "Un autre contrat se signe, avec des objectifs adaptés."
    A_VOIR = "Nous ne savons pas ce que cela fait à l’aide : demandez à la caisse."
    RIEN = ""


FIN_REPOUSSEE: Final = "Aucune source lue ne dit si la fin du contrat recule d’autant : les deux lectures sont montrées."
AU_PRORATA: Final = "Nous n’avons lu aucune règle sur les sommes déjà versées, hors d’un contrat collectif : demandez à la caisse."


@dataclass(frozen=True, slots=True)
class SuiteDUnEvenement:
    """Which rules speak of an event, what it does, and what no source says of it."""

    regles: tuple[str, ...]
    effet: EffetSurLAide
    inconnu: str = ""


FIN: Final = "fin"
"""The end of a contract before its term, by the doctor: no event of its own, but a gesture."""
SUITES: Final[Mapping[str, SuiteDUnEvenement]] = {
    Nature.ABSENCE: SuiteDUnEvenement(
        ("vie.absence-courte", "vie.absence-longue"), EffetSurLAide.CONTINUE
    ),
    Nature.RETOUR: SuiteDUnEvenement(("vie.absence-longue",), EffetSurLAide.CONTINUE),
    Nature.VACANCE: SuiteDUnEvenement(("vie.absence-longue",), EffetSurLAide.A_VOIR),
    Nature.RECRUTEMENT: SuiteDUnEvenement(
        ("vie.versement-avenant-7", "vie.versement-2023"), EffetSurLAide.CONTINUE
    ),
    Nature.REMPLACEMENT: SuiteDUnEvenement(("vie.assistant-remplace",), EffetSurLAide.CONTINUE),
    Nature.SUSPENSION: SuiteDUnEvenement(
        ("vie.absence-longue",), EffetSurLAide.ARRETE, FIN_REPOUSSEE
    ),
    Nature.REPRISE: SuiteDUnEvenement(
        ("vie.absence-longue",), EffetSurLAide.REPREND, FIN_REPOUSSEE
    ),
    Nature.DEMENAGEMENT: SuiteDUnEvenement(("vie.demenagement",), EffetSurLAide.AUTRE_CONTRAT),
    Nature.SPECIALITE: SuiteDUnEvenement(("vie.demenagement",), EffetSurLAide.AUTRE_CONTRAT),
    Nature.AVENANT: SuiteDUnEvenement(("vie.ancien-contrat",), EffetSurLAide.A_VOIR),
    Nature.ENTREE: SuiteDUnEvenement(("vie.collectif",), EffetSurLAide.CONTINUE),
    Nature.SORTIE: SuiteDUnEvenement(("vie.collectif",), EffetSurLAide.CONTINUE),
    Nature.SECRETARIAT: SuiteDUnEvenement(
        ("vie.secretaire-avenant-7", "vie.secretaire-2023"), EffetSurLAide.CONTINUE
    ),
    FIN: SuiteDUnEvenement(("vie.preavis", "vie.collectif"), EffetSurLAide.ARRETE, AU_PRORATA),
}
SANS_SUITE: Final = (
    Nature.QUALIFICATION, Nature.AFGSU, Nature.VERSEMENT, Nature.FAIT, Nature.RECTIFICATION,
)  # fmt: skip
"""What only says that something was done: it changes nothing of the years, nor of the money."""
COLLECTIVES: Final = frozenset({"vie.collectif", "vie.collectif-dossier"})


@dataclass(frozen=True, slots=True)
class SuiteDite:
    """What is shown beside an event: what it does, the rules' own words, where they come from, what nobody says."""

    effet: str
    regles: tuple[str, ...]
    sources: tuple[str, ...]
    inconnu: str


def suite_dite(base: Base, nature: str, signe_le: date, genre: str) -> SuiteDite | None:
    """What an event does to a contract signed on a day; None where it changes nothing.

    Rules of another version, or of a group's contract, are left out; where none speaks, it is said.
    """
    une = SUITES.get(nature)
    if une is None:
        return None
    collectif = genre == GenreDeContrat.COLLECTIF
    entiere = base.entiere
    retenues = [
        regle
        for nom in une.regles
        if (regle := entiere.regles.get(nom)) is not None
        and regle.couvre(signe_le)
        and (nom not in COLLECTIVES or collectif)
    ]
    effet = une.effet if retenues or une.effet == EffetSurLAide.A_VOIR else EffetSurLAide.A_VOIR
    return SuiteDite(
        str(effet),
        tuple(regle.dit for regle in retenues),
        tuple(
            dict.fromkeys(citation.source.court for regle in retenues for citation in regle.sources)
        ),
        une.inconnu,
    )
