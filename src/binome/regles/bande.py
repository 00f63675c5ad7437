"""Columns worked out one operation after the other, each shared part once.

An engine of queries plans before it runs, and walks its tree for each lot: that is lost time where the same
few dozen operations serve every lot. Here the operations are written down once, in a row, from the very
words that the translator uses (`col`, comparisons, `&`, `|`, `~`), then run on the columns themselves.
"""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Serie: TypeAlias = Any  # a column of Polars, its values at hand
Faire: TypeAlias = "Callable[..., Serie]"


class Noeud:
    """An operation to do. Two nodes of the same key are the same operation."""

    __slots__ = ("cle", "faire", "noms", "operandes")
    __hash__ = None  # type: ignore[assignment] # what compares to a node is a node

    def __init__(self, nom: str, faire: Faire | None, *operandes: object) -> None:
        self.faire = faire
        self.operandes = operandes
        noeuds = [un for un in operandes if isinstance(un, Noeud)]
        self.noms: frozenset[str] = frozenset(nom for un in noeuds for nom in un.noms)
        # A constant is told by its type too: True is 1 for Python, not for a column.
        self.cle: tuple[object, ...] = (
            nom,
            *(un.cle if isinstance(un, Noeud) else (type(un), un) for un in operandes),
        )

    def __eq__(self, autre: object) -> Noeud:  # type: ignore[override] # a column, as an engine's does
        return Noeud("==", operator.eq, self, autre)

    def __ge__(self, autre: object) -> Noeud:
        return Noeud(">=", operator.ge, self, autre)

    def __gt__(self, autre: object) -> Noeud:
        return Noeud(">", operator.gt, self, autre)

    def __le__(self, autre: object) -> Noeud:
        return Noeud("<=", operator.le, self, autre)

    def __lt__(self, autre: object) -> Noeud:
        return Noeud("<", operator.lt, self, autre)

    def __and__(self, autre: object) -> Noeud:
        return Noeud("&", operator.and_, self, autre)

    def __or__(self, autre: object) -> Noeud:
        return Noeud("|", operator.or_, self, autre)

    def __xor__(self, autre: object) -> Noeud:
        return Noeud("^", operator.xor, self, autre)

    def __invert__(self) -> Noeud:
        return Noeud("~", operator.invert, self)

    def __add__(self, autre: object) -> Noeud:
        return Noeud("+", operator.add, self, autre)

    def __sub__(self, autre: object) -> Noeud:
        return Noeud("-", operator.sub, self, autre)

    def __mul__(self, autre: object) -> Noeud:
        return Noeud("*", operator.mul, self, autre)

    def cast(self, type_: Any) -> Noeud:
        """The same values in another type."""
        return Noeud("cast", _convertir, self, type_)

    def is_null(self) -> Noeud:
        """Where nothing is known."""
        return Noeud("is_null", _inconnu, self)


def _convertir(serie: Serie, type_: Any) -> Serie:
    return serie.cast(type_)


def _inconnu(serie: Serie) -> Serie:
    return serie.is_null()


def _choisir(verite: Serie, alors: Serie, sinon: Serie) -> Serie:
    return alors.zip_with(verite, sinon)


def choisir(verite: Noeud, alors: Serie, sinon: Serie) -> Noeud:
    """One constant, of one row, where a truth holds; the other where it does not, or is unknown."""
    return Noeud("choisir", _choisir, verite, Fixe(alors), Fixe(sinon))


class Fixe(Noeud):
    """A column of one row, the same for all."""

    __slots__ = ("serie",)

    def __init__(self, serie: Serie) -> None:
        super().__init__("constante", None)
        self.cle = ("constante", str(serie.dtype), serie[0])
        self.serie = serie


class Col(Noeud):
    """A column of the lot."""

    __slots__ = ("nom",)

    def __init__(self, nom: str) -> None:
        super().__init__("col", None)
        self.cle = ("col", nom)
        self.nom = nom
        self.noms = frozenset((nom,))


class MotsDeBande:
    """What the translator takes for an engine: `col`, and the types of the engine that runs the lots."""

    def __init__(self, moteur: Any) -> None:
        self._moteur = moteur
        self.col: Final = Col

    def __getattr__(self, nom: str) -> Any:
        return getattr(self._moteur, nom)


def _cle(un: object) -> tuple[object, ...]:
    """What two equal results, or two equal constants, have in common."""
    return un.cle if isinstance(un, Noeud) else ("", type(un), un)


class Bande:
    """The operations that a node takes, in order; each result is let go once nobody reads it any more."""

    def __init__(self, noeud: Noeud) -> None:
        self._rangs: dict[tuple[object, ...], int] = {}
        self._colonnes: list[tuple[int, str]] = []
        self._fixes: list[tuple[int, object]] = []
        pas: list[tuple[Faire, list[int], int]] = []
        self._ecrire(noeud, pas)
        gardes = {rang for rang, _ in self._fixes}
        derniers = {rang: place for place, (_, lus, _) in enumerate(pas) for rang in lus}
        self._pas = [
            (*un, [lu for lu in {*un[1]} - gardes if derniers[lu] == place])
            for place, un in enumerate(pas)
        ]

    def _ecrire(self, racine: object, pas: list[tuple[Faire, list[int], int]]) -> int:
        """The rank of a result, or of a constant, what it reads first; written down where it is new.

        Without recursion: a scale of hundreds of steps is as deep as it is long.
        """
        attendent = [racine]
        while attendent:
            un = attendent[-1]
            lus = un.operandes if isinstance(un, Noeud) else ()
            if _cle(un) in self._rangs:
                attendent.pop()
            elif nouveaux := [lu for lu in lus if _cle(lu) not in self._rangs]:
                attendent.extend(reversed(nouveaux))
            else:
                self._ranger(attendent.pop(), [self._rangs[_cle(lu)] for lu in lus], pas)
        return self._rangs[_cle(racine)]

    def _ranger(self, un: object, lus: list[int], pas: list[tuple[Faire, list[int], int]]) -> None:
        rang = self._rangs[_cle(un)] = len(self._rangs)
        match un:
            case Col(nom=nom):
                self._colonnes.append((rang, nom))
            case Fixe(serie=serie):
                self._fixes.append((rang, serie))
            case Noeud(faire=faire) if faire is not None:
                pas.append((faire, lus, rang))
            case _:
                self._fixes.append((rang, un))

    def derouler(self, colonnes: Mapping[str, Serie]) -> Serie:
        """What the operations give for these columns."""
        tenus: list[Any] = [None] * len(self._rangs)
        for rang, nom in self._colonnes:
            tenus[rang] = colonnes[nom]
        for rang, fixe in self._fixes:
            tenus[rang] = fixe
        for faire, lus, rang, finis in self._pas:
            tenus[rang] = faire(*[tenus[lu] for lu in lus])
            for fini in finis:
                tenus[fini] = None
        return tenus[-1]
