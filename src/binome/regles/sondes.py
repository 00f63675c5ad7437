"""The unknown facts behind an undecided condition: each condition made a probe, once per base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

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
    from collections.abc import Callable, Iterable

    from binome.regles.base import Base
    from binome.regles.compiler import Etabli, Evaluer
    from binome.regles.conditions import Condition
    from binome.regles.faits import Dossier
    from binome.regles.regle import Regle, Table

Faits: TypeAlias = frozenset[str]
Manque: TypeAlias = "Callable[[Dossier, Etabli], Faits]"
PeutEtre: TypeAlias = "Callable[[bool, Dossier, Etabli], bool]"
RIEN: Final[Faits] = frozenset()


class SondeDeCondition(NamedTuple):
    """`manque`: the unknown facts that keep it undecided. `peut_etre`: can more facts settle it so?"""

    manque: Manque
    peut_etre: PeutEtre


def _jamais(voulu: bool, dossier: Dossier, etabli: Etabli) -> bool:  # noqa: ARG001 - the sources are silent
    return False


def _toujours(voulu: bool, dossier: Dossier, etabli: Etabli) -> bool:  # noqa: ARG001 - a fact may settle it
    return True


def _des_faits(noms: Iterable[str]) -> Manque:
    lus = tuple(noms)
    return lambda dossier, etabli: frozenset([nom for nom in lus if dossier[nom] is None])  # noqa: ARG005


def _des_branches(manques: tuple[Manque, ...]) -> Manque:
    return lambda dossier, etabli: RIEN.union(*[manque(dossier, etabli) for manque in manques])


def _par_les_branches(branches: tuple[PeutEtre, ...], quand_toutes: bool) -> PeutEtre:
    def peut_etre(voulu: bool, dossier: Dossier, etabli: Etabli) -> bool:
        issues = (branche(voulu, dossier, etabli) for branche in branches)
        return all(issues) if voulu is quand_toutes else any(issues)

    return peut_etre


def _si_inconnue(evaluer: Evaluer[Dossier], sonde: SondeDeCondition) -> SondeDeCondition:
    """The probe of a condition, silent once the condition is decided."""
    manque_dessous, peut_etre_dessous = sonde

    def manque(dossier: Dossier, etabli: Etabli) -> Faits:
        return RIEN if evaluer(dossier, etabli) is not None else manque_dessous(dossier, etabli)

    def peut_etre(voulu: bool, dossier: Dossier, etabli: Etabli) -> bool:
        verite = evaluer(dossier, etabli)
        return peut_etre_dessous(voulu, dossier, etabli) if verite is None else verite is voulu

    return SondeDeCondition(manque, peut_etre)


class Sondes:
    """The probes of one base, made when they are first needed."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._regles: dict[str, SondeDeCondition] = {}
        self._tables: dict[str, Manque] = {}

    def de_la_regle(self, regle: Regle) -> SondeDeCondition:
        """The probe of a rule: its condition, its table's, and the date of its window."""
        connue = self._regles.get(regle.id)
        if connue is None:
            connue = self._regles[regle.id] = self._sonder_la_regle(regle)
        return connue

    def _sonder_la_regle(self, regle: Regle) -> SondeDeCondition:
        table = self._base.tables[regle.table]
        propre = self._sonder(regle.si)
        manques = [propre.manque]
        if table.quand is not None:
            manques.append(self._sonder(table.quand).manque)
        if not (regle.du is None and regle.au is None):
            manques.append(_des_faits((table.decide_par,)))
        return SondeDeCondition(_des_branches(tuple(manques)), propre.peut_etre)

    def de_la_table(self, nom: str) -> Manque:
        """The unknown facts that keep a table from retaining anything."""
        return self._de_la_table(self._base.tables[nom])

    def _de_la_table(self, table: Table) -> Manque:
        connue = self._tables.get(table.id)
        if connue is None:
            sondes = [(regle.id, self.de_la_regle(regle).manque) for regle in table.regles]

            def connue(dossier: Dossier, etabli: Etabli) -> Faits:
                verites = etabli.verites
                return RIEN.union(
                    *[un(dossier, etabli) for nom, un in sondes if verites.get(nom, False) is None]
                )

            self._tables[table.id] = connue
        return connue

    def _sonder(self, condition: Condition) -> SondeDeCondition:
        match condition:
            case Atome():
                sonde = SondeDeCondition(_des_faits(condition.faits), _toujours)
            case Et(branches) | Ou(branches):
                sondes = [self._sonder(branche) for branche in branches]
                sonde = SondeDeCondition(
                    _des_branches(tuple(un.manque for un in sondes)),
                    _par_les_branches(
                        tuple(un.peut_etre for un in sondes), isinstance(condition, Et)
                    ),
                )
            case Non(branche):
                dessous = self._sonder(branche)
                sonde = SondeDeCondition(
                    dessous.manque, lambda voulu, *lus: dessous.peut_etre(not voulu, *lus)
                )
            case RenvoiRegle(nom):
                sonde = SondeDeCondition(self.de_la_regle(self._base.regles[nom]).manque, _toujours)
            case UneRegleDe(nom) | Sortie(nom, _):
                sonde = SondeDeCondition(self._de_la_table(self._base.tables[nom]), _toujours)
            case AConfirmer():
                sonde = SondeDeCondition(lambda dossier, etabli: RIEN, _jamais)  # noqa: ARG005
            case _:
                sonde = SondeDeCondition(lambda dossier, etabli: RIEN, _toujours)  # noqa: ARG005
        return _si_inconnue(compiler(condition, self._base.tables), sonde)
