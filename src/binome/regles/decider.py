"""First reading: the answer for one dossier, on its date, and why (a full cited trace).

The base is compiled once into functions. Tables are cut into slices of time, so that a dossier
only meets the rules in force on the date that decides.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from binome.regles.compiler import Etabli, comparer, compiler, compiler_ensemble
from binome.regles.conditions import RenvoiRegle, Sortie, UneRegleDe, atomes, parcourir
from binome.regles.regle import NON, OUI, valeur_de

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from binome.regles.compiler import Evaluer
    from binome.regles.conditions import Atome, Condition
    from binome.regles.faits import Dossier, Valeur
    from binome.regles.logique import Issue, Verite
    from binome.regles.regle import Regle, Table

AUCUNE: Final = "aucune"
"""What a table retains when none of its rules answers yes."""


class Constatation(NamedTuple):
    """One comparison as it was met: what was required, what was found, what came of it."""

    atome: Atome
    valeur: Valeur | None
    verite: Verite


class Etape(NamedTuple):
    """One rule as it was applied, and its outcome.

    A rule without object was not examined: it has no comparison to show.
    """

    regle: Regle
    issue: Issue

    def constatations(self, dossier: Dossier) -> Iterator[Constatation]:
        """Each comparison, with what it found in the dossier that was decided, and what came of it."""
        rien = Etabli()
        for atome in () if self.issue == "sans_objet" else atomes(self.regle.si):
            yield Constatation(atome, dossier[atome.fait], comparer(atome)(dossier, rien))


Rangs: TypeAlias = tuple[int, ...]
"""The slice of time that each date gives, in the order of the dates that decide."""
Appliquer: TypeAlias = "Callable[[Dossier, Etabli, list[Etape]], None]"
SANS_TRACE: Final[list[Etape]] = []
"""Nothing is noted in it."""
TOUCHEES: Final = 4096
"""Kinds of change whose tables are kept."""


class Conclusion(NamedTuple):
    """What was decided for a dossier, and the trace that leads there."""

    dossier: Dossier
    etabli: Etabli
    etapes: list[Etape]
    """Every rule in force, in the order it was applied."""


class _RegleCompilee(NamedTuple):
    nom: str
    evaluer: Evaluer[Dossier]
    valeur: str
    regle: Regle
    dites: Mapping[Verite, Etape]
    tue: Etape
    certaine: bool = True


class _Tranche:
    """The rules that a date meets; what is noted of them all when their table has no object.

    `a_part` applies them all in one call, without a trace; `et_noter` with one. Both are written when the slice
    is first met.
    """

    __slots__ = ("_tables", "a_part", "et_noter", "fausses", "regles", "sans_objet", "sures")

    def __init__(self, regles: Iterable[_RegleCompilee], tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self.regles = tuple(regles)
        self.fausses: Mapping[str, Verite] = {une.nom: False for une in self.regles}
        self.sans_objet = [une.tue for une in self.regles]
        self.sures = all(une.certaine for une in self.regles)
        self.a_part: Appliquer = self._ecrire_a_part
        self.et_noter: Appliquer = self._ecrire_et_noter

    def _ecrire_a_part(self, dossier: Dossier, etabli: Etabli, notes: list[Etape]) -> None:
        self.a_part = compiler_ensemble([(r.nom, r.regle.si) for r in self.regles], self._tables)
        self.a_part(dossier, etabli, notes)

    def _ecrire_et_noter(self, dossier: Dossier, etabli: Etabli, notes: list[Etape]) -> None:
        self.et_noter = compiler_ensemble(
            [(r.nom, r.regle.si) for r in self.regles], self._tables, [r.dites for r in self.regles]
        )
        self.et_noter(dossier, etabli, notes)


class _TableCompilee:
    """A table cut into slices of time: those of every table that the same date decides."""

    __slots__ = ("appuis", "cumule", "garde", "horloge", "lus", "nom", "table", "tranches")

    def __init__(
        self, table: Table, tables: Mapping[str, Table], bascules: Mapping[str, Sequence[date]]
    ) -> None:
        self.table = table
        self.nom, self.horloge = table.id, [*bascules].index(table.decide_par)
        self.cumule = table.politique == "cumul"
        self.garde = None if table.quand is None else compiler(table.quand, tables)
        conditions = [
            *([] if table.quand is None else [table.quand]),
            *(r.si for r in table.regles),
        ]
        self.lus = frozenset(f for c in conditions for atome in atomes(c) for f in atome.faits)
        self.appuis = frozenset(nom for c in conditions for nom in _appuis(c, tables))
        compilees = [self._compiler(regle, tables) for regle in table.regles]
        sans_date = _Tranche(
            (
                c if c.regle.du is None and c.regle.au is None else c._replace(certaine=False)
                for c in compilees
            ),
            tables,
        )
        siens = _bascules([table])[table.decide_par]
        les_siennes = [
            _Tranche((c for c in compilees if c.regle.couvre(jour)), tables)
            for jour in (date.min, *siens)
        ]
        # Where only another table changes, the slice is the same one.
        self.tranches = [
            *(les_siennes[bisect_right(siens, jour)] for jour in bascules[table.decide_par]),
            sans_date,  # the last one, at SANS_DATE
        ]
        self.tranches.insert(0, les_siennes[0])

    @staticmethod
    def _compiler(regle: Regle, tables: Mapping[str, Table]) -> _RegleCompilee:
        return _RegleCompilee(
            nom=regle.id,
            evaluer=compiler(regle.si, tables),
            valeur=valeur_de(regle),
            regle=regle,
            # Told a thousand times, written once.
            dites={
                True: Etape(regle, "oui"),
                False: Etape(regle, "non"),
                None: Etape(regle, "indetermine"),
            },
            tue=Etape(regle, "sans_objet"),
        )


def _appuis(condition: Condition, tables: Mapping[str, Table]) -> Iterator[str]:
    """The tables that a condition leans on."""
    for noeud in parcourir(condition):
        match noeud:
            case Sortie(table, _) | UneRegleDe(table):
                yield table
            case RenvoiRegle(regle):
                yield from (t.id for t in tables.values() if regle in {r.id for r in t.regles})
            case _:
                pass


class _Touchees(NamedTuple):
    """The tables that some changes touch, and the rules that answered in them and no longer do."""

    tables: tuple[_TableCompilee, ...]
    perimees: tuple[str, ...]


SANS_DATE: Final = -1
"""The slice of who has no date."""


def _bascules(tables: Iterable[Table]) -> dict[str, list[date]]:
    """For each date that decides, the days when rules start or have just ended."""
    jours: dict[str, set[date]] = {}
    for table in tables:
        siens = jours.setdefault(table.decide_par, set())
        siens.update(regle.du for regle in table.regles if regle.du is not None)
        siens.update(
            date.fromordinal(regle.au.toordinal() + 1)
            for regle in table.regles
            if regle.au is not None
        )
    return {fait: sorted(siens) for fait, siens in jours.items()}


@dataclass(frozen=True, slots=True)
class Impose:
    """What a person settles instead of the rules: what a table retains, whether a rule answers yes."""

    retenues: Mapping[str, str]
    verites: Mapping[str, bool]

    def sur(self, table: Table, etabli: Etabli) -> None:
        """Writes over what a table has just answered: those that follow read it so."""
        for regle in table.regles:
            if regle.id in self.verites:
                etabli.verites[regle.id] = self.verites[regle.id]
        if table.id in self.retenues:
            etabli.retenues[table.id] = self.retenues[table.id]


class Moteur:
    """The tables compiled. `decider` keeps the whole trace; `resoudre` only what decides."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._bascules = _bascules(tables.values())
        self._tables = tuple(
            _TableCompilee(table, tables, self._bascules) for table in tables.values()
        )
        self._decisives = tuple(t for t in self._tables if t.table.role in ("prepare", "decide"))
        self._touchees = lru_cache(maxsize=TOUCHEES)(self._chercher_les_touchees)

    def decider(self, dossier: Dossier, impose: Impose | None = None) -> Conclusion:
        """Every rule in force applied in order, each step kept with what it met."""
        notes: list[Etape] = []
        etabli = Etabli()
        self._appliquer(self._tables, dossier, etabli, self.rangs(dossier), notes, impose)
        return Conclusion(dossier, etabli, notes)

    def resoudre(self, dossier: Dossier) -> Etabli:
        """Only the tables that decide, without trace: for what is asked thousands of times."""
        etabli = Etabli()
        self._appliquer(self._decisives, dossier, etabli, self.rangs(dossier), None)
        return etabli

    def reprendre(
        self, depart: Etabli, dossier: Dossier, changes: frozenset[str], avant: Rangs, rangs: Rangs
    ) -> Etabli:
        """What `resoudre` gives for a dossier of which these facts alone changed since `depart`.

        `avant` and `rangs` are the slices of the one and of the other.
        """
        touchees = self._touchees(changes, avant, rangs)
        etabli = Etabli()
        etabli.verites, etabli.retenues = depart.verites.copy(), depart.retenues.copy()
        for nom in touchees.perimees:
            del etabli.verites[nom]
        self._appliquer(touchees.tables, dossier, etabli, rangs, None)
        return etabli

    def _chercher_les_touchees(
        self, changes: frozenset[str], avant: Rangs, apres: Rangs
    ) -> _Touchees:
        """The tables that read what changed, or another one that does, and what fell out of force."""
        tables: dict[str, _TableCompilee] = {}
        perimees: list[str] = []
        for une in self._decisives:
            ancienne, nouvelle = (une.tranches[rangs[une.horloge]] for rangs in (avant, apres))
            if ancienne is not nouvelle:
                restent = {regle.nom for regle in nouvelle.regles}
                perimees += [r.nom for r in ancienne.regles if r.nom not in restent]
            elif une.lus.isdisjoint(changes) and une.appuis.isdisjoint(tables):
                continue
            tables[une.nom] = une
        return _Touchees(tuple(tables.values()), tuple(perimees))

    def rangs(self, dossier: Dossier) -> Rangs:
        """The slice of time that each date gives; looked up once for each date, not for each table."""
        return tuple(
            [
                SANS_DATE if (jour := dossier[fait]) is None else bisect_right(jours, jour)
                for fait, jours in self._bascules.items()
            ]
        )

    def _appliquer(
        self,
        tables: Iterable[_TableCompilee],
        dossier: Dossier,
        etabli: Etabli,
        rangs: Rangs,
        notes: list[Etape] | None,
        impose: Impose | None = None,
    ) -> None:
        retenues, verites = etabli.retenues, etabli.verites
        for compilee in tables:
            garde = True if compilee.garde is None else compilee.garde(dossier, etabli)
            tranche = compilee.tranches[rangs[compilee.horloge]]
            retenues[compilee.nom] = AUCUNE
            if garde is False:
                verites.update(tranche.fausses)
                if notes is not None:
                    notes += tranche.sans_objet
            elif compilee.cumule and garde is True and tranche.sures:
                # Rules that each stand by themselves, in a table and on a day that are sure.
                if notes is None:
                    tranche.a_part(dossier, etabli, SANS_TRACE)
                else:
                    tranche.et_noter(dossier, etabli, notes)
            else:
                retenues[compilee.nom] = _appliquer_table(
                    compilee.table, tranche.regles, garde, dossier, etabli, notes
                )
            if impose is not None:
                impose.sur(compilee.table, etabli)


def _appliquer_table(
    table: Table,
    regles: Iterable[_RegleCompilee],
    garde: Verite,
    dossier: Dossier,
    etabli: Etabli,
    notes: list[Etape] | None,
) -> str | None:
    """Applies the rules of a table in order and says what it retains.

    `deja` tells whether a rule above already answers yes: it closes the way to those below. An
    unknown above makes a yes below unknown, unless the table passes over unknowns.
    """
    verites = etabli.verites
    toutes = table.politique == "toutes"
    choisir = not toutes and table.politique != "cumul"
    ensemble: Verite = garde
    bloque = table.inconnu == "bloque"
    deja: Verite = False
    retenue: str | None = AUCUNE
    for nom, evaluer, valeur, _, dites, tue, certaine in regles:
        if deja is True:
            verites[nom] = False
            if notes is not None:
                notes.append(tue)
            continue
        verite = evaluer(dossier, etabli)
        sure = certaine and garde is True
        if toutes and verite is not True and ensemble is not False:
            # A requirement that may not even apply refuses nobody: it leaves the answer open.
            ensemble = False if verite is False and sure else None
        if verite is True and not sure:
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
        verites[nom] = verite
        if notes is not None:
            # A denied rule that may not even apply does not answer "no": it has no answer yet.
            notes.append(dites[verite if sure else verite or None])
    if toutes:
        return {True: OUI, False: NON, None: None}[ensemble]
    return retenue
