"""Narrower views: some answers of a view, with the tables, amounts and levers that they need."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from binome.regles.expressions import faits_lus
from binome.regles.utiles import avec_leurs_appuis, faits_utiles, tables_utiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from binome.regles.base import Base, Montant
    from binome.regles.regle import Table


def sur(
    vue: Base,
    cibles: Iterable[str],
    montants: Mapping[str, Montant],
    garder: Callable[[Table], bool],
) -> Base:
    """The view of these answers and amounts; `garder` says which tables that inform or warn stay."""
    noms = tuple(cibles)
    question = replace(vue.question, cibles=noms, sorties=noms)
    etroite = replace(vue, montants=montants, de=question)
    utiles = {table.id for table in tables_utiles(etroite)}
    gardees = {
        table.id
        for table in vue.tables.values()
        if table.role not in ("prepare", "decide") and garder(table)
    }
    tables = {table.id: table for table in avec_leurs_appuis(vue, utiles | gardees)}
    lus = faits_de_la_vue(etroite)
    leviers = tuple(levier for levier in vue.leviers if levier.fait in lus)
    return replace(etroite, tables=tables, leviers=leviers)


def faits_de_la_vue(vue: Base) -> frozenset[str]:
    """The facts that the answers of a view read, through those that are worked out from others."""
    lus = set(faits_utiles(vue))
    for nom in tuple(lus):
        calcul = vue.faits[nom].calcul
        if calcul is not None:
            lus |= faits_lus(calcul)
    return frozenset(lus)
