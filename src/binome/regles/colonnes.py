"""Conditions and amounts as columns: the translation that the columnar reading stands on.

Each node of a condition becomes a Narwhals expression, so that Polars, DuckDB or PySpark run it. A
null is an unknown, under the same three-valued logic. What a table retains is a small integer.

Narwhals speaks a subset of the words of Polars. The translator therefore takes the module whose
words it uses: on Polars, its own, which spares a second translation; Narwhals everywhere else.
"""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from operator import add, and_, mul, or_
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from binome.regles.calendrier import cle, decaler
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
from binome.regles.decider import AUCUNE
from binome.regles.expressions import (
    INCONNU,
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
from binome.regles.formules import valeurs_de
from binome.regles.quantites import colonne_de
from binome.regles.regle import NON, OUI, Horloge, regles_donnant, valeur_de

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from binome.regles.base import Base
    from binome.regles.conditions import Condition
    from binome.regles.expressions import Expression
    from binome.regles.regle import Regle, Table

Colonne: TypeAlias = Any  # an expression of Narwhals, or of Polars
UN_JOUR: Final = timedelta(days=1)
_PREFIXE: Final = "~"  # keeps our working columns away from those of the frame


def _nom(sorte: str, nom: str) -> str:
    """A column of ours. No point in it: Spark would take it for a field of a structure."""
    return f"{_PREFIXE}{sorte}:{nom.replace('.', '/')}"


def nom_de_code(fait: str, code: str) -> str:
    """The column that says whether a list contains a code."""
    return _nom("l", f"{fait}.{code}")


def nom_de_regle(nom: str) -> str:
    """The column of a rule's truth, once its table has been applied."""
    return _nom("r", nom)


def nom_propre(nom: str) -> str:
    """The column of a rule's own truth, before the rules above it are heard."""
    return _nom("p", nom)


def nom_de_table(nom: str) -> str:
    """The column of what a table retains."""
    return _nom("t", nom)


def nom_de_borne(fait: str, jour: date) -> str:
    """The column that says whether a date has reached a day when rules change."""
    return f"{_PREFIXE}b:{fait}>={jour.isoformat()}"


def nom_de_cle(fait: str, mois: int = 0) -> str:
    """The column of a date's order key; moved and clamped when `mois` is given."""
    return f"{_PREFIXE}k:{fait}+{mois}" if mois else f"{_PREFIXE}k:{fait}"


def nom_de_mois(fait: str, mois: int) -> str:
    """The column of the month a date falls in once moved."""
    return f"{_PREFIXE}m:{fait}+{mois}"


def a_borner(operateur: str, mois: int) -> bool:
    """Whether a comparison with a moved date needs the month's end (see `calendrier`)."""
    return mois != 0 and operateur not in SANS_BORNER


_COMPARER: Final[Mapping[str, Callable[[Colonne, Any], Colonne]]] = {
    "est": lambda colonne, borne: colonne == borne,
    "au_moins": lambda colonne, borne: colonne >= borne,
    "au_plus": lambda colonne, borne: colonne <= borne,
    "avant": lambda colonne, borne: colonne < borne,
    "apres": lambda colonne, borne: colonne > borne,
}


def codes_de(table: Table) -> dict[str, int]:
    """Small integers for what a table retains: 0 for nothing, then its values in order."""
    return {valeur: code for code, valeur in enumerate(valeurs_de(table))}


class Traducteur:
    """Turns the conditions and amounts of one base into columns, in the words of one module."""

    def __init__(self, base: Base, mots: Any) -> None:
        self.base = base
        self.mots = mots
        self.col = mots.col
        self.codes = {
            table.id: codes_de(table)
            for table in base.tables.values()
            if table.politique != "cumul"
        }
        # Money multiplied on its way does not fit in 32 bits; a trade says what does.
        self._nombre = mots.Int32 if base.apport.etroit else mots.Int64

    def entier(self, valeur: int | None) -> Colonne:
        """An amount, the same for all; None is unknown."""
        return self.mots.lit(valeur, dtype=self._nombre)

    def code(self, valeur: int | None) -> Colonne:
        """What a table may retain; None is unknown."""
        return self.mots.lit(valeur, dtype=self.mots.Int8)

    def inconnu(self, type_: str) -> Colonne:
        """An unknown of the type that the module gives this name."""
        return self.mots.lit(None, dtype=getattr(self.mots, type_))

    def si(self, condition: Colonne, alors: Colonne, sinon: Colonne) -> Colonne:
        """One value where the condition is established, the other where it is not."""
        return self.mots.when(condition).then(alors).otherwise(sinon)

    def un_de(self, branches: Iterable[Colonne]) -> Colonne:
        """The disjunction of columns; false when there is none."""
        liste = list(branches)
        return reduce(or_, liste) if liste else self.mots.lit(False)

    def cle_de_date(self, fait: str) -> Colonne:
        """The order key of a date column: the definition that one date uses, on three columns."""
        jour = self.col(fait).dt
        parties = (jour.year(), jour.month(), jour.day())
        annee, mois, quantieme = (un.cast(self.mots.Int32) for un in parties)
        return cle(annee, mois, quantieme).alias(nom_de_cle(fait))

    def condition(self, condition: Condition) -> Colonne:
        """The column of a condition."""
        match condition:
            case Atome():
                return self._atome(condition)
            case Et(branches):
                return reduce(and_, (self.condition(branche) for branche in branches))
            case Ou(branches):
                return self.un_de(self.condition(branche) for branche in branches)
            case Non(branche):
                return ~self.condition(branche)
            case RenvoiRegle(regle):
                return self.col(nom_de_regle(regle))
            case UneRegleDe(table):
                regles = self.base.tables[table].regles
                return self.un_de(self.col(nom_de_regle(regle.id)) for regle in regles)
            case Sortie(table, valeurs):
                donne = self.retient(table, [self.codes[table][valeur] for valeur in valeurs])
                donneuses = regles_donnant(self.base.tables[table], valeurs)
                # Denied too once no rule can give one of them any more.
                encore = [self.col(nom_de_regle(regle)) for regle in donneuses]
                return donne & self.un_de(encore) if encore else donne
            case Toujours():
                return self.mots.lit(True)
            case AConfirmer():
                return self.inconnu("Boolean")

    def _atome(self, atome: Atome) -> Colonne:
        colonne = self.col(atome.fait)
        match atome.operateur, atome.attendu:
            case "connu", _:
                return ~colonne.is_null()
            case "contient", tuple(codes):
                return self.un_de(self.col(nom_de_code(atome.fait, str(code))) for code in codes)
            case "parmi", tuple(valeurs):
                return self.un_de(colonne == valeur for valeur in valeurs)
            case "entre", (bas, haut):
                return (colonne >= bas) & (colonne <= haut)
            case operateur, Decale(autre, mois):
                brute = decaler(self.col(nom_de_cle(autre)), mois, borner=False)
                bornee = a_borner(operateur, mois)
                limite = self.col(nom_de_cle(autre, mois)) if bornee else brute
                return _COMPARER[operateur](self.col(nom_de_cle(atome.fait)), limite)
            case operateur, Part(autre, pour_cent):
                cent = self.mots.Int64
                limite = self.col(autre).cast(cent) * pour_cent
                return _COMPARER[operateur](colonne.cast(cent) * 100, limite)
            case operateur, borne:
                return _COMPARER[operateur](colonne, borne)

    def retient(self, table: str, codes: Iterable[int]) -> Colonne:
        """Whether a table retains one of these codes."""
        colonne = self.col(nom_de_table(table))
        return self.un_de(colonne == self.code(code) for code in codes)

    def expression(self, expression: Expression) -> Colonne:
        """The column of an amount. What is not established counts for nothing."""
        match expression:
            case Constante(valeur):
                return self.entier(valeur)
            case SiEtabli(regles, valeur):
                etabli = self.un_de(self.col(nom_de_regle(regle)) for regle in regles)
                return self.si(etabli, self.entier(valeur), self.entier(0))
            case Quantite(nom):
                return self.col(colonne_de(self.base, nom))
            case ValeurDuFait(nom):
                return self.col(nom).cast(self._nombre)
            case Somme(termes):
                return reduce(add, map(self.expression, termes))
            case Produit(facteurs):
                return reduce(mul, map(self.expression, facteurs))
            case Quotient(dividende, diviseur, arrondi):
                b = self.expression(diviseur)
                b = self.si(b == self.entier(0), self.entier(None), b)
                entier: Colonne = diviser(self.expression(dividende), b, arrondi)
                return entier
            case PremierConnu(termes):
                *autres, dernier = map(self.expression, termes)
                return reduce(
                    lambda suite, un: self.si(un.is_null(), suite, un), autres[::-1], dernier
                )
            case Selon(table, cas, sinon):
                return self._selon(table, cas, sinon)

    def echeance(self, regles: Iterable[Regle]) -> Colonne:
        """The earliest day among the clocks that run for sure; without one, among those that may run.

        A day that a text fixes belongs to its window: it counts only once that is sure.
        """
        rien = self.mots.lit(None, dtype=self.mots.Date)
        certains, possibles = [], []
        for regle in regles:
            if isinstance(regle.effet, Horloge):
                court, jour = self.col(nom_de_regle(regle.id)), self._jour(regle.effet)
                certains.append(self.si(court, jour, rien))
                if regle.effet.le is None:
                    possibles.append(self.si(~court, rien, jour))
        sur = self._premier(certains)
        return self.si(sur.is_null(), self._premier(possibles), sur) if possibles else sur

    def _premier(self, jours: list[Colonne]) -> Colonne:
        """The earliest of some days; what is unknown is left out."""
        return jours[0] if len(jours) == 1 else self.mots.min_horizontal(*jours)

    def _jour(self, horloge: Horloge) -> Colonne:
        if horloge.le is not None:
            return self.mots.lit(horloge.le, dtype=self.mots.Date)
        # Engines clamp to the month's last day, as `calendrier` does; the tests hold them to it.
        jour = self.col(horloge.fait).dt.offset_by(f"{horloge.mois}mo")
        return (jour.dt.offset_by("-1d") if horloge.veille else jour).cast(self.mots.Date)

    def _selon(
        self, table: str, cas: tuple[tuple[str, Expression], ...], sinon: Expression
    ) -> Colonne:
        """Values that lead to the same amount are tested together."""
        codes = self.codes[table]
        par_montant: dict[Expression, list[int]] = {}
        for retenue, un in cas:
            if retenue in codes:
                par_montant.setdefault(un, []).append(codes[retenue])
        resultat = self.expression(sinon)
        if sinon != INCONNU:
            absent = self.col(nom_de_table(table)).is_null()
            resultat = self.si(absent, self.entier(None), resultat)
        for un, groupe in par_montant.items():
            resultat = self.si(self.retient(table, groupe), self.expression(un), resultat)
        return resultat

    def propre(self, regle: Regle, table: Table) -> Colonne:
        """The rule by itself: its table's guard, its window, its condition."""
        morceaux = [] if table.quand is None else [self.condition(table.quand)]
        morceaux += self._fenetre(regle, table)
        if not morceaux or not isinstance(regle.si, Toujours):
            morceaux.append(self.condition(regle.si))
        return reduce(and_, morceaux)

    def choisir(self, table: Table) -> list[Colonne]:
        """Each rule's truth once those above it have spoken."""
        colonnes = []
        deja: Colonne = None
        for regle in table.regles:
            propre = self.col(nom_propre(regle.id))
            colonne = propre if deja is None else propre & ~deja
            colonnes.append(colonne.alias(nom_de_regle(regle.id)))
            sur = propre if table.inconnu == "bloque" else propre.fill_null(False)
            deja = sur if deja is None else deja | sur
        return colonnes

    def retenir(self, table: Table) -> Colonne:
        """The code of what the table retains; null when an unknown stands in the way."""
        codes = self.codes[table.id]
        if table.politique == "toutes":
            return self._ensemble(table, codes).alias(nom_de_table(table.id))
        resultat = self.code(0)
        if table.inconnu == "bloque":
            douteux = (self.col(nom_de_regle(regle.id)).is_null() for regle in table.regles)
            resultat = self.si(self.un_de(douteux), self.code(None), resultat)
        for regle in table.regles:
            code = self.code(codes[valeur_de(regle)])
            resultat = self.si(self.col(nom_de_regle(regle.id)), code, resultat)
        return resultat.alias(nom_de_table(table.id))

    def _ensemble(self, table: Table, codes: Mapping[str, int]) -> Colonne:
        """Whether every rule in force holds; a rule that may not apply refuses nobody."""
        ensemble = self.mots.lit(True)
        for regle in table.regles:
            hors = [~morceau for morceau in self._fenetre(regle, table)]
            ensemble = ensemble & self.un_de([*hors, self.condition(regle.si)])
        oui, non, rien = (self.code(codes[un]) for un in (OUI, NON, AUCUNE))
        if table.quand is None:
            garde = self.mots.lit(True)
        else:
            garde = self.condition(table.quand)
            # Behind a guard that may not hold, a refusal is not established either.
            ensemble = ensemble & garde
        retenu = self.si(ensemble, oui, self.si(~ensemble, non, self.code(None)))
        if table.quand is None:
            return retenu
        return self.si(~garde, rien, self.si(garde, retenu, self.code(None)))

    def _fenetre(self, regle: Regle, table: Table) -> list[Colonne]:
        """What must hold of the date that decides for the rule to be in force."""
        morceaux = []
        if regle.du is not None:
            morceaux.append(self.col(nom_de_borne(table.decide_par, regle.du)))
        if regle.au is not None:
            morceaux.append(~self.col(nom_de_borne(table.decide_par, regle.au + UN_JOUR)))
        return morceaux

    def nommer(self, table: str, noms: Mapping[str, str], sinon: Colonne) -> Colonne:
        """The names of what a table retained, instead of its codes."""
        resultat = sinon
        for valeur, nom in noms.items():
            retenue = self.retient(table, [self.codes[table][valeur]])
            resultat = self.si(retenue, self.mots.lit(nom), resultat)
        return resultat
