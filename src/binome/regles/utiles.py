"""What the answers of a view lean on: the tables that matter to them, and the facts these read."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from binome.regles.conditions import RenvoiRegle, Sortie, UneRegleDe, atomes, parcourir
from binome.regles.expressions import Selon, SiEtabli, operandes
from binome.regles.quantites import quantites
from binome.regles.regle import Horloge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from binome.regles.base import Base
    from binome.regles.conditions import Atome
    from binome.regles.expressions import Expression
    from binome.regles.regle import Table


def _tables_lues(expression: Expression, base: Base) -> Iterator[str]:
    """The tables that an amount leans on."""
    match expression:
        case Selon(table):
            yield table
        case SiEtabli(regles):
            yield from (base.regles[regle].table for regle in regles)
    for operande in operandes(expression):
        yield from _tables_lues(operande, base)


def _appuis(table: Table, base: Base) -> Iterator[str]:
    """The tables that a table leans on."""
    conditions = [regle.si for regle in table.regles]
    for condition in conditions if table.quand is None else [*conditions, table.quand]:
        for noeud in parcourir(condition):
            match noeud:
                case RenvoiRegle(regle):
                    yield base.regles[regle].table
                case UneRegleDe(autre) | Sortie(autre, _):
                    yield autre


@lru_cache(maxsize=32)
def tables_utiles(base: Base, *, alertes: bool = False) -> tuple[Table, ...]:
    """The tables that what is asked for needs, in the order of evaluation; the others are left."""
    utiles = set(base.question.sorties)
    for expression in quantites(base).values():
        utiles.update(_tables_lues(expression, base))
    utiles.update(
        table.id
        for table in base.tables.values()
        if any(isinstance(regle.effet, Horloge) for regle in table.regles)
    )
    if alertes:
        utiles.update(table.id for table in base.tables.values() if table.role == "alerte")
    return avec_leurs_appuis(base, utiles)


def avec_leurs_appuis(base: Base, noms: Iterable[str]) -> tuple[Table, ...]:
    """These tables and those they lean on, in the order of evaluation."""
    utiles = set(noms)
    for table in reversed(list(base.tables.values())):  # a table only leans on those before it
        if table.id in utiles:
            utiles.update(_appuis(table, base))
    return tuple(table for table in base.tables.values() if table.id in utiles)


@lru_cache(maxsize=16)
def faits_utiles(base: Base) -> frozenset[str]:
    """The facts that the answers may depend on."""
    return frozenset(nom for atome in comparaisons_des(tables_utiles(base)) for nom in atome.faits)


def comparaisons_des(tables: Iterable[Table]) -> dict[Atome, None]:
    """Every comparison of these tables, their guards' too, each once."""
    conditions = (c for table in tables for c in (table.quand, *(r.si for r in table.regles)))
    return dict.fromkeys(atome for une in conditions if une is not None for atome in atomes(une))
