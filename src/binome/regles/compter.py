"""Amounts for one dossier: the expressions compiled to closures over facts and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from binome.regles.compiler import Etabli
from binome.regles.expressions import (
    Constante,
    PremierConnu,
    Produit,
    Quantite,
    Quotient,
    Selon,
    SiEtabli,
    Somme,
    ValeurDuFait,
    diviser,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from binome.regles.expressions import Arrondi, Expression
    from binome.regles.faits import Dossier

Quantites: TypeAlias = dict[str, int | None]
Compter: TypeAlias = "Callable[[Etabli, Quantites, Dossier], int | None]"
SANS_FAITS: Final[Dossier] = {}
"""For the amounts that only read what was decided."""


def _compiler_expression(expression: Expression) -> Compter:
    match expression:
        case Constante(valeur):
            return lambda *_: valeur
        case SiEtabli(regles, valeur):
            return _si_etabli(regles, valeur)
        case Quantite(nom):
            return lambda _, deja, faits: deja[nom]  # noqa: ARG005
        case ValeurDuFait(nom):
            return lambda _, deja, faits: faits[nom]  # type: ignore[return-value] # noqa: ARG005
        case Somme(termes):
            return _sommer(tuple(map(_compiler_expression, termes)))
        case Produit(facteurs):
            return _multiplier(tuple(map(_compiler_expression, facteurs)))
        case Quotient(dividende, diviseur, arrondi):
            return _diviser(
                _compiler_expression(dividende), _compiler_expression(diviseur), arrondi
            )
        case PremierConnu(termes):
            return _premier_connu(tuple(map(_compiler_expression, termes)))
        case Selon(table, cas, sinon):
            par_valeur = {cle: _compiler_expression(un) for cle, un in cas}
            defaut = _compiler_expression(sinon)

            def selon(etabli: Etabli, deja: Quantites, faits: Dossier) -> int | None:
                retenue = etabli.retenues[table]
                if retenue is None:
                    return None
                return par_valeur.get(retenue, defaut)(etabli, deja, faits)

            return selon


def _si_etabli(regles: tuple[str, ...], valeur: int) -> Compter:
    def si_etabli(etabli: Etabli, *_: object) -> int:
        verites = etabli.verites
        for regle in regles:
            if verites.get(regle):
                return valeur
        return 0

    return si_etabli


def _sommer(termes: tuple[Compter, ...]) -> Compter:
    def sommer(etabli: Etabli, deja: Quantites, faits: Dossier) -> int | None:
        total = 0
        for terme in termes:
            valeur = terme(etabli, deja, faits)
            if valeur is None:
                return None
            total += valeur
        return total

    return sommer


def _multiplier(facteurs: tuple[Compter, ...]) -> Compter:
    def multiplier(etabli: Etabli, deja: Quantites, faits: Dossier) -> int | None:
        total = 1
        for facteur in facteurs:
            valeur = facteur(etabli, deja, faits)
            if valeur is None:
                return None
            total *= valeur
        return total

    return multiplier


def _diviser(dividende: Compter, diviseur: Compter, arrondi: Arrondi) -> Compter:
    def quotient(etabli: Etabli, deja: Quantites, faits: Dossier) -> int | None:
        a, b = dividende(etabli, deja, faits), diviseur(etabli, deja, faits)
        return None if a is None or not b else diviser(a, b, arrondi)

    return quotient


def _premier_connu(termes: tuple[Compter, ...]) -> Compter:
    def premier(etabli: Etabli, deja: Quantites, faits: Dossier) -> int | None:
        for terme in termes:
            valeur = terme(etabli, deja, faits)
            if valeur is not None:
                return valeur
        return None

    return premier


def calcul(expression: Expression) -> Callable[[Dossier], int | None]:
    """A fact worked out from the others."""
    compter, rien = _compiler_expression(expression), Etabli()
    return lambda faits: compter(rien, {}, faits)


class CompteurDeMontants:
    """Amounts compiled once, counted for one dossier at a time."""

    def __init__(self, expressions: Mapping[str, Expression]) -> None:
        self._compter = [(nom, _compiler_expression(un)) for nom, un in expressions.items()]

    def compter(self, etabli: Etabli, faits: Dossier = SANS_FAITS) -> Quantites:
        """Every amount, by name; None where it is unknown."""
        quantites: Quantites = {}
        for nom, compter in self._compter:
            quantites[nom] = compter(etabli, quantites, faits)
        return quantites
