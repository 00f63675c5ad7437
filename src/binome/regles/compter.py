"""Amounts for one dossier: the expressions compiled to closures over what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from binome.regles.expressions import Constante, Quantite, Selon, SiEtabli, Somme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from binome.regles.compiler import Etat
    from binome.regles.expressions import Expression

Quantites: TypeAlias = dict[str, int | None]
Compter: TypeAlias = "Callable[[Etat, Quantites], int | None]"


def _compiler_expression(expression: Expression) -> Compter:
    match expression:
        case Constante(valeur):
            return lambda *_: valeur
        case SiEtabli(regles, valeur):
            return _si_etabli(regles, valeur)
        case Quantite(nom):
            return lambda _, deja: deja[nom]
        case Somme(termes):
            return _sommer(tuple(_compiler_expression(terme) for terme in termes))
        case Selon(table, cas, sinon):
            par_valeur = {cle: _compiler_expression(un) for cle, un in cas}
            defaut = _compiler_expression(sinon)

            def selon(etat: Etat, deja: Quantites) -> int | None:
                retenue = etat.retenues[table]
                return None if retenue is None else par_valeur.get(retenue, defaut)(etat, deja)

            return selon


def _si_etabli(regles: tuple[str, ...], valeur: int) -> Compter:
    def si_etabli(etat: Etat, _: Quantites) -> int:
        verites = etat.verites
        for regle in regles:
            if verites.get(regle):
                return valeur
        return 0

    return si_etabli


def _sommer(termes: tuple[Compter, ...]) -> Compter:
    def sommer(etat: Etat, deja: Quantites) -> int | None:
        total = 0
        for terme in termes:
            valeur = terme(etat, deja)
            if valeur is None:
                return None
            total += valeur
        return total

    return sommer


class Compteur:
    """Amounts compiled once, counted for one dossier at a time."""

    def __init__(self, expressions: Mapping[str, Expression]) -> None:
        self._compter = [(nom, _compiler_expression(un)) for nom, un in expressions.items()]

    def compter(self, etat: Etat) -> Quantites:
        """Every amount, by name; None where it is unknown."""
        quantites: Quantites = {}
        for nom, compter in self._compter:
            quantites[nom] = compter(etat, quantites)
        return quantites
