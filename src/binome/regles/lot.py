"""Second reading: the same rules over a million dossiers, as columns.

Every condition becomes a Narwhals expression, so that Polars, DuckDB or PySpark run it. Nothing is
written twice: the expressions are generated from the very conditions that decide one dossier, and
a null is an unknown under the same three-valued logic.

A frame has one column per fact (a missing column is unknown throughout). A list is a text of codes
separated by `;`, a list column, or one boolean column per code named `diplomes.ide`.
"""

from __future__ import annotations

import re
from functools import lru_cache, reduce
from operator import add, and_, or_
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from binome.regles.calendrier import cle, cle_bornee, decaler
from binome.regles.conditions import (
    SANS_BORNER,
    AConfirmer,
    Atome,
    Decale,
    Et,
    Non,
    Ou,
    RenvoiRegle,
    Sortie,
    Toujours,
    UneRegleDe,
    atomes,
)
from binome.regles.decider import valeur_de
from binome.regles.expressions import Constante, Quantite, Selon, SiEtabli, Somme
from binome.regles.heures import HEURES, heures
from binome.regles.regle import Alerte

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from binome.regles.base import Base
    from binome.regles.conditions import Condition
    from binome.regles.expressions import Expression
    from binome.regles.faits import Fait
    from binome.regles.regle import Regle, Table

TYPES: Final = {"date": nw.Date, "entier": nw.Int64, "choix": nw.String}
COLONNES: Final = ("voie", "referentiel", *(f"minutes_{nom}" for nom in HEURES))
"""What a batch decides, in this order."""

ENTIER: Final = nw.Int32
_PREFIXE: Final = "~"  # keeps our working columns away from those of the frame


def _regle(nom: str) -> str:
    return f"{_PREFIXE}r:{nom}"


def _propre(nom: str) -> str:
    return f"{_PREFIXE}p:{nom}"


def _table(nom: str) -> str:
    return f"{_PREFIXE}t:{nom}"


def _faux() -> nw.Expr:
    return nw.lit(False)


def _inconnu(type_: Any = nw.Boolean) -> nw.Expr:
    return nw.lit(None, dtype=type_)


def _ou(branches: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(or_, branches, _faux())


def _cle(nom: str) -> str:
    return f"{_PREFIXE}k:{nom}"


def _limite(nom: str, mois: int) -> str:
    return f"{_PREFIXE}k:{nom}+{mois}"


def _mois(nom: str, mois: int) -> str:
    return f"{_PREFIXE}m:{nom}+{mois}"


def _a_borner(operateur: str, mois: int) -> bool:
    return mois != 0 and operateur not in SANS_BORNER


def _cle_de(nom: str) -> nw.Expr:
    """The order key of a date column: the definition that one date uses, on three columns."""
    jour = nw.col(nom).dt
    annee, mois, quantieme = (un.cast(ENTIER) for un in (jour.year(), jour.month(), jour.day()))
    resultat: nw.Expr = cle(annee, mois, quantieme)
    return resultat.alias(_cle(nom))


_COMPARER: Final[Mapping[str, Callable[[nw.Expr, Any], nw.Expr]]] = {
    "est": lambda colonne, borne: colonne == borne,
    "au_moins": lambda colonne, borne: colonne >= borne,
    "au_plus": lambda colonne, borne: colonne <= borne,
    "avant": lambda colonne, borne: colonne < borne,
    "apres": lambda colonne, borne: colonne > borne,
}


def _atome(atome: Atome) -> nw.Expr:
    colonne = nw.col(atome.fait)
    match atome.operateur, atome.attendu:
        case "connu", _:
            return ~colonne.is_null()
        case "contient", tuple(codes):
            return _ou(nw.col(f"{atome.fait}.{code}") for code in codes)
        case "parmi", tuple(valeurs):
            return reduce(or_, (colonne == valeur for valeur in valeurs))
        case "entre", (bas, haut):
            return (colonne >= bas) & (colonne <= haut)
        case operateur, Decale(autre, mois):
            bornee = nw.col(_limite(autre, mois))
            brute = decaler(nw.col(_cle(autre)), mois, borner=False)
            limite = bornee if _a_borner(operateur, mois) else brute
            return _COMPARER[operateur](nw.col(_cle(atome.fait)), limite)
        case operateur, borne:
            return _COMPARER[operateur](colonne, borne)


class _Traducteur:
    """Turns the conditions and amounts of one base into columns."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.codes = {
            table.id: _codes(table) for table in base.tables.values() if table.politique != "cumul"
        }

    def condition(self, condition: Condition) -> nw.Expr:
        match condition:
            case Atome():
                return _atome(condition)
            case Et(branches):
                return reduce(and_, (self.condition(branche) for branche in branches))
            case Ou(branches):
                return reduce(or_, (self.condition(branche) for branche in branches))
            case Non(branche):
                return ~self.condition(branche)
            case RenvoiRegle(regle):
                return nw.col(_regle(regle))
            case UneRegleDe(table):
                return _ou(nw.col(_regle(r.id)) for r in self.base.tables[table].regles)
            case Sortie(table, valeurs):
                codes = [self.codes[table][valeur] for valeur in valeurs]
                return _ou(nw.col(_table(table)) == code for code in codes)
            case Toujours():
                return nw.lit(True)
            case AConfirmer():
                return _inconnu()

    def expression(self, expression: Expression) -> nw.Expr:
        match expression:
            case Constante(valeur):
                return nw.lit(valeur, dtype=ENTIER)
            case SiEtabli(regles, valeur):
                etabli = _ou(nw.col(_regle(regle)) for regle in regles)
                return etabli.fill_null(False).cast(ENTIER) * nw.lit(valeur, dtype=ENTIER)
            case Quantite(nom):
                return nw.col(f"minutes_{nom}")
            case Somme(termes):
                return reduce(add, map(self.expression, termes))
            case Selon(table, cas, sinon):
                colonne = nw.col(_table(table))
                resultat = self.expression(sinon)
                codes = self.codes[table]
                for retenue, un in cas.items():
                    if retenue in codes:
                        alors = nw.when(colonne == codes[retenue]).then(self.expression(un))
                        resultat = alors.otherwise(resultat)
                return nw.when(colonne.is_null()).then(_inconnu(ENTIER)).otherwise(resultat)

    def propre(self, regle: Regle, table: Table) -> nw.Expr:
        """The rule by itself: its table's guard, its window, its condition."""
        morceaux = [] if table.quand is None else [self.condition(table.quand)]
        morceaux += _fenetre(nw.col(table.decide_par), regle.du, regle.au)
        return reduce(and_, [*morceaux, self.condition(regle.si)])


def _fenetre(colonne: nw.Expr, du: date | None, au: date | None) -> list[nw.Expr]:
    bornes = [] if du is None else [colonne >= du]
    return bornes if au is None else [*bornes, colonne <= au]


def _codes(table: Table) -> dict[str, int]:
    """Small integers for what a table retains: 0 for nothing, then its values in order."""
    valeurs = dict.fromkeys(valeur_de(regle) for regle in table.regles)
    return {"aucune": 0} | {valeur: code for code, valeur in enumerate(valeurs, start=1)}


def _choisir(table: Table) -> list[nw.Expr]:
    """Each rule's truth once those above it have spoken."""
    exprs = []
    deja = _faux()
    for regle in table.regles:
        propre = nw.col(_propre(regle.id))
        exprs.append((propre & ~deja).alias(_regle(regle.id)))
        deja = deja | (propre if table.inconnu == "bloque" else propre.fill_null(False))
    return exprs


def _retenir(table: Table, codes: Mapping[str, int]) -> nw.Expr:
    """The code of what the table retains; null when an unknown stands in the way."""
    resultat = nw.lit(0, dtype=ENTIER)
    if table.inconnu == "bloque":
        douteux = _ou(nw.col(_regle(regle.id)).is_null() for regle in table.regles)
        resultat = nw.when(douteux).then(_inconnu(ENTIER)).otherwise(resultat)
    for regle in table.regles:
        code = nw.lit(codes[valeur_de(regle)], dtype=ENTIER)
        resultat = nw.when(nw.col(_regle(regle.id))).then(code).otherwise(resultat)
    return resultat.alias(_table(table.id))


def _codes_lus(tables: Iterable[Table]) -> dict[str, list[str]]:
    """The codes of list facts that the rules look for."""
    lus: dict[str, dict[str, None]] = {}
    for table in tables:
        for regle in table.regles:
            for atome in atomes(regle.si):
                if atome.operateur == "contient" and isinstance(atome.attendu, tuple):
                    lus.setdefault(atome.fait, {}).update(dict.fromkeys(map(str, atome.attendu)))
    return {nom: list(codes) for nom, codes in lus.items()}


def _eclater(schema: Any, fait: Fait, codes: Iterable[str]) -> list[nw.Expr]:
    """One boolean column per code of a list fact, from whichever form the frame has."""
    exprs = []
    for code in codes:
        nom = f"{fait.nom}.{code}"
        if nom in schema:
            continue
        if fait.nom not in schema:
            expr = _inconnu()
        elif isinstance(schema[fait.nom], nw.List):
            expr = nw.col(fait.nom).list.contains(code)
        else:
            motif = rf"(^|;)\s*{re.escape(code)}\s*(;|$)"
            expr = nw.col(fait.nom).cast(nw.String).str.contains(motif)
        exprs.append(expr.alias(nom))
    return exprs


def _preparer(frame: Any, base: Base, tables: list[Table]) -> Any:
    """Every column that the rules read, absent ones unknown."""
    schema = frame.collect_schema()
    exprs: list[nw.Expr] = []
    for fait in base.faits.values():
        if fait.type != "liste" and fait.nom not in schema:
            exprs.append(_inconnu(TYPES[fait.type]).alias(fait.nom))
    for nom, codes in _codes_lus(tables).items():
        exprs += _eclater(schema, base.faits[nom], codes)
    if exprs:
        frame = frame.with_columns(*exprs)
    return _preparer_les_dates(frame, tables)


def _preparer_les_dates(frame: Any, tables: Iterable[Table]) -> Any:
    """The keys of the dates that are compared with another one, moved and clamped where needed.

    In stages, each on its own columns: an engine that inlines expressions would otherwise copy the
    month's arithmetic into itself again and again.
    """
    lies = [
        (atome, atome.attendu)
        for table in tables
        for regle in table.regles
        for atome in atomes(regle.si)
        if isinstance(atome.attendu, Decale)
    ]
    if not lies:
        return frame
    noms = dict.fromkeys(nom for atome, _ in lies for nom in atome.faits)
    bornes = dict.fromkeys((d.fait, d.mois) for a, d in lies if _a_borner(a.operateur, d.mois))
    frame = frame.with_columns(*(_cle_de(nom) for nom in noms))
    if not bornes:
        return frame
    mois = (
        (decaler(nw.col(_cle(nom)), decalage, borner=False) // 32).alias(_mois(nom, decalage))
        for nom, decalage in bornes
    )
    limites = (
        cle_bornee(nw.col(_mois(nom, decalage)), nw.col(_cle(nom)) % 32).alias(
            _limite(nom, decalage)
        )
        for nom, decalage in bornes
    )
    return frame.with_columns(*mois).with_columns(*limites)


@lru_cache(maxsize=16)
def _traducteur(base: Base) -> _Traducteur:
    return _Traducteur(base)


def _nommer(traducteur: _Traducteur, table: str, inconnu: nw.Expr) -> nw.Expr:
    """The name of what a table retained, instead of its code."""
    colonne = nw.col(_table(table))
    resultat = inconnu
    for valeur, code in traducteur.codes[table].items():
        resultat = nw.when(colonne == code).then(nw.lit(valeur)).otherwise(resultat)
    return resultat


def decider_lot(frame: Any, base: Base, *, alertes: bool = False) -> Any:
    """The frame with the decision of each row added as columns (see `COLONNES`).

    With `alertes`, one boolean column more per alert, named `alerte:code`. Accepts and gives back
    any frame that Narwhals knows; a lazy one stays lazy.
    """
    traducteur = _traducteur(base)
    roles = ("prepare", "decide", "alerte") if alertes else ("prepare", "decide")
    tables = [table for table in base.tables.values() if table.role in roles]
    travail = nw.from_native(frame)
    initiales = [nom for nom in travail.collect_schema().names() if nom not in COLONNES]
    travail = _preparer(travail, base, tables)
    for table in tables:
        if table.politique == "cumul":
            exprs = [traducteur.propre(r, table).alias(_regle(r.id)) for r in table.regles]
            travail = travail.with_columns(*exprs)
            continue
        exprs = [traducteur.propre(r, table).alias(_propre(r.id)) for r in table.regles]
        travail = travail.with_columns(*exprs).with_columns(*_choisir(table))
        travail = travail.with_columns(_retenir(table, traducteur.codes[table.id]))
    for nom, expression in heures(base).items():
        quantite = traducteur.expression(expression).alias(f"minutes_{nom}")
        travail = travail.with_columns(quantite)
    sorties = [
        _nommer(traducteur, "voie", nw.lit("indetermine")).alias("voie"),
        _nommer_referentiel(traducteur).alias("referentiel"),
        *(nw.col(f"minutes_{nom}") for nom in HEURES),
    ]
    if alertes:
        sorties += _alertes(base)
    return travail.select(*(nw.col(nom) for nom in initiales), *sorties).to_native()


def _nommer_referentiel(traducteur: _Traducteur) -> nw.Expr:
    colonne = nw.col(_table("referentiel"))
    resultat = _inconnu(nw.String)
    for identifiant in traducteur.base.referentiels:
        code = traducteur.codes["referentiel"][identifiant]
        resultat = nw.when(colonne == code).then(nw.lit(identifiant)).otherwise(resultat)
    return resultat


def codes_d_alerte(base: Base) -> dict[str, list[str]]:
    """The alert codes, each with the rules that raise it."""
    codes: dict[str, list[str]] = {}
    for regle in base.regles.values():
        if isinstance(regle.effet, Alerte):
            codes.setdefault(regle.effet.code, []).append(regle.id)
    return codes


def _alertes(base: Base) -> list[nw.Expr]:
    return [
        _ou(nw.col(_regle(nom)).fill_null(False) for nom in noms).alias(f"alerte:{code}")
        for code, noms in codes_d_alerte(base).items()
    ]
