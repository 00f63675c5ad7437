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
Voir: TypeAlias = "Callable[[Dossier, Etabli, Recherche], Faits | bool]"
Manque: TypeAlias = "Callable[[Dossier, Etabli, Recherche], Faits]"
PeutEtre: TypeAlias = "Callable[[bool, Dossier, Etabli], bool]"
RIEN: Final[Faits] = frozenset()


class Recherche(NamedTuple):
    """One search, of one dossier: the facts that nobody said, and what was found behind each table.

    A table is read by many rules: it is looked through once.
    """

    tus: Faits
    tables: dict[str, Faits]


class SondeDeCondition(NamedTuple):
    """`voir`: its truth, or the unknown facts that keep it undecided. `peut_etre`: can more facts settle it so?

    `lus`: every fact that it may ever wait for.
    """

    voir: Voir
    peut_etre: PeutEtre
    lus: Faits


class SondeDeRegle(NamedTuple):
    """`manque`: the unknown facts that keep it undecided; the rest as of a condition."""

    manque: Manque
    peut_etre: PeutEtre
    lus: Faits


def _jamais(voulu: bool, dossier: Dossier, etabli: Etabli) -> bool:  # noqa: ARG001 - the sources are silent
    return False


def _toujours(voulu: bool, dossier: Dossier, etabli: Etabli) -> bool:  # noqa: ARG001 - a fact may settle it
    return True


def _des_faits(noms: Iterable[str]) -> Manque:
    lus = tuple(noms)

    def manque(dossier: Dossier, etabli: Etabli, recherche: Recherche) -> Faits:  # noqa: ARG001 - facts alone
        return frozenset([nom for nom in lus if dossier[nom] is None])

    return manque


def _du_fait(nom: str) -> Manque:
    """Of a comparison that reads one fact: it is undecided when, and only when, the fact is unknown."""
    lui: Faits = frozenset([nom])
    return lambda dossier, etabli, recherche: lui if dossier[nom] is None else RIEN  # noqa: ARG005


def _manque(voir: Voir) -> Manque:
    """The unknown facts alone: none once the condition is decided."""

    def manque(dossier: Dossier, etabli: Etabli, recherche: Recherche) -> Faits:
        vu = voir(dossier, etabli, recherche)
        return vu if isinstance(vu, frozenset) else RIEN

    return manque


def _des_branches(manques: tuple[Manque, ...]) -> Manque:
    if len(manques) == 1:
        return manques[0]
    return lambda dossier, etabli, recherche: RIEN.union(
        *[manque(dossier, etabli, recherche) for manque in manques]
    )


def _voir_les_branches(branches: tuple[Voir, ...], quand_toutes: bool) -> Voir:
    """Each branch is looked at once, for its truth and for what it waits for."""
    arrete = not quand_toutes

    def voir(dossier: Dossier, etabli: Etabli, recherche: Recherche) -> Faits | bool:
        lus: Faits | None = None
        for branche in branches:
            vu = branche(dossier, etabli, recherche)
            if vu is arrete:
                return arrete
            if isinstance(vu, frozenset):
                lus = vu if lus is None else lus | vu
        return quand_toutes if lus is None else lus

    return voir


def _voir_le_contraire(dessous: Voir) -> Voir:
    def voir(dossier: Dossier, etabli: Etabli, recherche: Recherche) -> Faits | bool:
        vu = dessous(dossier, etabli, recherche)
        return vu if isinstance(vu, frozenset) else not vu

    return voir


def _par_les_branches(branches: tuple[PeutEtre, ...], quand_toutes: bool) -> PeutEtre:
    """A decided condition is its branches' doing: they alone need to be asked."""

    def peut_etre(voulu: bool, dossier: Dossier, etabli: Etabli) -> bool:
        # A loop: a generator costs more than what most branches do.
        arrete = voulu is not quand_toutes
        for branche in branches:
            if branche(voulu, dossier, etabli) is arrete:
                return arrete
        return not arrete

    return peut_etre


def _si_inconnue(
    evaluer: Evaluer[Dossier], manque: Manque, peut_etre_dessous: PeutEtre, lus: Faits
) -> SondeDeCondition:
    """The probe of a condition without branches, silent once the condition is decided."""

    def voir(dossier: Dossier, etabli: Etabli, recherche: Recherche) -> Faits | bool:
        verite = evaluer(dossier, etabli)
        return manque(dossier, etabli, recherche) if verite is None else verite

    def peut_etre(voulu: bool, dossier: Dossier, etabli: Etabli) -> bool:
        verite = evaluer(dossier, etabli)
        return peut_etre_dessous(voulu, dossier, etabli) if verite is None else verite is voulu

    return SondeDeCondition(voir, peut_etre, lus)


class Sondes:
    """The probes of one base, made when they are first needed."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._regles: dict[str, SondeDeRegle] = {}
        self._tables: dict[str, tuple[Manque, Faits]] = {}

    def de_la_regle(self, regle: Regle) -> SondeDeRegle:
        """The probe of a rule: its condition, its table's, and the date of its window."""
        connue = self._regles.get(regle.id)
        if connue is None:
            connue = self._regles[regle.id] = self._sonder_la_regle(regle)
        return connue

    def _sonder_la_regle(self, regle: Regle) -> SondeDeRegle:
        table = self._base.tables[regle.table]
        propre = self._sonder(regle.si)
        manques, lus = [_manque(propre.voir)], propre.lus
        if table.quand is not None:
            garde = self._sonder(table.quand)
            manques.append(_manque(garde.voir))
            lus |= garde.lus
        if not (regle.du is None and regle.au is None):
            manques.append(_du_fait(table.decide_par))
            lus |= {table.decide_par}
        return SondeDeRegle(_des_branches(tuple(manques)), propre.peut_etre, lus)

    def de_la_table(self, nom: str) -> Manque:
        """The unknown facts that keep a table from retaining anything."""
        return self._de_la_table(self._base.tables[nom])[0]

    def _de_la_table(self, table: Table) -> tuple[Manque, Faits]:
        """Also every fact that it may ever wait for."""
        connue = self._tables.get(table.id)
        if connue is None:
            dessous = [(regle.id, self.de_la_regle(regle)) for regle in table.regles]

            def manque(dossier: Dossier, etabli: Etabli, recherche: Recherche) -> Faits:
                lus = recherche.tables.get(table.id)
                if lus is None:
                    lus = RIEN
                    for nom, sonde in dessous:
                        if (
                            etabli.verites.get(nom, False) is None
                            and not recherche.tus & sonde.lus <= lus
                        ):
                            lus |= sonde.manque(dossier, etabli, recherche)
                    recherche.tables[table.id] = lus
                return lus

            lisibles = RIEN.union(*[sonde.lus for _, sonde in dessous])
            connue = self._tables[table.id] = manque, lisibles
        return connue

    def _sonder(self, condition: Condition) -> SondeDeCondition:
        match condition:
            case Et(branches) | Ou(branches):
                sondes = [self._sonder(branche) for branche in branches]
                toutes = isinstance(condition, Et)
                return SondeDeCondition(
                    _voir_les_branches(tuple(un.voir for un in sondes), toutes),
                    _par_les_branches(tuple(un.peut_etre for un in sondes), toutes),
                    RIEN.union(*[un.lus for un in sondes]),
                )
            case Non(branche):
                dessous = self._sonder(branche)
                return SondeDeCondition(
                    _voir_le_contraire(dessous.voir),
                    lambda voulu, *lus: dessous.peut_etre(not voulu, *lus),
                    dessous.lus,
                )
        manque, peut_etre, lus = self._sans_branche(condition)
        return _si_inconnue(compiler(condition, self._base.tables), manque, peut_etre, lus)

    def _sans_branche(self, condition: Condition) -> tuple[Manque, PeutEtre, Faits]:
        """What a condition without branches waits for while it is undecided."""
        match condition:
            case Atome() if len(condition.faits) == 1 and condition.operateur != "connu":
                (fait,) = condition.faits
                return _du_fait(fait), _toujours, frozenset([fait])
            case Atome():
                return _des_faits(condition.faits), _toujours, frozenset(condition.faits)
            case RenvoiRegle(nom):
                regle = self.de_la_regle(self._base.regles[nom])
                return regle.manque, _toujours, regle.lus
            case UneRegleDe(nom) | Sortie(nom, _):
                manque, lus = self._de_la_table(self._base.tables[nom])
                return manque, _toujours, lus
            case _:
                possible = _jamais if isinstance(condition, AConfirmer) else _toujours
                return (lambda dossier, etabli, recherche: RIEN), possible, RIEN  # noqa: ARG005
