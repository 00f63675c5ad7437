"""The boundary grid: dossiers at every threshold and every date of the rules, and one unit off.

For each rule, the values around its bounds are crossed with every moment when rules change and
with what the trade adds: what a thousand random dossiers miss, the grid holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from binome.regles.bornes import (
    UN_JOUR,
    comparaisons,
    dates_de_fenetre,
    dates_liees,
    valeurs_aux_bornes,
)
from binome.regles.conditions import Decale, UneRegleDe, atomes, parcourir
from binome.regles.regle import Horloge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from binome.regles.base import Base
    from binome.regles.conditions import Atome
    from binome.regles.faits import Dossier, Valeur
    from binome.regles.regle import Regle


def _moments(base: Base, fait: str) -> list[Valeur | None]:
    """Unknown, and around every day when a rule decided by that date starts, ends, or looks at."""
    fixes = valeurs_aux_bornes(comparaisons(base), base).get(fait, ())
    jours = {
        voisin
        for jour in dates_de_fenetre(base, fait)
        for voisin in (jour - UN_JOUR, jour, jour + UN_JOUR)
    }
    return [None, *sorted(jours.union(un for un in fixes if isinstance(un, date)))]


@dataclass(frozen=True)
class _Bords:
    """What the comparisons of one rule are tried with, whatever the dossier that one starts from."""

    combinaisons: list[Dossier]
    """Every combination of the boundary values of the facts that are no dates."""
    dates: list[str]
    bornes: Mapping[str, Iterable[Valeur]]
    liens: tuple[Atome, ...]
    """The comparisons of a date with another one."""


def _bords(base: Base, atomes_: tuple[Atome, ...]) -> _Bords:
    bornes = valeurs_aux_bornes(atomes_, base)
    deja = base.apport.croiser(base)
    fixes = {
        nom: [None, *valeurs]
        for nom, valeurs in bornes.items()
        if base.faits[nom].type != "date" and nom not in deja
    }
    lus = dict.fromkeys(nom for atome in atomes_ for nom in atome.faits)
    return _Bords(
        [dict(zip(fixes, valeurs, strict=True)) for valeurs in product(*fixes.values())],
        [nom for nom in lus if base.faits[nom].type == "date"],
        bornes,
        tuple(atome for atome in atomes_ if isinstance(atome.attendu, Decale)),
    )


def _croiser(bords: _Bords, depart: Dossier) -> Iterator[Dossier]:
    """Every combination of the boundary values of these comparisons, over a starting dossier.

    A date compared with another one is tried around that other date.
    """
    dates = [nom for nom in bords.dates if depart[nom] is None]
    for valeurs in bords.combinaisons:
        dossier = depart | valeurs
        if dates:
            yield from _dater(bords.liens, dates, bords.bornes, dossier)
        else:
            yield dossier


def _dater(
    atomes_: tuple[Atome, ...],
    dates: list[str],
    bornes: Mapping[str, Iterable[Valeur]],
    dossier: Dossier,
) -> Iterator[Dossier]:
    """Sets the dates one after the other, first those that lean on a date already set."""
    if not dates:
        yield dossier
        return
    liees = {nom: dates_liees(atomes_, nom, dossier) for nom in dates}
    nom = max(dates, key=lambda un: bool(liees[un]))
    suite = [autre for autre in dates if autre != nom]
    for jour in dict.fromkeys((None, *sorted(liees[nom]), *bornes[nom])):
        yield from _dater(atomes_, suite, bornes, {**dossier, nom: jour})


def _contextes(base: Base, decide_par: str) -> Iterator[Dossier]:
    """Every moment of the date that decides; with what the trade crosses, of the answer's date too."""
    vide: Dossier = dict.fromkeys(base.faits)
    croises = base.apport.croiser(base)
    dates = [decide_par]
    if croises:
        dates.insert(0, base.tables[base.question.cibles[0]].decide_par)
    essais: dict[str, Sequence[Valeur | None]] = {nom: _moments(base, nom) for nom in dates[:1]}
    essais |= croises
    essais |= {nom: _moments(base, nom) for nom in dates[1:] if nom not in essais}
    for valeurs in product(*essais.values()):
        yield {**vide, **dict(zip(essais, valeurs, strict=True))}


def _comparaisons(regle: Regle, base: Base) -> tuple[Atome, ...]:
    """What a rule compares, itself, through the guard of its table or the rules it leans on."""
    garde = base.tables[regle.table].quand
    appuis = (noeud.table for noeud in parcourir(regle.si) if isinstance(noeud, UneRegleDe))
    conditions = (autre.si for table in appuis for autre in base.tables[table].regles)
    gardes = () if garde is None else atomes(garde)
    lus = (*gardes, *atomes(regle.si), *(atome for si in conditions for atome in atomes(si)))
    return tuple(dict.fromkeys(lus))


FINS_DE_MOIS = tuple(
    date.fromisoformat(jour)
    for jour in (
        "2020-02-28 2020-02-29 2020-03-01 2022-12-31 2023-02-28 2023-08-30 2023-08-31 2023-09-01"
        " 2024-02-28 2024-02-29 2024-03-01 2024-08-31 2025-01-31 2025-02-28 2027-12-31 2028-02-29"
    ).split()
)
"""Days where a number of months later has to be clamped, and their neighbours."""


def _compter_depuis(regle: Regle, contexte: Dossier) -> Iterator[Dossier]:
    """What a clock counts from, at the ends of months."""
    if isinstance(regle.effet, Horloge) and regle.effet.fait:
        for jour in FINS_DE_MOIS:
            yield {**contexte, regle.effet.fait: jour}


def grille(base: Base) -> Iterator[Dossier]:
    """Every dossier of the grid, each once, in a stable order."""
    vus: set[tuple[Valeur | None, ...]] = set()
    for table in base.tables.values():
        for regle in table.regles:
            bords = _bords(base, _comparaisons(regle, base))
            for contexte in _contextes(base, table.decide_par):
                croises = _croiser(bords, contexte)
                for dossier in (*croises, *_compter_depuis(regle, contexte)):
                    cle = tuple(dossier.values())
                    if cle not in vus:
                        vus.add(cle)
                        yield dossier
