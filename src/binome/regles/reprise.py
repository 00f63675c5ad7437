"""Deciding again: dossiers that differ from one by a few facts, and what such changes could ever give.

What would change an answer is found by trying; each try decides again only the tables that read what
changed, and is spared where no change could lead to something better.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from binome.regles.compiler import Etabli, compiler
from binome.regles.conditions import (
    AConfirmer,
    Atome,
    Et,
    Ou,
    Toujours,
    parcourir,
)
from binome.regles.expressions import faits_lus
from binome.regles.jugement import Mobiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from binome.regles.base import Base
    from binome.regles.compiler import Evaluer
    from binome.regles.conditions import Condition
    from binome.regles.decider import Moteur
    from binome.regles.faits import Dossier, Valeur
    from binome.regles.regle import Regle


class Reprise:
    """Decides dossiers that differ from `depart` by a few facts: the rest stays as it was decided."""

    def __init__(self, moteur: Moteur, depart: Dossier) -> None:
        self._moteur = moteur
        self.depart = depart
        self._rangs = moteur.rangs(depart)
        self.etabli = moteur.resoudre(depart)
        """What is decided of the dossier itself."""

    def resoudre(self, dossier: Dossier) -> Etabli:
        """What `Moteur.resoudre` gives for it; it has every fact of the first one."""
        depart, rangs = self.depart, self._moteur.rangs(dossier)
        # The same object is the same value; another one of the same value is only decided for nothing.
        changes = frozenset([nom for nom, valeur in dossier.items() if valeur is not depart[nom]])
        return self._moteur.reprendre(self.etabli, dossier, changes, self._rangs, rangs)


def mobiles(
    base: Base, depart: Dossier, changements: Iterable[Mapping[str, Valeur | None]]
) -> Mobiles:
    """What these changes may do to a dossier, together or apart."""
    faits, ajouts = set[str](), set[tuple[str, str]]()
    for changement in changements:
        for nom, valeur in changement.items():
            avant = depart[nom]
            if isinstance(valeur, frozenset) and isinstance(avant, frozenset) and avant <= valeur:
                ajouts |= {(nom, code) for code in valeur - avant}
            else:
                faits.add(nom)
    touches = faits | {nom for nom, _ in ajouts}
    for fait in base.faits.values():
        if fait.calcul is not None and not touches.isdisjoint(faits_lus(fait.calcul)):
            faits.add(fait.nom)
            touches.add(fait.nom)
    return Mobiles(frozenset(faits), frozenset(ajouts))


def majorer(condition: Condition, laissent: Callable[[Atome], bool]) -> Condition:
    """A condition that holds wherever this one may be made to hold: what is left open holds."""
    match condition:
        case Atome():
            return condition if laissent(condition) else Toujours()
        case Et(branches):
            return Et(tuple(majorer(une, laissent) for une in branches))
        case Ou(branches):
            return Ou(tuple(majorer(une, laissent) for une in branches))
        case Toujours() | AConfirmer():
            return condition
        case _:
            # A negation of what changes leave alone is as sure as what it denies.
            noeuds = [*parcourir(condition)][1:]
            sure = noeuds and all(
                laissent(un) if isinstance(un, Atome) else isinstance(un, Et | Ou | Toujours)
                for un in noeuds
            )
            return condition if sure else Toujours()


@lru_cache(maxsize=4096)
def _majoree(base: Base, regle: str, mobiles: Mobiles) -> Evaluer[Dossier]:
    une = base.regles[regle]
    si = majorer(une.si, mobiles.laissent)
    quand = base.tables[une.table].quand
    if quand is not None:
        si = Et((majorer(quand, mobiles.laissent), si))
    return compiler(si, base.tables)


def _en_vigueur(regle: Regle, jour: Valeur | None) -> bool:
    """Whether a rule is surely in force; one that has a window never is while the day is unknown."""
    return regle.couvre(jour) if isinstance(jour, date) else regle.du is None and regle.au is None


def peut_dire_oui(base: Base, regle: Regle, dossier: Dossier, mobiles: Mobiles) -> bool:
    """Whether some of these changes may have a rule answer yes; true where nothing tells."""
    decide_par = base.tables[regle.table].decide_par
    if decide_par not in mobiles.faits and not _en_vigueur(regle, dossier[decide_par]):
        return False
    return _majoree(base, regle.id, mobiles)(dossier, Etabli()) is True
