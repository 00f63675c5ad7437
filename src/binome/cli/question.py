"""The questions that the command line answers.

A service says which view of the base it reads, how it answers one dossier, how the answer looks in
a terminal; how a whole table is decided is told by `binome.lots.questions`. Everything else is the same
for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from binome.lots.erreurs import TravailImpossible
from binome.regles.courante import base_courante
from binome.regles.lecture import BaseInvalide

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from binome.regles.base import Base
    from binome.regles.faits import Dossier


class Reponse(Protocol):
    """What every answer has: its JSON, and the facts that still matter."""

    @property
    def manquants(self) -> tuple[str, ...]:
        """The unknown facts that still matter, the one that settles the answer fastest first."""
        ...  # pragma: no cover

    def en_json(self) -> dict[str, Any]:
        """The answer as its JSON contract fixes it."""
        ...  # pragma: no cover


@dataclass(frozen=True)
class Service:
    """One question; `afficher` and `resumer` import what they draw with."""

    nom: str
    vue: str
    repondre: Callable[[Base, Dossier], Any]
    afficher: Callable[[Any, Console], None]
    resumer: Callable[[Any], str]
    lignes: str
    en_json: Callable[[Any], dict[str, Any]] = lambda reponse: reponse.en_json()

    def base(self, reformes: tuple[str, ...], certification: str = "") -> Base:
        """The view of a certification's base, with the overlays asked for.

        Raises TravailImpossible on an unknown one, and when the certification does not answer the question.
        """
        try:
            base = base_courante(*reformes, certification=certification)
        except BaseInvalide as invalide:
            raise TravailImpossible(f"{self.nom} : {invalide}") from invalide
        if self.vue not in base.vues:
            sues = ", ".join(f"« {une.titre} »" for une in base.vues.values())
            raise TravailImpossible(
                f"{self.nom} : les règles de « {base.certification.nom} » ne répondent pas à cette "
                f"question ; seulement à : {sues}"
            )
        return base.vue(self.vue)
