"""Narrower views: some answers of a view, with the tables, amounts and levers that they need."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from binome.regles.expressions import faits_lus
from binome.regles.utiles import avec_leurs_appuis, faits_utiles, tables_utiles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.base import Base, Montant
    from binome.regles.regle import Table


def sur(vue: Base, cible: str, montants: Mapping[str, Montant]) -> Base:
    """The view of one of its answers, with these amounts and what informs or warns about it."""
    question = replace(vue.question, cibles=(cible,), sorties=(cible,))
    choisies = {table.id: _choisir(table, cible) for table in vue.tables.values()}
    large = replace(vue, tables=choisies, montants=montants, de=question)
    gardees = {
        table.id
        for table in choisies.values()
        if table.role not in ("prepare", "decide") and table.regles
    }
    utiles = {table.id for table in tables_utiles(large)}
    tables = {table.id: table for table in avec_leurs_appuis(large, utiles | gardees)}
    lus = faits_de_la_vue(large)
    leviers = tuple(levier for levier in vue.leviers if levier.fait in lus)
    return replace(large, tables=tables, leviers=leviers)


def _choisir(table: Table, cible: str) -> Table:
    """The table with the rules that speak of an answer."""
    gardees = tuple(regle for regle in table.regles if not regle.pour or cible in regle.pour)
    return table if gardees == table.regles else replace(table, regles=gardees)


def faits_de_la_vue(vue: Base) -> frozenset[str]:
    """The facts that the answers of a view read, through those that are worked out from others."""
    lus = set(faits_utiles(vue))
    for nom in tuple(lus):
        calcul = vue.faits[nom].calcul
        if calcul is not None:
            lus |= faits_lus(calcul)
    return frozenset(lus)
