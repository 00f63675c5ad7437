"""What the rule base answers for a dossier, on what is declared and on what is proven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from binome.dossiers.bases import base_de
from binome.dossiers.etats import Origine
from binome.regles.metiers.positionnement import Positionnement, positionner

if TYPE_CHECKING:
    from binome.dossiers.models import Dossier
    from binome.regles.base import Base


@dataclass(frozen=True)
class Positionnements:
    """The two answers, with the facts that each stands on."""

    base: Base
    faits_declares: dict[str, Any]
    faits_prouves: dict[str, Any]
    declare: Positionnement
    prouve: Positionnement
    tranches: frozenset[str]

    @property
    def a_regarder(self) -> tuple[str, ...]:
        """The alerts of the proven answer that the branch has not settled once for all."""
        return tuple(une.code for une in self.prouve.alertes if une.code not in self.tranches)

    @property
    def sans_alerte(self) -> bool:
        """Whether the proven answer may be confirmed without a second look.

        It must be decided, have no open alert, miss no fact, and be what the declared one is.
        """
        return (
            self.prouve.genre is not None
            and not self.a_regarder
            and not self.prouve.manquants
            and not self.ecarts
        )

    @property
    def ecarts(self) -> tuple[str, ...]:
        """The keys of the answer that the proofs change."""
        declare, prouve = self.declare.en_json(COMPARES), self.prouve.en_json(COMPARES)
        return tuple(cle for cle in COMPARES if declare[cle] != prouve[cle])


COMPARES = ("voie", "referentiel", "minutes", "modules")
"""What the declared and the proven answers are compared on."""


def demande_une_preuve(base: Base, nom: str) -> bool:
    """Whether a fact only counts once a document proves it."""
    return bool(base.faits[nom].piece)


def faits_de(dossier: Dossier, base: Base) -> tuple[dict[str, Any], dict[str, Any]]:
    """The declared facts, then those that hold: proven, or in no need of a proof."""
    declares: dict[str, Any] = {}
    prouves: dict[str, Any] = {}
    for fait in dossier.faits.all():
        if fait.nom not in base.faits:
            continue
        if fait.origine == Origine.PROUVE:
            prouves[fait.nom] = fait.valeur
            continue
        if fait.origine == Origine.CONSTATE:
            prouves.setdefault(fait.nom, fait.valeur)
            continue
        declares[fait.nom] = fait.valeur
        if not demande_une_preuve(base, fait.nom):
            prouves.setdefault(fait.nom, fait.valeur)
    return declares, prouves


def positionner_dossier(
    dossier: Dossier, tranches: frozenset[str] = frozenset()
) -> Positionnements:
    """Both answers of the base of its certification; `tranches` names the alerts that the branch has settled.

    Raises DossierInvalide when the facts cannot be together.
    """
    base = base_de(dossier.certification)
    declares, prouves = faits_de(dossier, base)
    return Positionnements(
        base,
        declares,
        prouves,
        positionner(base, base.lire(declares)),
        positionner(base, base.lire(prouves)),
        tranches,
    )
