"""Conditions as closures: what decides one dossier.

A condition is compiled once. What each of its comparisons met is read again from the dossier when a trace is
told: deciding keeps the outcomes only.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias, TypeVar

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
from binome.regles.logique import non
from binome.regles.regle import regles_donnant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
Comparer: TypeAlias = "Callable[[Atome], Evaluer[Lu]]"


@lru_cache(maxsize=4096)
def comparer(atome: Atome) -> Evaluer[Dossier]:
    """The closure of one comparison, made once. Dates compare by their order, lists by what they hold."""
    nom, attendu = atome.fait, atome.attendu
    match atome.operateur:
        case "connu":
            return lambda faits, _: faits[nom] is not None
        case "contient":
            codes = frozenset(attendu)  # type: ignore[arg-type] # the loader checked what this comparison expects
            return lambda faits, _: None if (v := faits[nom]) is None else not codes.isdisjoint(v)  # type: ignore[arg-type] # the loader checked what this comparison expects
        case "parmi":
            valeurs = frozenset(attendu)  # type: ignore[arg-type] # the loader checked what this comparison expects
            return lambda faits, _: None if (v := faits[nom]) is None else v in valeurs
        case "entre":
            bas, haut = attendu  # type: ignore[misc, str-unpack] # the loader checked what this comparison expects
            return lambda faits, _: None if (v := faits[nom]) is None else bas <= v <= haut  # type: ignore[operator] # the loader checked what this comparison expects
        case "est":
            return lambda faits, _: None if (v := faits[nom]) is None else v == attendu
        case _:
            if isinstance(attendu, Decale):
                return _comparer_deux_dates(nom, atome.operateur, attendu)
            if isinstance(attendu, Part):
                return _selon_ecart(_ecart_a_la_part(nom, attendu), atome.operateur)
            return _comparer_a_une_borne(nom, atome.operateur, attendu)


def _comparer_a_une_borne(nom: str, operateur: str, borne: object) -> Evaluer[Dossier]:
    match operateur:
        case "au_moins":
            return lambda faits, _: None if (v := faits[nom]) is None else v >= borne  # type: ignore[operator] # the loader checked what this comparison expects
        case "au_plus":
            return lambda faits, _: None if (v := faits[nom]) is None else v <= borne  # type: ignore[operator] # the loader checked what this comparison expects
        case "avant":
            return lambda faits, _: None if (v := faits[nom]) is None else v < borne  # type: ignore[operator] # the loader checked what this comparison expects
        case _:
            return lambda faits, _: None if (v := faits[nom]) is None else v > borne  # type: ignore[operator] # the loader checked what this comparison expects


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


def _et(branches: tuple[Evaluer[Lu], ...]) -> Evaluer[Lu]:
    if len(branches) == 2:
        return _les_deux(*branches)

    def evaluer(lu: Lu, etabli: Etabli) -> Verite:
        inconnu = False
        for branche in branches:
            verite = branche(lu, etabli)
            if verite is False:
                return False
            if verite is None:
                inconnu = True
        return None if inconnu else True

    return evaluer


def _ou(branches: tuple[Evaluer[Lu], ...]) -> Evaluer[Lu]:
    def evaluer(lu: Lu, etabli: Etabli) -> Verite:
        inconnu = False
        for branche in branches:
            verite = branche(lu, etabli)
            if verite is True:
                return True
            if verite is None:
                inconnu = True
        return None if inconnu else False

    return evaluer


def _les_deux(une: Evaluer[Lu], autre: Evaluer[Lu]) -> Evaluer[Lu]:
    """The commonest conjunction, without a loop."""

    def evaluer(lu: Lu, etabli: Etabli) -> Verite:
        premiere = une(lu, etabli)
        if premiere is False:
            return False
        seconde = autre(lu, etabli)
        if seconde is False:
            return False
        return None if premiere is None or seconde is None else True

    return evaluer


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


def _compiler(
    condition: Condition, tables: Mapping[str, Table], comparer: Comparer[Lu]
) -> Evaluer[Lu]:
    def suite(branche: Condition) -> Evaluer[Lu]:
        return _compiler(branche, tables, comparer)

    match condition:
        case Atome():
            return comparer(condition)
        case Et(branches):
            return _et(tuple(map(suite, branches)))
        case Ou(branches):
            return _ou(tuple(map(suite, branches)))
        case Non(branche):
            nie = suite(branche)
            return lambda lu, etabli: non(nie(lu, etabli))
        case RenvoiRegle(regle):
            return lambda _, etabli: etabli.verites.get(regle, False)
        case UneRegleDe(table):
            return _une_de(tuple(regle.id for regle in tables[table].regles))
        case Sortie(table, valeurs):
            return _sortie(tables[table], valeurs)
        case Toujours():
            return lambda *_: True
        case AConfirmer():
            return lambda *_: None


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
    """The closure that evaluates a condition on a dossier and on what was decided before."""
    return _compiler(condition, tables, comparer)
