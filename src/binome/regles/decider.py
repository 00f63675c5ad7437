"""First reading: the answer for one dossier, on its date, and why (a full cited trace).

The base is compiled once into closures. Tables are cut into slices of time, so that a dossier
only meets the rules in force on the date that decides.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from binome.regles.calendrier import cle_de, decaler
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
from binome.regles.expressions import Constante, Quantite, Selon, SiEtabli, Somme
from binome.regles.regle import Donne

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from binome.regles.base import Base
    from binome.regles.conditions import Condition
    from binome.regles.expressions import Expression
    from binome.regles.faits import Dossier, Valeur
    from binome.regles.logique import Issue, Verite
    from binome.regles.regle import Regle, Table

AUCUNE: Final = "aucune"
"""What a table retains when none of its rules answers yes."""


class Etat:
    """What has been decided so far: each rule's truth, each table's retained value."""

    __slots__ = ("retenues", "verites")

    def __init__(self) -> None:
        self.verites: dict[str, Verite] = {}
        self.retenues: dict[str, str | None] = {}


class Constatation(NamedTuple):
    """One comparison as it was met: what was required, what was found, what came of it."""

    atome: Atome
    valeur: Valeur | None
    verite: Verite


class Etape(NamedTuple):
    """One rule as it was applied."""

    regle: Regle
    issue: Issue
    constatations: Sequence[Constatation]


class Decision(NamedTuple):
    """What was decided for a dossier, and the trace that leads there."""

    dossier: Dossier
    etat: Etat
    etapes: tuple[Etape, ...]


Evaluer: TypeAlias = "Callable[[Dossier, Etat], Verite]"
Quantites: TypeAlias = dict[str, int | None]
Compter: TypeAlias = "Callable[[Etat, Quantites], int | None]"


def _comparer(atome: Atome) -> Evaluer:
    """The closure of one comparison. Dates compare by their order, lists by what they hold."""
    nom, attendu = atome.fait, atome.attendu
    match atome.operateur:
        case "connu":
            return lambda faits, _: faits[nom] is not None
        case "contient":
            codes = frozenset(attendu)  # type: ignore[arg-type]
            return lambda faits, _: None if (v := faits[nom]) is None else not codes.isdisjoint(v)  # type: ignore[arg-type]
        case "parmi":
            valeurs = frozenset(attendu)  # type: ignore[arg-type]
            return lambda faits, _: None if (v := faits[nom]) is None else v in valeurs
        case "entre":
            bas, haut = attendu  # type: ignore[misc, str-unpack]
            return lambda faits, _: None if (v := faits[nom]) is None else bas <= v <= haut  # type: ignore[operator]
        case "est":
            return lambda faits, _: None if (v := faits[nom]) is None else v == attendu
        case _:
            if isinstance(attendu, Decale):
                return _comparer_deux_dates(nom, atome.operateur, attendu)
            return _comparer_a_une_borne(nom, atome.operateur, attendu)


def _comparer_a_une_borne(nom: str, operateur: str, borne: object) -> Evaluer:
    match operateur:
        case "au_moins":
            return lambda faits, _: None if (v := faits[nom]) is None else v >= borne  # type: ignore[operator]
        case "au_plus":
            return lambda faits, _: None if (v := faits[nom]) is None else v <= borne  # type: ignore[operator]
        case "avant":
            return lambda faits, _: None if (v := faits[nom]) is None else v < borne  # type: ignore[operator]
        case _:
            return lambda faits, _: None if (v := faits[nom]) is None else v > borne  # type: ignore[operator]


def _comparer_deux_dates(nom: str, operateur: str, decale: Decale) -> Evaluer:
    autre, mois = decale.fait, decale.mois
    borner = mois != 0 and operateur not in SANS_BORNER

    def ecart(faits: Dossier) -> int | None:
        date_a, date_b = faits[nom], faits[autre]
        if date_a is None or date_b is None:
            return None
        limite: int = decaler(cle_de(date_b), mois, borner=borner)  # type: ignore[arg-type]
        return cle_de(date_a) - limite  # type: ignore[arg-type]

    match operateur:
        case "au_moins":
            return lambda faits, _: None if (e := ecart(faits)) is None else e >= 0
        case "au_plus":
            return lambda faits, _: None if (e := ecart(faits)) is None else e <= 0
        case "avant":
            return lambda faits, _: None if (e := ecart(faits)) is None else e < 0
        case _:
            return lambda faits, _: None if (e := ecart(faits)) is None else e > 0


def _et(branches: tuple[Evaluer, ...]) -> Evaluer:
    def evaluer(faits: Dossier, etat: Etat) -> Verite:
        inconnu = False
        for branche in branches:
            verite = branche(faits, etat)
            if verite is False:
                return False
            if verite is None:
                inconnu = True
        return None if inconnu else True

    return evaluer


def _ou(branches: tuple[Evaluer, ...]) -> Evaluer:
    def evaluer(faits: Dossier, etat: Etat) -> Verite:
        inconnu = False
        for branche in branches:
            verite = branche(faits, etat)
            if verite is True:
                return True
            if verite is None:
                inconnu = True
        return None if inconnu else False

    return evaluer


def compiler(condition: Condition, base: Base) -> Evaluer:
    """The closure that evaluates a condition on a dossier and on what was decided before."""
    match condition:
        case Atome():
            return _comparer(condition)
        case Et(branches):
            return _et(tuple(compiler(branche, base) for branche in branches))
        case Ou(branches):
            return _ou(tuple(compiler(branche, base) for branche in branches))
        case Non(branche):
            nie = compiler(branche, base)
            return lambda faits, etat: None if (v := nie(faits, etat)) is None else not v
        case RenvoiRegle(regle):
            return lambda _, etat: etat.verites.get(regle, False)
        case UneRegleDe(table):
            renvois = (RenvoiRegle(regle.id) for regle in base.tables[table].regles)
            return _ou(tuple(compiler(renvoi, base) for renvoi in renvois))
        case Sortie(table, valeurs):
            return lambda _, etat: None if (v := etat.retenues[table]) is None else v in valeurs
        case Toujours():
            return lambda *_: True
        case AConfirmer():
            return lambda *_: None


def _compiler_expression(expression: Expression) -> Compter:
    match expression:
        case Constante(valeur):
            return lambda *_: valeur
        case SiEtabli(regles, valeur):
            return lambda etat, _: valeur if any(etat.verites.get(r) for r in regles) else 0
        case Quantite(nom):
            return lambda _, deja: deja[nom]
        case Somme(termes):
            return _sommer(tuple(_compiler_expression(terme) for terme in termes))
        case Selon(table, cas, sinon):
            par_valeur = {cle: _compiler_expression(un) for cle, un in cas.items()}
            defaut = _compiler_expression(sinon)

            def selon(etat: Etat, deja: Quantites) -> int | None:
                retenue = etat.retenues[table]
                return None if retenue is None else par_valeur.get(retenue, defaut)(etat, deja)

            return selon


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


_nouveau: Final = tuple.__new__
"""Builds a named tuple three times faster than its class does; the trace is made of them."""


class _RegleCompilee(NamedTuple):
    regle: Regle
    nom: str
    evaluer: Evaluer
    atomes: tuple[tuple[Atome, str, Evaluer], ...]
    valeur: str
    certaine: bool = True


def valeur_de(regle: Regle) -> str:
    """What a table retains when it retains this rule: the value given, or the rule itself."""
    return regle.effet.valeur if isinstance(regle.effet, Donne) else regle.id


class _TableCompilee:
    """A table cut into slices of time."""

    __slots__ = ("_bornes", "_sans_date", "_tranches", "garde", "table")

    def __init__(self, table: Table, base: Base) -> None:
        self.table = table
        self.garde = None if table.quand is None else compiler(table.quand, base)
        compilees = [self._compiler(regle, base) for regle in table.regles]
        debuts = {regle.du for regle in table.regles if regle.du is not None}
        fins = {
            date.fromordinal(regle.au.toordinal() + 1)
            for regle in table.regles
            if regle.au is not None
        }
        self._bornes = sorted(debuts | fins)
        self._tranches = [
            tuple(c for c in compilees if c.regle.couvre(jour))
            for jour in (date.min, *self._bornes)
        ]
        self._sans_date = tuple(
            c if c.regle.du is None and c.regle.au is None else self._incertaine(c)
            for c in compilees
        )

    @staticmethod
    def _compiler(regle: Regle, base: Base) -> _RegleCompilee:
        paires = tuple((atome, atome.fait, compiler(atome, base)) for atome in atomes(regle.si))
        return _RegleCompilee(regle, regle.id, compiler(regle.si, base), paires, valeur_de(regle))

    @staticmethod
    def _incertaine(compilee: _RegleCompilee) -> _RegleCompilee:
        """The rule when the date that decides is unknown: it can be denied, never affirmed."""
        evaluer = compilee.evaluer
        return compilee._replace(
            evaluer=lambda faits, etat: False if evaluer(faits, etat) is False else None,
            certaine=False,
        )

    def en_vigueur(self, jour: Valeur | None) -> tuple[_RegleCompilee, ...]:
        if jour is None:
            return self._sans_date
        return self._tranches[bisect_right(self._bornes, jour)]


class Moteur:
    """The compiled base. `decider` keeps the whole trace; `resoudre` only what decides."""

    def __init__(self, base: Base) -> None:
        self._tables = tuple(_TableCompilee(table, base) for table in base.tables.values())
        self._decisives = tuple(t for t in self._tables if t.table.role in ("prepare", "decide"))

    def decider(self, dossier: Dossier) -> Decision:
        """Every rule in force applied in order, each step kept with what it met."""
        etapes: list[Etape] = []
        etat = self._appliquer(self._tables, dossier, etapes)
        return Decision(dossier, etat, tuple(etapes))

    def resoudre(self, dossier: Dossier) -> Etat:
        """Only the tables that decide, without trace: for what is asked thousands of times."""
        return self._appliquer(self._decisives, dossier, None)

    @staticmethod
    def _appliquer(
        tables: Iterable[_TableCompilee], dossier: Dossier, etapes: list[Etape] | None
    ) -> Etat:
        etat = Etat()
        for compilee in tables:
            table = compilee.table
            garde = True if compilee.garde is None else compilee.garde(dossier, etat)
            regles = compilee.en_vigueur(dossier[table.decide_par])
            etat.retenues[table.id] = _appliquer_table(table, regles, garde, dossier, etat, etapes)
        return etat


def _appliquer_table(
    table: Table,
    regles: Iterable[_RegleCompilee],
    garde: Verite,
    dossier: Dossier,
    etat: Etat,
    etapes: list[Etape] | None,
) -> str | None:
    """Applies the rules of a table in order and says what it retains.

    `deja` tells whether a rule above already answers yes: it closes the way to those below. An
    unknown above makes a yes below unknown, unless the table passes over unknowns.
    """
    verites = etat.verites
    choisir = table.politique != "cumul"
    bloque = table.inconnu == "bloque"
    deja: Verite = False
    retenue: str | None = AUCUNE
    for regle, nom, evaluer, paires, valeur, certaine in regles:
        if garde is False or deja is True:
            verite: Verite = False
            issue: Issue = "sans_objet"
        else:
            verite = evaluer(dossier, etat)
            if garde is None and verite is True:
                verite = None
            if choisir and verite is not False:
                propre = verite
                if deja is None:
                    verite = None
                if verite is True:
                    retenue = valeur
                elif bloque:
                    retenue = None
                if propre is True or bloque:
                    deja = propre
            # A denied rule that may not even apply does not answer "no": it has no answer yet.
            nie = verite is False and certaine and garde is True
            issue = "oui" if verite else "non" if nie else "indetermine"
        verites[nom] = verite
        if etapes is not None:
            constats = [
                _nouveau(Constatation, (atome, dossier[fait], comparer(dossier, etat)))
                for atome, fait, comparer in paires
            ]
            etapes.append(_nouveau(Etape, (regle, issue, constats)))
    return retenue
