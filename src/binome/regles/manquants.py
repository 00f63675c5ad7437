"""Which unknown facts still matter, and in which order to ask for them.

A fact matters when an unknown condition that decides reads it. The order is the one that
settles the answer fastest: first the fact that most often settles the route, then the one that
leaves the fewest other questions, on average over the values that make a difference.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from binome.regles.bornes import comparaisons, dates_de_fenetre, dates_liees, valeurs_aux_bornes
from binome.regles.compiler import compiler
from binome.regles.conditions import (
    AConfirmer,
    Atome,
    Et,
    Non,
    Ou,
    RenvoiRegle,
    Sortie,
    UneRegleDe,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.regles.base import Base
    from binome.regles.compiler import Etat, Evaluer
    from binome.regles.conditions import Condition
    from binome.regles.decider import Decision, Etape
    from binome.regles.faits import Dossier, Valeur
    from binome.regles.logique import Verite
    from binome.regles.regle import Regle, Table


class Inconnus:
    """Finds, for one base, the unknown facts behind what is not decided."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._compiles: dict[int, Evaluer[Dossier]] = {}
        self._decisives = [table for table in base.tables.values() if table.role == "decide"]

    def de(self, dossier: Dossier, etat: Etat) -> frozenset[str]:
        """The unknown facts that could still change the answer."""
        manquants: set[str] = set()
        for table in self._decisives:
            for regle in table.regles:
                inconnue = etat.verites.get(regle.id, False) is None
                if inconnue and self._compte(table, regle, dossier, etat):
                    manquants |= self._de_la_regle(regle, dossier, etat)
        return frozenset(manquants)

    def _compte(self, table: Table, regle: Regle, dossier: Dossier, etat: Etat) -> bool:
        """Whether more facts could change what this rule does.

        A rule that can never answer yes, because the sources are silent, still matters where it
        stands in the way of the next ones.
        """
        if self._peut_etre(regle.si, True, dossier, etat):
            return True
        bloque = table.politique != "cumul" and table.inconnu == "bloque"
        return bloque and self._peut_etre(regle.si, False, dossier, etat)

    def _peut_etre(self, condition: Condition, voulu: bool, dossier: Dossier, etat: Etat) -> bool:
        """Whether knowing more facts could settle the condition that way."""
        verite = self._evaluer(condition, dossier, etat)
        if verite is not None:
            return verite is voulu
        match condition:
            case Et(branches) | Ou(branches):
                toutes = isinstance(condition, Et) is voulu
                issues = (self._peut_etre(branche, voulu, dossier, etat) for branche in branches)
                return all(issues) if toutes else any(issues)
            case Non(branche):
                return self._peut_etre(branche, not voulu, dossier, etat)
            case AConfirmer():
                return False
            case _:
                return True

    def de_l_etape(self, etape: Etape, decision: Decision) -> frozenset[str]:
        """The unknown facts that keep one rule of a trace undecided; none when it is decided."""
        if etape.issue != "indetermine":
            return frozenset()
        return frozenset(self._de_la_regle(etape.regle, decision.dossier, decision.etat))

    def _de_la_regle(self, regle: Regle, dossier: Dossier, etat: Etat) -> set[str]:
        table = self._base.tables[regle.table]
        manquants = self._de(regle.si, dossier, etat)
        if table.quand is not None:
            manquants |= self._de(table.quand, dossier, etat)
        if dossier[table.decide_par] is None and not (regle.du is None and regle.au is None):
            manquants.add(table.decide_par)
        return manquants

    def _de_la_table(self, table: Table, dossier: Dossier, etat: Etat) -> set[str]:
        manquants: set[str] = set()
        for regle in table.regles:
            if etat.verites.get(regle.id, False) is None:
                manquants |= self._de_la_regle(regle, dossier, etat)
        return manquants

    def _evaluer(self, condition: Condition, dossier: Dossier, etat: Etat) -> Verite:
        evaluer = self._compiles.get(id(condition))
        if evaluer is None:
            evaluer = self._compiles[id(condition)] = compiler(condition, self._base)
        return evaluer(dossier, etat)

    def _de(self, condition: Condition, dossier: Dossier, etat: Etat) -> set[str]:
        if self._evaluer(condition, dossier, etat) is not None:
            return set()
        match condition:
            case Atome():
                return {nom for nom in condition.faits if dossier[nom] is None}
            case Et(branches) | Ou(branches):
                return set().union(*(self._de(branche, dossier, etat) for branche in branches))
            case Non(branche):
                return self._de(branche, dossier, etat)
            case RenvoiRegle(regle):
                return self._de_la_regle(self._base.regles[regle], dossier, etat)
            case UneRegleDe(table) | Sortie(table, _):
                return self._de_la_table(self._base.tables[table], dossier, etat)
            case _:
                return set()


@lru_cache(maxsize=16)
def inconnus(base: Base) -> Inconnus:
    """The finder of a base, made once."""
    return Inconnus(base)


@lru_cache(maxsize=16)
def _essais(base: Base) -> Mapping[str, Sequence[Valeur]]:
    return valeurs_aux_bornes(comparaisons(base, "prepare", "decide"), base)


def essais(base: Base, fait: str, dossier: Dossier) -> list[Valeur]:
    """The values of a fact that can make a difference to the answer."""
    valeurs: list[Valeur] = list(_essais(base).get(fait, ()))
    if base.faits[fait].type == "date":
        valeurs += dates_de_fenetre(base, fait, "prepare", "decide")
        liees = comparaisons(base, "prepare", "decide")
        valeurs += sorted(dates_liees(liees, fait, dossier))
    return valeurs


def manquants(base: Base, dossier: Dossier, etat: Etat) -> list[str]:
    """The unknown facts that still matter, the one that settles the answer fastest first."""
    chercheur = inconnus(base)
    restants = chercheur.de(dossier, etat)
    if len(restants) < 2:
        return list(restants)
    rang = {nom: place for place, nom in enumerate(base.faits)}

    def cout(nom: str) -> tuple[float, float, int]:
        valeurs = essais(base, nom, dossier)
        if not valeurs:  # alone, this fact settles nothing: another one must come first
            return (etat.retenues["voie"] is None, len(restants), rang[nom])
        sans_voie = questions = 0
        for valeur in valeurs:
            suite = {**dossier, nom: valeur}
            etat_suivant = base.moteur.resoudre(suite)
            sans_voie += etat_suivant.retenues["voie"] is None
            questions += len(chercheur.de(suite, etat_suivant))
        nombre = len(valeurs)
        return (sans_voie / nombre, questions / nombre, rang[nom])

    return sorted(restants, key=cout)
