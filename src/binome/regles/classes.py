"""What tells dossiers apart in the eyes of the rules: the number of the class of each dossier.

The rules see a dossier through their comparisons alone: 13 months of experience or 20 are the same
to them. Dossiers that no comparison tells apart are one class, and get one answer. The number of
the class is generated from those very comparisons, so that nothing is written twice.

It is a number in a mixed base: one digit for each thing that the rules look at, and an unknown is a
value of the digit like the others.
"""

from __future__ import annotations

from functools import reduce
from math import prod
from operator import add, or_, xor
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from binome.regles.bande import Fixe, MotsDeBande, choisir
from binome.regles.calendrier import decaler
from binome.regles.colonnes import UN_JOUR, Traducteur, a_borner, nom_de_cle
from binome.regles.conditions import Decale
from binome.regles.utiles import comparaisons_des

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from binome.regles.bande import Noeud
    from binome.regles.colonnes import Colonne
    from binome.regles.conditions import Atome
    from binome.regles.regle import Table

VALEURS_D_UN_OCTET: Final = 256


class Chiffre(NamedTuple):
    """One digit: what is read, and the truths that are its bits, the lowest first.

    They tell apart what the rules tell apart. None holds on an unknown, which has the last value
    for itself.
    """

    lu: Colonne
    bits: tuple[Colonne, ...]
    inconnu: int

    @property
    def taille(self) -> int:
        """How many values the digit may take."""
        return self.inconnu + 1


def chiffre_d_une_echelle(lu: Colonne, seuils: Sequence[Colonne]) -> Chiffre:
    """How many thresholds are behind, when each of them holds wherever the next one does.

    Counting to seven by its bits takes three choices instead of seven additions: the bit of rank n
    turns over at every threshold whose number is a multiple of two to the n.
    """
    pas = [2**rang for rang in range(len(seuils).bit_length())]
    bits = tuple(reduce(xor, seuils[un - 1 :: un]) for un in pas)
    return Chiffre(lu, bits, len(seuils) + 1)


def chiffre_de_valeurs(lu: Colonne, egalites: Sequence[Colonne]) -> Chiffre:
    """The rank of the value it equals, from 1, or 0 for any other."""
    par_rang = list(enumerate(egalites, start=1))
    bits = tuple(
        reduce(or_, (egalite for rang, egalite in par_rang if rang >> bit & 1))
        for bit in range(len(egalites).bit_length())
    )
    return Chiffre(lu, bits, len(egalites) + 1)


class _Echelle:
    """The values where comparisons tip, on the scale of a date, of a number or of a gap."""

    def __init__(self) -> None:
        # Each value with whether it takes going beyond it: `au_moins` tips on reaching it.
        self._seuils: set[tuple[Any, bool]] = set()

    def noter(self, operateur: str, attendu: Any) -> None:
        """Adds where one comparison tips."""
        match operateur:
            case "entre":
                self._seuils |= {(attendu[0], False), (attendu[1], True)}
            case "au_moins" | "avant":
                self._seuils.add((attendu, False))
            case _:
                self._seuils.add((attendu, True))

    def chiffre(self, lu: Colonne) -> Chiffre:
        """The digit: how many are behind. Dossiers between the same two are alike."""
        seuils = sorted(self._seuils)
        return chiffre_d_une_echelle(
            lu, [lu > un if au_dela else lu >= un for un, au_dela in seuils]
        )


def _bascules(tables: Iterable[Table]) -> Iterator[tuple[str, date]]:
    """The days when rules start or have just ended, each with the date that decides."""
    for table in tables:
        for regle in table.regles:
            if regle.du is not None:
                yield table.decide_par, regle.du
            if regle.au is not None:
                yield table.decide_par, regle.au + UN_JOUR


class _Lecteur:
    """Sorts the comparisons by what they read: a scale, a few values, or a truth by itself."""

    def __init__(self, traducteur: Traducteur) -> None:
        self._traducteur = traducteur
        self._echelles: dict[tuple[str, ...], _Echelle] = {}
        self._valeurs: dict[str, dict[Any, None]] = {}
        self._verites: list[Colonne] = []
        self._connus: dict[str, None] = {}

    def situer(self, faits: tuple[str, ...], operateur: str, attendu: Any) -> None:
        """A comparison on a scale: one fact with a bound, or the gap between two dates."""
        self._echelles.setdefault(faits, _Echelle()).noter(operateur, attendu)

    def lire(self, atome: Atome) -> None:
        """One comparison."""
        match atome.operateur, atome.attendu:
            case "connu", _:
                self._connus[atome.fait] = None
            case "est", valeur:
                self._valeurs.setdefault(atome.fait, {})[valeur] = None
            case "parmi", tuple(valeurs):
                self._valeurs.setdefault(atome.fait, {}).update(dict.fromkeys(valeurs))
            case "contient", _:
                self._verites.append(self._traducteur.condition(atome))
            case operateur, Decale(_, mois) if a_borner(operateur, mois):
                # The month's end makes the gap depend on both dates: the truth itself is the class.
                self._verites.append(self._traducteur.condition(atome))
            case operateur, Decale(_, mois):
                self.situer(atome.faits, operateur, decaler(0, mois, borner=False))
            case operateur, attendu:
                self.situer(atome.faits, operateur, attendu)

    def chiffres(self) -> Iterator[Chiffre]:
        """The digits."""
        col = self._traducteur.col
        seuls = set(self._valeurs)
        for faits, echelle in self._echelles.items():
            match faits:
                case (fait,):
                    seuls.add(fait)
                    yield echelle.chiffre(col(fait))
                case (fait, autre):
                    yield echelle.chiffre(col(nom_de_cle(fait)) - col(nom_de_cle(autre)))
                case _:
                    raise AssertionError(faits)
        for fait, valeurs in self._valeurs.items():
            yield chiffre_de_valeurs(col(fait), [col(fait) == un for un in valeurs])
        for verite in self._verites:
            yield Chiffre(verite, (verite,), 2)
        for fait in self._connus:
            if fait not in seuls:  # the digit of a fact read by itself tells already
                yield Chiffre(col(fait), (), 1)


def chiffres(tables: Sequence[Table], traducteur: Traducteur) -> list[Chiffre]:
    """The digits of the class of a dossier, for the rules of these tables: operations to do (see `bande`)."""
    lecteur = _Lecteur(Traducteur(traducteur.base, MotsDeBande(traducteur.mots)))
    for fait, jour in _bascules(tables):
        lecteur.situer((fait,), "au_moins", jour)
    for atome in comparaisons_des(tables):
        lecteur.lire(atome)
    return list(lecteur.chiffres())


def nombre_de_classes(lus: Iterable[Chiffre]) -> int:
    """How many classes these digits may tell apart."""
    return prod(chiffre.taille for chiffre in lus)


def _par_octets(lus: Iterable[Chiffre]) -> Iterator[list[Chiffre]]:
    """Digits in a row that hold in one byte together: adding bytes is what a processor does best."""
    groupe: list[Chiffre] = []
    for chiffre in lus:
        if groupe and nombre_de_classes([*groupe, chiffre]) > VALEURS_D_UN_OCTET:
            yield groupe
            groupe = []
        groupe.append(chiffre)
    yield groupe


class Numero:
    """The number of the class, out of its digits: the operations that work it out of the columns.

    Conditions choose between constants: that is several times faster than turning truths into numbers.
    Bytes are put together two by two, so that the widest type is taken as late as may be.
    """

    def __init__(self, lus: Sequence[Chiffre], mots: Any) -> None:
        self._lus = lus
        self._mots = mots

    def _un(self, valeur: int, type_: Any) -> Any:
        return self._mots.Series([valeur], dtype=type_)

    def _type(self, taille: int) -> Any:
        mots = self._mots
        return (
            mots.UInt8
            if taille <= VALEURS_D_UN_OCTET
            else mots.UInt16
            if taille <= 2**16
            else mots.UInt32
        )

    def si_tout_est_connu(self) -> Noeud | None:
        """The number, less what unknowns add to it; None where knowing or not is all that counts."""
        parts: list[tuple[int, Noeud | None]] = []
        for groupe in _par_octets(self._lus):
            taille, rang = nombre_de_classes(groupe), 1
            type_, termes = self._type(taille), []
            for chiffre in groupe:
                for bit, verite in enumerate(chiffre.bits):
                    un, zero = self._un((1 << bit) * rang, type_), self._un(0, type_)
                    termes.append(choisir(verite, un, zero))
                rang *= chiffre.taille
            parts.append((taille, reduce(add, termes) if termes else None))
        while len(parts) > 1:
            parts = [self._reunir(*parts[rang : rang + 2]) for rang in range(0, len(parts), 2)]
        total = parts[0][1]
        return None if total is None else total.cast(self._mots.UInt32)

    def _reunir(
        self, bas: tuple[int, Noeud | None], haut: tuple[int, Noeud | None] = (1, None)
    ) -> tuple[int, Noeud | None]:
        """Two parts of the number as one."""
        (pas, petit), (reste, grand) = bas, haut
        taille = pas * reste
        type_ = self._type(taille)
        if grand is not None:
            grand = grand.cast(type_) * Fixe(self._un(pas, type_))
        if petit is None or grand is None:
            return taille, grand if petit is None else petit
        return taille, petit.cast(type_) + grand

    def des_inconnus(self, colonnes: Collection[str]) -> Noeud | None:
        """What unknowns add, when only these columns have some; None when they count for nothing."""
        poids, termes = 1, []
        for chiffre in self._lus:
            if not chiffre.lu.noms.isdisjoint(colonnes):
                plus = self._un(chiffre.inconnu * poids, self._mots.UInt32)
                termes.append(choisir(chiffre.lu.is_null(), plus, self._un(0, self._mots.UInt32)))
            poids *= chiffre.taille
        return reduce(add, termes) if termes else None
