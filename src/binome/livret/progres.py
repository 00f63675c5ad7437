"""How far a path is with each competence, bloc by bloc: the furthest that the pair ever said. Pure but for the rule base."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from binome.livret.etats import Valeur
from binome.livret.proposer import RANGS
from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.livret.proposer import Vecue
    from binome.regles.competences import Competence

JAMAIS: Final = "jamais"
MOTS: Final = {
    JAMAIS: "Jamais vu",
    Valeur.VU.value: Valeur.VU.label,
    Valeur.AIDE.value: Valeur.AIDE.label,
    Valeur.SEUL.value: Valeur.SEUL.label,
}
"""How far, in the order of the picture's key."""


@dataclass(frozen=True)
class MarqueDeCompetence:
    """A competence, and how far."""

    competence: Competence
    etat: str

    @property
    def mot(self) -> str:
        """In words."""
        return MOTS[self.etat]


@dataclass(frozen=True)
class BlocDuLivret:
    """A bloc, and its competences in their order."""

    numero: int
    intitule: str
    marques: tuple[MarqueDeCompetence, ...]

    @property
    def dit(self) -> str:
        """What the picture shows, said: what was never seen comes last."""
        comptes = Counter(une.etat for une in self.marques)
        lus = [
            f"{comptes[etat]} {mot.lower()}"
            for etat, mot in reversed(MOTS.items())
            if comptes[etat]
        ]
        return ", ".join(lus)


def progres(
    referentiel: str, connues: Sequence[Competence], vecues: Sequence[Vecue]
) -> tuple[BlocDuLivret, ...]:
    """The blocs of a référentiel that have competences, each with how far the pair went."""
    loin: dict[str, str] = {}
    for une in vecues:
        if RANGS[une.valeur] > RANGS[loin.get(une.competence, "")]:
            loin[une.competence] = une.valeur
    intitules = {un.numero: un.intitule for un in base_courante().referentiels[referentiel].blocs}
    return tuple(
        BlocDuLivret(
            numero,
            intitules.get(numero, ""),
            tuple(
                MarqueDeCompetence(une, loin.get(une.code, JAMAIS))
                for une in connues
                if une.bloc == numero
            ),
        )
        for numero in sorted({une.bloc for une in connues})
    )
