"""Replay: which dossiers change between two bases, from what to what, because of which rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from binome.regles.certification import FORMATIONS, INDETERMINE
from binome.regles.metiers.heures import REFERENTIEL, VOIE
from binome.regles.quantites import compteur

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.regles.base import Base
    from binome.regles.compiler import Etabli
    from binome.regles.faits import Dossier


class Rendu(NamedTuple):
    """What a base decides for a dossier, as far as a replay compares it."""

    voie: str
    referentiel: str
    minutes: int | None
    dispensees: int | None
    ouverte: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One dossier that the two bases do not decide alike."""

    nom: str
    avant: Rendu
    apres: Rendu
    regles: tuple[str, ...]

    @property
    def gagne(self) -> bool | None:
        """Whether the person gains: a route opens, or fewer hours; None when neither is known."""
        ouverte_avant, ouverte_apres = (i.ouverte for i in (self.avant, self.apres))
        if ouverte_avant != ouverte_apres:
            return ouverte_apres
        if self.avant.minutes is None or self.apres.minutes is None:
            return None
        if self.avant.minutes == self.apres.minutes:
            return None
        return self.apres.minutes < self.avant.minutes


@dataclass(frozen=True, slots=True)
class RejeuDeLot:
    """The outcome of a replay over a whole lot."""

    lus: int
    differences: tuple[Difference, ...]

    @property
    def par_regles(self) -> Mapping[tuple[str, ...], int]:
        """How many dossiers each set of rules changes, the most first."""
        return dict(Counter(difference.regles for difference in self.differences).most_common())

    @property
    def par_passage(self) -> Mapping[tuple[str, str], int]:
        """How many dossiers go from one route to another, the most first."""
        passages = ((un.avant.voie, un.apres.voie) for un in self.differences)
        return dict(Counter(passages).most_common())


def _rendre(base: Base, etabli: Etabli) -> Rendu:
    minutes = compteur(base).compter(etabli)
    return Rendu(
        etabli.retenues[VOIE] or INDETERMINE,
        etabli.retenues[REFERENTIEL] or INDETERMINE,
        minutes[base.certification.compte],
        minutes["dispensees"],
        base.certification.genre(etabli.retenues[VOIE]) in FORMATIONS,
    )


def _oui(etabli: Etabli) -> set[str]:
    return {regle for regle, verite in etabli.verites.items() if verite}


def rejouer(base_a: Base, base_b: Base, dossiers: Iterable[tuple[str, Dossier]]) -> RejeuDeLot:
    """Decides every dossier under both bases and keeps those that change.

    The rules given as the cause are those that answer yes under one base only.
    """
    lus = 0
    differences = []
    for nom, dossier in dossiers:
        lus += 1
        etabli_a, etabli_b = base_a.moteur.resoudre(dossier), base_b.moteur.resoudre(dossier)
        avant, apres = _rendre(base_a, etabli_a), _rendre(base_b, etabli_b)
        if avant != apres:
            causes = tuple(sorted(_oui(etabli_a) ^ _oui(etabli_b)))
            differences.append(Difference(nom, avant, apres, causes))
    return RejeuDeLot(lus, tuple(differences))
