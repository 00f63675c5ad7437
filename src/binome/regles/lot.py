"""Second reading: the same rules over a million dossiers, as columns.

Nothing is written twice: the columns are generated from the very conditions that decide one
dossier. A frame has one column per fact (a missing column is unknown throughout). A list is a text
of codes separated by `;`, a list column, or one boolean column per code named `diplomes.ide` (not on
Spark, which reads a point as a field).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from binome.regles.calendrier import cle_bornee, decaler
from binome.regles.colonnes import (
    UN_JOUR,
    Traducteur,
    a_borner,
    codes_de,
    nom_de_borne,
    nom_de_cle,
    nom_de_code,
    nom_de_mois,
    nom_de_regle,
    nom_de_table,
    nom_propre,
)
from binome.regles.conditions import (
    Decale,
    Toujours,
)
from binome.regles.decider import AUCUNE
from binome.regles.expressions import faits_lus
from binome.regles.formules import valeurs_de
from binome.regles.quantites import colonne_de, quantites
from binome.regles.regle import Alerte, Horloge
from binome.regles.repondeur import repondeur
from binome.regles.utiles import comparaisons_des, tables_utiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from binome.regles.base import Base
    from binome.regles.colonnes import Colonne
    from binome.regles.conditions import Atome
    from binome.regles.faits import DefinitionDeFait
    from binome.regles.regle import Regle, Table
    from binome.regles.repondeur import Repondeur

TYPES: Final = {
    "date": "Date",
    "entier": "Int64",
    "decimal": "Int64",
    "booleen": "Boolean",
    "choix": "String",
}
INDETERMINE: Final = "indetermine"
SANS_NOM: Final = (AUCUNE, "aucun")
"""What a table retains when it has nothing to name."""


class _Plan:
    """The columns to add, stage by stage, for one base: written once, laid over any frame."""

    def __init__(self, base: Base, mots: Any, alertes: bool) -> None:
        self.base = base
        self.alertes = alertes
        self.traducteur = Traducteur(base, mots)
        self.tables = tables_utiles(base, alertes=alertes)
        self.comparaisons = comparaisons_des(self.tables)
        self.etapes = [etape for etape in self._etapes() if etape]

    def _etapes(self) -> Iterator[list[Colonne]]:
        yield self._bornes()
        for table in self.tables:
            nom = nom_de_regle if _sans_choix(table) else nom_propre
            yield [self.traducteur.propre(r, table).alias(nom(r.id)) for r in table.regles]
            if not _sans_choix(table):
                yield self.traducteur.choisir(table)
            if table.politique != "cumul":
                yield [self.traducteur.retenir(table)]
        for quantite, expression in quantites(self.base).items():
            colonne = self.traducteur.expression(expression)
            yield [colonne.alias(colonne_de(self.base, quantite))]

    def _bornes(self) -> list[Colonne]:
        """Every day when rules change, compared once with the date that decides."""
        jours = dict.fromkeys(
            (table.decide_par, jour)
            for table in self.tables
            for regle in table.regles
            for jour in (regle.du, None if regle.au is None else regle.au + UN_JOUR)
            if jour is not None
        )
        col = self.traducteur.col
        return [(col(fait) >= jour).alias(nom_de_borne(fait, jour)) for fait, jour in jours]

    def sorties(self, *, noms: bool) -> list[Colonne]:
        """What comes out: named, or as the small integers of `codes`."""
        traducteur = self.traducteur
        sorties = [
            (self._nommee(nom) if noms else traducteur.col(nom_de_table(nom))).alias(nom)
            for nom in self.base.question.sorties
        ]
        sorties += [traducteur.col(colonne_de(self.base, nom)) for nom in quantites(self.base)]
        sorties += [
            traducteur.echeance(regles).alias(nom_d_echeance(code))
            for code, regles in regles_d_echeance(self.base).items()
        ]
        if self.alertes:
            sorties += [
                traducteur.un_de(
                    traducteur.col(nom_de_regle(nom)).fill_null(False) for nom in regles
                ).alias(f"alerte:{code}")
                for code, regles in codes_d_alerte(self.base).items()
            ]
        return sorties

    def _nommee(self, nom: str) -> Colonne:
        """What a table retained, in words: an unknown answer says so, no référentiel is nothing."""
        traducteur, table = self.traducteur, self.base.tables[nom]
        if nom in self.base.question.cibles:
            valeurs, sinon = valeurs_de(table), traducteur.mots.lit(INDETERMINE)
        else:
            valeurs = tuple(un for un in valeurs_de(table) if un not in SANS_NOM)
            sinon = traducteur.inconnu("String")
        return traducteur.nommer(nom, {un: un for un in valeurs}, sinon)


def _sans_choix(table: Table) -> bool:
    """Whether each rule's own truth is its last word: nobody above could silence it.

    So it is where rules cumulate, and where windows alone keep them apart (`unique` forbids two of
    them on the same day).
    """
    fenetres_seules = all(isinstance(regle.si, Toujours) for regle in table.regles)
    if table.politique == "unique":
        return fenetres_seules
    return table.politique in ("cumul", "toutes")


@lru_cache(maxsize=32)
def _plan(base: Base, mots: Any, alertes: bool) -> _Plan:
    return _Plan(base, mots, alertes)


def colonnes_decidees(base: Base) -> tuple[str, ...]:
    """What a batch decides under this view, in this order."""
    montants = (colonne_de(base, nom) for nom in quantites(base))
    echeances = (nom_d_echeance(code) for code in regles_d_echeance(base))
    return (*base.question.sorties, *montants, *echeances)


def regles_d_echeance(base: Base) -> dict[str, list[Regle]]:
    """The codes of the clocks, each with the rules that give it a day."""
    par_code: dict[str, list[Regle]] = {}
    for regle in base.regles.values():
        if isinstance(regle.effet, Horloge):
            par_code.setdefault(regle.effet.code, []).append(regle)
    return par_code


def nom_d_echeance(code: str) -> str:
    """The column that holds the earliest day of a clock that runs, or may run."""
    return f"echeance_{code}"


@lru_cache(maxsize=32)
def _repondeur(base: Base, mots: Any, alertes: bool, noms: bool) -> Repondeur | None:
    """What answers class by class, where the engine and the number of classes allow it."""
    plan = _plan(base, mots, alertes)
    # What is counted from the facts is not shared by a class, whose facts only decide alike.
    comptes = any(faits_lus(un) for un in quantites(base).values()) or regles_d_echeance(base)
    if mots is nw or comptes:
        return None
    return repondeur(plan.tables, plan.traducteur, plan.etapes, plan.sorties(noms=noms))


def codes(base: Base) -> dict[str, dict[int, str]]:
    """What the small integers of the answers mean, when names are not asked for."""
    tables = [base.tables[nom] for nom in base.question.sorties]
    return {
        table.id: {code: nom for nom, code in codes_de(table).items() if nom != AUCUNE}
        for table in tables
    }


def codes_d_alerte(base: Base) -> dict[str, list[str]]:
    """The alert codes, each with the rules that raise it."""
    par_code: dict[str, list[str]] = {}
    for regle in base.regles.values():
        if isinstance(regle.effet, Alerte):
            par_code.setdefault(regle.effet.code, []).append(regle.id)
    return par_code


def _eclater(
    schema: Any, fait: DefinitionDeFait, codes_lus: Iterable[str], traducteur: Traducteur
) -> list[Colonne]:
    """One boolean column per code of a list fact, from whichever form the frame has."""
    colonnes = []
    for code in codes_lus:
        nom = nom_de_code(fait.nom, code)
        if nom in schema:
            continue
        if f"{fait.nom}.{code}" in schema:
            colonne = traducteur.col(f"{fait.nom}.{code}")
        elif fait.nom not in schema:
            colonne = traducteur.inconnu("Boolean")
        elif isinstance(schema[fait.nom], traducteur.mots.List):
            colonne = traducteur.col(fait.nom).list.contains(code)
        else:
            motif = rf"(^|;)\s*{re.escape(code)}\s*(;|$)"
            colonne = traducteur.col(fait.nom).cast(traducteur.mots.String).str.contains(motif)
        colonnes.append(colonne.alias(nom))
    return colonnes


def _codes_lus(comparaisons: Iterable[Atome]) -> dict[str, dict[str, None]]:
    """The codes of list facts that the rules look for."""
    lus: dict[str, dict[str, None]] = {}
    for atome in comparaisons:
        if atome.operateur == "contient" and isinstance(atome.attendu, tuple):
            lus.setdefault(atome.fait, {}).update(dict.fromkeys(map(str, atome.attendu)))
    return lus


def _preparer(frame: Any, plan: _Plan) -> Any:
    """Every column that the rules read: absent facts unknown, lists split, dates keyed."""
    traducteur, schema = plan.traducteur, frame.collect_schema()
    colonnes: list[Colonne] = []
    for fait in plan.base.faits.values():
        if fait.type != "liste" and fait.calcul is None and fait.nom not in schema:
            colonnes.append(traducteur.inconnu(TYPES[fait.type]).alias(fait.nom))
    for nom, codes_lus in _codes_lus(plan.comparaisons).items():
        colonnes += _eclater(schema, plan.base.faits[nom], codes_lus, traducteur)
    if colonnes:
        frame = frame.with_columns(*colonnes)
    for fait in plan.base.faits.values():
        if fait.calcul is not None and fait.nom not in schema:
            frame = frame.with_columns(traducteur.expression(fait.calcul).alias(fait.nom))
    return _preparer_les_dates(frame, plan)


def _preparer_les_dates(frame: Any, plan: _Plan) -> Any:
    """The keys of the dates that are compared with another one, moved and clamped where needed.

    In stages, each on its own columns: an engine that inlines expressions would otherwise copy the
    month's arithmetic into itself again and again.
    """
    traducteur, schema = plan.traducteur, frame.collect_schema()
    lies = [(un, un.attendu) for un in plan.comparaisons if isinstance(un.attendu, Decale)]
    noms = dict.fromkeys(nom for atome, _ in lies for nom in atome.faits)
    cles = [traducteur.cle_de_date(nom) for nom in noms if nom_de_cle(nom) not in schema]
    if cles:
        frame = frame.with_columns(*cles)
    bornes = dict.fromkeys((d.fait, d.mois) for a, d in lies if a_borner(a.operateur, d.mois))
    if not bornes:
        return frame
    mois, limites = [], []
    for nom, decalage in bornes:
        cle = traducteur.col(nom_de_cle(nom))
        du_mois = traducteur.col(nom_de_mois(nom, decalage))
        decalee = decaler(cle, decalage, borner=False)
        mois.append((decalee // 32).alias(nom_de_mois(nom, decalage)))
        limites.append(cle_bornee(du_mois, cle % 32).alias(nom_de_cle(nom, decalage)))
    return frame.with_columns(*mois).with_columns(*limites)


def _ouvrir(frame: Any) -> tuple[Any, Any, bool]:
    """The frame made lazy, the module whose words it takes, and whether it was lazy already."""
    connue = nw.from_native(frame)
    immediate = isinstance(connue, nw.DataFrame)
    differee = connue.lazy() if immediate else connue
    if connue.implementation.is_polars():
        return differee.to_native(), nw.get_native_namespace(connue), not immediate
    return differee, nw, not immediate


def _fermer(frame: Any, differee: bool) -> Any:
    resultat = frame if differee else frame.collect()
    return resultat.to_native() if isinstance(resultat, nw.DataFrame | nw.LazyFrame) else resultat


def preparer(frame: Any, base: Base) -> Any:
    """The frame with what every decision would compute again: worth it when deciding it twice.

    Lists become one boolean column per code, and compared dates get their order key.
    """
    travail, mots, differee = _ouvrir(frame)
    return _fermer(_preparer(travail, _plan(base, mots, False)), differee)


def decider_lot(frame: Any, base: Base, *, alertes: bool = False, noms: bool = True) -> Any:
    """The frame with the decision of each row added as columns (see `colonnes_decidees`).

    With `alertes`, one boolean column more per alert, named `alerte:code`. Without `noms`, what
    tables retain are small integers (see `codes`; null is an unknown route). Accepts and gives
    back any frame that Narwhals knows; a lazy one stays lazy.
    """
    travail, mots, differee = _ouvrir(frame)
    plan = _plan(base, mots, alertes)
    par_classes = _repondeur(base, mots, alertes, noms)
    if par_classes is not None and not differee:
        travail = nw.to_native(frame, pass_through=True)
    decidees = colonnes_decidees(base)
    initiales = [nom for nom in travail.collect_schema().names() if nom not in decidees]
    travail = _preparer(travail, plan)
    if par_classes is not None and not differee:
        return par_classes.poser_sur(travail, initiales)
    gardees = [plan.traducteur.col(nom) for nom in initiales]
    if par_classes is not None:
        return _fermer(par_classes.poser(travail, gardees), differee)
    for etape in plan.etapes:
        travail = travail.with_columns(*etape)
    return _fermer(travail.select(*gardees, *plan.sorties(noms=noms)), differee)


def nom_de_verite(regle: str) -> str:
    """The column that says whether a rule answers yes, in what `decider_avec_regles` gives."""
    return f"regle:{regle}"


def decider_avec_regles(frame: Any, base: Base, regles: Iterable[str]) -> Any:
    """`decider_lot` with its alerts, and one column more per named rule: whether it answers yes.

    A rule that the answers do not lean on has no column.
    """
    travail, mots, differee = _ouvrir(frame)
    plan = _plan(base, mots, True)
    lues = {regle.id for table in plan.tables for regle in table.regles}
    decidees = colonnes_decidees(base)
    gardees = [
        plan.traducteur.col(nom) for nom in travail.collect_schema().names() if nom not in decidees
    ]
    travail = _preparer(travail, plan)
    for etape in plan.etapes:
        travail = travail.with_columns(*etape)
    verites = [
        plan.traducteur.col(nom_de_regle(nom)).fill_null(False).alias(nom_de_verite(nom))
        for nom in regles
        if nom in lues
    ]
    return _fermer(travail.select(*gardees, *plan.sorties(noms=True), *verites), differee)
