"""Reads amounts written in YAML: a closed vocabulary of whole-number arithmetic.

    12                                         a constant
    {fait: minutes_formation}                  a numeric fact
    {montant: pdc_pedagogie}                   an amount written before
    {somme: [a, b]}, {difference: [a, b]}      sums
    {produit: [a, b]}                          products
    {quotient: [a, b], arrondi: inferieur}     a quotient, with the rule that rounds it
    {premier_connu: [a, b]}                    the first that is known
    {bareme: taux-pdc, colonne: pedagogie}     a cell of the row that a table retained
    {bareme: taux, colonne: {table: rang}}     the same, the cell being what another table retained
    {selon: table, cas: {oui: a}, sinon: b}    what a table retained
    inconnu                                    nobody knows

A cell that the row does not give, or that no source gives, is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from binome.regles.decider import AUCUNE
from binome.regles.expressions import (
    INCONNU,
    Arrondi,
    Constante,
    PremierConnu,
    Produit,
    Quantite,
    Quotient,
    Selon,
    Somme,
    ValeurDuFait,
)
from binome.regles.regle import NON, OUI, Bareme, valeur_de

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from binome.regles.expressions import Expression
    from binome.regles.faits import DefinitionDeFait
    from binome.regles.regle import Table


def valeurs_de(table: Table) -> tuple[str, ...]:
    """Everything that a table may retain, in order."""
    if table.politique == "toutes":
        return (AUCUNE, OUI, NON)
    return tuple(dict.fromkeys([AUCUNE, *(valeur_de(regle) for regle in table.regles)]))


class LecteurDeFormules:
    """Reads formulas over the facts and tables of a base, checking every name."""

    def __init__(
        self,
        faits: Mapping[str, DefinitionDeFait],
        tables: Mapping[str, Table],
        montants: Collection[str],
    ) -> None:
        self._faits = faits
        self._tables = tables
        self._montants = montants

    def lire(self, brut: object) -> Expression:
        """The amount behind a YAML node. Raises ValueError when it is not of the vocabulary."""
        match brut:
            case int() if not isinstance(brut, bool):
                return Constante(brut)
            case "inconnu":
                return INCONNU
            case {"fait": str(nom), **reste} if not reste:
                return self._fait(nom)
            case {"montant": str(nom), **reste} if not reste:
                if nom not in self._montants:
                    msg = f"le montant « {nom} » n’est pas écrit avant"
                    raise ValueError(msg)
                return Quantite(nom)
            case {"somme": [_, _, *_] as termes, **reste} if not reste:
                return Somme(tuple(map(self.lire, termes)))
            case {"difference": [premier, second], **reste} if not reste:
                moins = Produit((Constante(-1), self.lire(second)))
                return Somme((self.lire(premier), moins))
            case {"produit": [_, _, *_] as facteurs, **reste} if not reste:
                return Produit(tuple(map(self.lire, facteurs)))
            case {"quotient": [dividende, diviseur], "arrondi": arrondi, **reste} if (
                not reste and arrondi in get_args(Arrondi)
            ):
                return Quotient(self.lire(dividende), self.lire(diviseur), arrondi)
            case {"premier_connu": [_, _, *_] as termes, **reste} if not reste:
                return PremierConnu(tuple(map(self.lire, termes)))
            case {"bareme": str(table), "colonne": str(colonne), **reste} if not reste:
                return self._bareme(table, colonne)
            case {"bareme": str(table), "colonne": {"table": str(rang)}, **reste} if not reste:
                valeurs = self._valeurs(rang)
                cas = tuple((un, self._bareme(table, un)) for un in valeurs if un != AUCUNE)
                return Selon(rang, cas, INCONNU)
            case {"selon": str(table), "cas": dict(cas), "sinon": sinon, **reste} if not reste:
                return self._selon(table, cas, sinon)
            case _:
                msg = f"montant illisible : {brut!r}"
                raise ValueError(msg)

    def _fait(self, nom: str) -> Expression:
        if nom not in self._faits or self._faits[nom].type not in ("entier", "decimal"):
            msg = f"« {nom} » n’est pas un fait chiffré"
            raise ValueError(msg)
        return ValeurDuFait(nom)

    def _valeurs(self, table: str) -> tuple[str, ...]:
        if table not in self._tables or self._tables[table].politique == "cumul":
            msg = f"la table « {table} » ne retient rien"
            raise ValueError(msg)
        return valeurs_de(self._tables[table])

    def _bareme(self, table: str, colonne: str) -> Expression:
        self._valeurs(table)
        cas = tuple(
            (valeur_de(regle), Constante(regle.effet.cases.get(colonne)))
            for regle in self._tables[table].regles
            if isinstance(regle.effet, Bareme)
        )
        return Selon(table, cas, INCONNU)

    def _selon(self, table: str, cas: Mapping[object, object], sinon: object) -> Expression:
        absentes = {str(un) for un in cas} - set(self._valeurs(table))
        if absentes:
            msg = f"la table « {table} » ne donne jamais {sorted(absentes)}"
            raise ValueError(msg)
        lus = tuple((str(valeur), self.lire(un)) for valeur, un in cas.items())
        return Selon(table, lus, self.lire(sinon))
