"""One gesture on its way: from what was asked to what is written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from binome.gestes.auteur import Auteur
from binome.gestes.modele import Suivi
from binome.gestes.refus import GesteImpossible

if TYPE_CHECKING:
    from django.db.models import Model

    from binome.journal.lignes import LigneEcrite

M = TypeVar("M", bound=Suivi)


@dataclass(eq=False)
class Passage(Generic[M]):
    """One object that passes, on the `version` that the person saw.

    `donnees` is what the gesture was given: the fields of its form, and what a service adds. `change`
    holds the columns to set with the state; `avant`, `apres` and `prive` go to the journal. `a_creer`
    holds rows to insert with the state, `lignes` those written otherwise: the entry names them all.
    `motif` is what a person typed of why, kept as personal; `raison` comes from a closed list, kept in clear.
    `refus` says why it does not pass. `nouvelles` says who is told of it, `sans_nouvelles` who cannot be:
    sentences for the person. `vers` is the state where it leads when its preparation says so, whatever its row. `enchaine` is the gesture that followed this one, when the table says one and it passed.
    """

    objet: M
    version: int
    donnees: dict[str, Any] = field(default_factory=dict)
    change: dict[str, Any] = field(default_factory=dict)
    avant: dict[str, Any] = field(default_factory=dict)
    apres: dict[str, Any] = field(default_factory=dict)
    prive: dict[str, Any] = field(default_factory=dict)
    a_creer: list[Model] = field(default_factory=list)
    lignes: list[LigneEcrite] = field(default_factory=list)
    motif: str = ""
    raison: str = ""
    refus: GesteImpossible | None = None
    nouvelles: list[str] = field(default_factory=list)
    sans_nouvelles: list[str] = field(default_factory=list)
    vers: str = ""
    enchaine: Passage[M] | None = None


Effet = Callable[[Sequence[Passage[M]], Auteur], None]
"""What a gesture does to many at once: it reads and writes in few queries, whatever their number."""


def chacun(suite: Callable[[Passage[M], Auteur], None]) -> Effet[M]:
    """An effect that costs no query, told for one object: what it raises refuses that one alone."""

    def tous(passages: Sequence[Passage[M]], par: Auteur) -> None:
        for passage in passages:
            try:
                suite(passage, par)
            except GesteImpossible as impossible:
                passage.refus = impossible

    return tous
