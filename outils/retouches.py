"""What a mutant of the rules is: the raw base, and the places where it is touched."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.regles.lecture import Brut


Chemin: TypeAlias = tuple[str | int, ...]


Retouche: TypeAlias = tuple[Chemin, Any]


EFFACE: Final = "∅"
"""Stands for nothing: what is there goes away."""


UN_JOUR: Final = timedelta(days=1)


PAS: Final = (1, -1)


class Mutant(NamedTuple):
    """One change of the raw base: its kind, where it stands, what it says, how to make it."""

    genre: str
    lieu: str
    changement: str
    retouches: tuple[Retouche, ...]

    def en_clair(self) -> str:
        """The mutant on one line; also the name under which it is explained."""
        return f"{self.lieu} : {self.changement}"


class Regle(NamedTuple):
    """A raw rule, with its table and the path to it."""

    chemin: Chemin
    brut: Brut
    table: Brut

    @property
    def id(self) -> str:
        return str(self.brut["id"])

    @property
    def effet(self) -> Brut:
        alors = self.brut["alors"]
        return alors if isinstance(alors, dict) else {}

    @property
    def exempte(self) -> str | None:
        """The référentiel that it exempts from."""
        effet: Brut = self.effet.get("dispense") or self.effet.get("forfait") or {}
        return effet.get("referentiel")

    def couvre(self, autre: Regle) -> bool:
        """Whether it is in force whenever the other is."""
        meme_date = self.table["decide_par"] == autre.table["decide_par"]
        fenetre = autre.brut if meme_date else {}
        debute = self.brut.get("du", date.min) <= fenetre.get("du", date.min)
        return bool(debute and fenetre.get("au", date.max) <= self.brut.get("au", date.max))


def regles(brut: Brut) -> Iterator[Regle]:
    for rang, table in enumerate(brut["tables"]):
        for place, regle in enumerate(table["regles"]):
            yield Regle(("tables", rang, "regles", place), regle, table)


def se_croisent(une: Brut, autre: Brut) -> bool:
    """Whether two windows share a day."""
    debut = max(une.get("du", date.min), autre.get("du", date.min))
    return bool(debut <= min(une.get("au", date.max), autre.get("au", date.max)))


def dire(noeud: Any) -> str:
    """A short name for a node of a condition."""
    match noeud:
        case {"fait": fait, **reste}:
            operateur, attendu = next(iter(reste.items()))
            return f"{fait} {operateur} {dire(attendu)}"
        case {"parametre": nom}:
            return f"({nom})"
        case {"sortie": table, "parmi": valeurs}:
            return f"{table} parmi {dire(valeurs)}"
        case {"et": branches} | {"ou": branches}:
            return f"{next(iter(noeud))} de {len(branches)}"
        case dict():
            return " ".join(f"{cle} {dire(valeur)}" for cle, valeur in noeud.items())
        case list():
            return "[" + ", ".join(map(str, noeud)) + "]"
        case _:
            return str(noeud)


def remplacer(genre: str, lieu: str, chemin: Chemin, avant: Any, apres: Any) -> Mutant:
    texte = f"{dire(avant)} → {dire(apres)}"
    return Mutant(genre, lieu, texte, ((chemin, apres),))
