"""First reading: the answer for one dossier, on its date, and why (a full cited trace).

The base is compiled once into closures. Tables are cut into slices of time, so that a dossier
only meets the rules in force on the date that decides.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from binome.regles.compiler import Etabli, comparer, compiler
from binome.regles.conditions import atomes
from binome.regles.regle import NON, OUI, valeur_de

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from binome.regles.compiler import Evaluer
    from binome.regles.conditions import Atome
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


Note: TypeAlias = "tuple[Regle, Issue]"
"""A step as it is noted while deciding: a bare tuple, because it is made for every rule."""


class Conclusion:
    """What was decided for a dossier, and the trace that leads there."""

    __slots__ = ("_notes", "dossier", "etabli")

    def __init__(self, dossier: Dossier, etabli: Etabli, notes: list[Note]) -> None:
        self.dossier = dossier
        self.etabli = etabli
        self._notes = notes

    @property
    def etapes(self) -> list[Etape]:
        """Every rule in force, in the order it was applied."""
        return [Etape(*note) for note in self._notes]


class _RegleCompilee(NamedTuple):
    nom: str
    evaluer: Evaluer[Dossier]
    valeur: str
    regle: Regle
    dites: Mapping[Verite, Note]
    certaine: bool = True


class _Tranche(NamedTuple):
    """The rules that a date meets; what is noted of them all when their table has no object."""

    regles: tuple[_RegleCompilee, ...]
    fausses: Mapping[str, Verite]
    sans_objet: Sequence[Note]
    sures: bool
    a_part: Sequence[tuple[str, Evaluer[Dossier], Mapping[Verite, Note]]]


def _trancher(regles: Iterable[_RegleCompilee]) -> _Tranche:
    toutes = tuple(regles)
    return _Tranche(
        toutes,
        dict.fromkeys((une.nom for une in toutes), False),
        [(une.regle, "sans_objet") for une in toutes],
        all(une.certaine for une in toutes),
        [(une.nom, une.evaluer, une.dites) for une in toutes],
    )


class _TableCompilee:
    """A table cut into slices of time: those of every table that the same date decides."""

    __slots__ = ("cumule", "decide_par", "garde", "nom", "table", "tranches")

    def __init__(
        self, table: Table, tables: Mapping[str, Table], bascules: Mapping[str, Sequence[date]]
    ) -> None:
        self.table = table
        self.nom, self.decide_par = table.id, table.decide_par
        self.cumule = table.politique == "cumul"
        self.garde = None if table.quand is None else compiler(table.quand, tables)
        compilees = [self._compiler(regle, tables) for regle in table.regles]
        sans_date = _trancher(
            c if c.regle.du is None and c.regle.au is None else c._replace(certaine=False)
            for c in compilees
        )
        siens = _bascules([table])[table.decide_par]
        les_siennes = [
            _trancher(c for c in compilees if c.regle.couvre(jour)) for jour in (date.min, *siens)
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
            dites={True: (regle, "oui"), False: (regle, "non"), None: (regle, "indetermine")},
        )


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

    def decider(self, dossier: Dossier, impose: Impose | None = None) -> Conclusion:
        """Every rule in force applied in order, each step kept with what it met."""
        notes: list[Note] = []
        etabli = self._appliquer(self._tables, dossier, notes, impose)
        return Conclusion(dossier, etabli, notes)

    def resoudre(self, dossier: Dossier) -> Etabli:
        """Only the tables that decide, without trace: for what is asked thousands of times."""
        return self._appliquer(self._decisives, dossier, None)

    def _appliquer(
        self,
        tables: Iterable[_TableCompilee],
        dossier: Dossier,
        notes: list[Note] | None,
        impose: Impose | None = None,
    ) -> Etabli:
        etabli = Etabli()
        retenues, verites = etabli.retenues, etabli.verites
        # Looked up once for each date, not for each table.
        rangs = {
            fait: SANS_DATE if (jour := dossier[fait]) is None else bisect_right(jours, jour)
            for fait, jours in self._bascules.items()
        }
        for compilee in tables:
            garde = True if compilee.garde is None else compilee.garde(dossier, etabli)
            tranche = compilee.tranches[rangs[compilee.decide_par]]
            retenues[compilee.nom] = AUCUNE
            if garde is False:
                verites.update(tranche.fausses)
                if notes is not None:
                    notes += tranche.sans_objet
            elif compilee.cumule and garde is True and tranche.sures:
                _cumuler(tranche, dossier, etabli, notes)
            else:
                retenues[compilee.nom] = _appliquer_table(
                    compilee.table, tranche.regles, garde, dossier, etabli, notes
                )
            if impose is not None:
                impose.sur(compilee.table, etabli)
        return etabli


def _cumuler(tranche: _Tranche, dossier: Dossier, etabli: Etabli, notes: list[Note] | None) -> None:
    """Applies rules that each stand by themselves, in a table and on a day that are sure."""
    verites = etabli.verites
    if notes is None:
        for nom, evaluer, _ in tranche.a_part:
            verites[nom] = evaluer(dossier, etabli)
        return
    noter = notes.append
    for nom, evaluer, dites in tranche.a_part:
        verite = verites[nom] = evaluer(dossier, etabli)
        noter(dites[verite])


def _appliquer_table(
    table: Table,
    regles: Iterable[_RegleCompilee],
    garde: Verite,
    dossier: Dossier,
    etabli: Etabli,
    notes: list[Note] | None,
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
    for nom, evaluer, valeur, regle, dites, certaine in regles:
        if deja is True:
            verites[nom] = False
            if notes is not None:
                notes.append((regle, "sans_objet"))
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
