"""Conditions as functions: what decides one dossier.

A condition is compiled once, into one function. What each of its comparisons met is read again from the dossier when a trace is
told: deciding keeps the outcomes only.
"""

from __future__ import annotations

import ast
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from binome.regles.calendrier import cle_de, decaler
from binome.regles.conditions import (
    SANS_BORNER,
    AConfirmer,
    Atome,
    Decale,
    Et,
    Non,
    Ou,
    Part,
    RenvoiRegle,
    Sortie,
    Toujours,
    UneRegleDe,
)
from binome.regles.plume import Plume
from binome.regles.regle import regles_donnant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from binome.regles.conditions import Condition
    from binome.regles.faits import Dossier
    from binome.regles.logique import Verite
    from binome.regles.regle import Table


class Etabli:
    """What has been decided so far: each rule's truth, each table's retained value."""

    __slots__ = ("retenues", "verites")

    def __init__(self) -> None:
        self.verites: dict[str, Verite] = {}
        self.retenues: dict[str, str | None] = {}


Lu = TypeVar("Lu")
"""What a comparison reads."""
Evaluer: TypeAlias = "Callable[[Lu, Etabli], Verite]"


@lru_cache(maxsize=4096)
def comparer(atome: Atome) -> Evaluer[Dossier]:
    """The function of one comparison, made once. Dates compare by their order, lists by what they hold."""
    return compiler(atome, {})


def _comparer_deux_dates(nom: str, operateur: str, decale: Decale) -> Evaluer[Dossier]:
    autre, mois = decale.fait, decale.mois
    borner = mois != 0 and operateur not in SANS_BORNER

    def ecart(faits: Dossier) -> int | None:
        date_a, date_b = faits[nom], faits[autre]
        if not isinstance(date_a, date) or not isinstance(date_b, date):
            return None
        # Every month has twenty-eight days: up to there nothing overflows.
        if borner and date_b.day > 28:
            return cle_de(date_a) - int(decaler(cle_de(date_b), mois, borner=True))
        # The difference of the two keys: what they share goes away.
        return (
            ((date_a.year - date_b.year) * 12 + date_a.month - date_b.month - mois) * 32
            + date_a.day
            - date_b.day
        )

    return _selon_ecart(ecart, operateur)


def _ecart_a_la_part(nom: str, part: Part) -> Callable[[Dossier], int | None]:
    autre, pour_cent = part.fait, part.pour_cent

    def ecart(faits: Dossier) -> int | None:
        valeur, entier = faits[nom], faits[autre]
        if not isinstance(valeur, int) or not isinstance(entier, int):
            return None
        return valeur * 100 - entier * pour_cent

    return ecart


def _selon_ecart(ecart: Callable[[Dossier], int | None], operateur: str) -> Evaluer[Dossier]:
    """How a difference compares with zero."""
    match operateur:
        case "au_moins":
            return lambda faits, _: None if (e := ecart(faits)) is None else e >= 0
        case "au_plus":
            return lambda faits, _: None if (e := ecart(faits)) is None else e <= 0
        case "avant":
            return lambda faits, _: None if (e := ecart(faits)) is None else e < 0
        case _:
            return lambda faits, _: None if (e := ecart(faits)) is None else e > 0


def _une_de(regles: tuple[str, ...]) -> Evaluer[Lu]:
    """Whether one of some rules answers yes; those that are not in force do not."""

    def evaluer(_: Lu, etabli: Etabli) -> Verite:
        verites = etabli.verites
        inconnu = False
        for regle in regles:
            verite = verites.get(regle, False)
            if verite is True:
                return True
            if verite is None:
                inconnu = True
        return None if inconnu else False

    return evaluer


def _sortie(table: Table, valeurs: tuple[str, ...]) -> Evaluer[Lu]:
    """Whether a table gave one of these values; denied too once no rule can give one any more."""
    nom, attendues = table.id, frozenset(valeurs)
    donneuses = regles_donnant(table, valeurs)

    def evaluer(_: Lu, etabli: Etabli) -> Verite:
        valeur = etabli.retenues[nom]
        if valeur is not None:
            return valeur in attendues
        verites = etabli.verites
        if donneuses and all(verites.get(regle, False) is False for regle in donneuses):
            return False
        return None

    return evaluer


def compiler(condition: Condition, tables: Mapping[str, Table]) -> Evaluer[Dossier]:
    """What evaluates a condition on a dossier and on what was decided before: one function, whatever it holds."""
    plume = Plume()
    evaluer: Evaluer[Dossier] = plume.fonction(_ecrire(condition, tables, plume))
    return evaluer


def compiler_ensemble(
    conditions: Sequence[tuple[str, Condition]],
    tables: Mapping[str, Table],
    dites: Sequence[Mapping[Verite, object]] = (),
) -> Callable[[Dossier, Etabli, list[Any]], None]:
    """What applies several rules in their order, in one call: each truth is written, and what it says noted."""
    plume = Plume()
    ecrites = [(nom, _ecrire(condition, tables, plume)) for nom, condition in conditions]
    appliquer: Callable[[Dossier, Etabli, list[Any]], None] = plume.ensemble(ecrites, dites)
    return appliquer


def _ecrire(condition: Condition, tables: Mapping[str, Table], plume: Plume) -> ast.expr:
    match condition:
        case Atome():
            return _ecrire_la_comparaison(condition, plume)
        case Et(branches):
            return plume.et([_ecrire(branche, tables, plume) for branche in branches])
        case Ou(branches):
            return plume.ou([_ecrire(branche, tables, plume) for branche in branches])
        case Non(branche):
            return plume.non(_ecrire(branche, tables, plume))
        case RenvoiRegle(regle):
            return plume.verite_de(regle)
        case UneRegleDe(table):
            return plume.appel(_une_de(tuple(regle.id for regle in tables[table].regles)))
        case Sortie(table, valeurs):
            return plume.appel(_sortie(tables[table], valeurs))
        case Toujours():
            return ast.Constant(value=True)
        case AConfirmer():
            return ast.Constant(value=None)


def _ecrire_la_comparaison(atome: Atome, plume: Plume) -> ast.expr:
    """A comparison with what is written in the rule, in place; one with another fact is a function of its own."""
    match atome.attendu:
        case Decale():
            deux_dates = _comparer_deux_dates(atome.fait, atome.operateur, atome.attendu)
            return plume.appel(deux_dates)
        case Part():
            return plume.appel(
                _selon_ecart(_ecart_a_la_part(atome.fait, atome.attendu), atome.operateur)
            )
        case _ if atome.operateur == "connu":
            return plume.connu(atome.fait)
        case attendu:
            return plume.compare(atome.fait, atome.operateur, attendu)
