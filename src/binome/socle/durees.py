"""Retention periods, as data: how long each thing is kept, and after which text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.regles.calendrier import ajouter_mois
from binome.regles.lecture import lire_yaml

if TYPE_CHECKING:
    from datetime import date

ICI: Final = Path(__file__).parent
STATUTS: Final = {"source": "D’après un texte", "a_decider": "À décider par le responsable"}


@dataclass(frozen=True, slots=True)
class Duree:
    """How long a thing is kept, in months since the day that `depuis` names."""

    code: str
    quoi: str
    depuis: str
    mois: int
    statut: str
    repere: str = ""
    source: str = ""

    @property
    def statut_en_clair(self) -> str:
        """Whether a text gives it."""
        return STATUTS[self.statut]

    def terme(self, depart: date) -> date:
        """The day from which it is no longer kept."""
        return ajouter_mois(depart, self.mois)

    def limite(self) -> date:
        """What started on this day or before has reached its term today."""
        return ajouter_mois(timezone.localdate(), -self.mois)


@cache
def durees() -> dict[str, Duree]:
    """The periods, by code. Raises ValueError for one that neither cites a text nor says it is to decide."""
    lues = {un["code"]: Duree(**un) for un in lire_yaml(ICI / "durees.yaml")["durees"]}
    for une in lues.values():
        if not (une.source if une.statut == "source" else une.repere) or une.mois < 1:
            msg = f"la durée « {une.code} » ne dit ni sa source, ni son repère"
            raise ValueError(msg)
    return lues


@cache
def avertir_jours() -> int:
    """Days between the warning and the erasure, at least."""
    return int(lire_yaml(ICI / "durees.yaml")["avertir_jours"])
