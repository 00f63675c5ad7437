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
    from collections.abc import Iterable, Iterator, Mapping

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
    regle: Regle
    nom: str
    evaluer: Evaluer[Dossier]
    valeur: str
    certaine: bool = True


class _TableCompilee:
    """A table cut into slices of time."""

    __slots__ = ("_bornes", "_sans_date", "_tranches", "garde", "table")

    def __init__(self, table: Table, tables: Mapping[str, Table]) -> None:
        self.table = table
        self.garde = None if table.quand is None else compiler(table.quand, tables)
        compilees = [self._compiler(regle, tables) for regle in table.regles]
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
            c if c.regle.du is None and c.regle.au is None else c._replace(certaine=False)
            for c in compilees
        )

    @staticmethod
    def _compiler(regle: Regle, tables: Mapping[str, Table]) -> _RegleCompilee:
        return _RegleCompilee(
            regle=regle,
            nom=regle.id,
            evaluer=compiler(regle.si, tables),
            valeur=valeur_de(regle),
        )

    def en_vigueur(self, jour: Valeur | None) -> tuple[_RegleCompilee, ...]:
        if jour is None:
            return self._sans_date
        return self._tranches[bisect_right(self._bornes, jour)]


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
        self._tables = tuple(_TableCompilee(table, tables) for table in tables.values())
        self._decisives = tuple(t for t in self._tables if t.table.role in ("prepare", "decide"))

    def decider(self, dossier: Dossier, impose: Impose | None = None) -> Conclusion:
        """Every rule in force applied in order, each step kept with what it met."""
        notes: list[Note] = []
        etabli = self._appliquer(self._tables, dossier, notes, impose)
        return Conclusion(dossier, etabli, notes)

    def resoudre(self, dossier: Dossier) -> Etabli:
        """Only the tables that decide, without trace: for what is asked thousands of times."""
        return self._appliquer(self._decisives, dossier, None)

    @staticmethod
    def _appliquer(
        tables: Iterable[_TableCompilee],
        dossier: Dossier,
        notes: list[Note] | None,
        impose: Impose | None = None,
    ) -> Etabli:
        etabli = Etabli()
        for compilee in tables:
            table = compilee.table
            garde = True if compilee.garde is None else compilee.garde(dossier, etabli)
            regles = compilee.en_vigueur(dossier[table.decide_par])
            etabli.retenues[table.id] = _appliquer_table(
                table, regles, garde, dossier, etabli, notes
            )
            if impose is not None:
                impose.sur(table, etabli)
        return etabli


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
    for regle, nom, evaluer, valeur, certaine in regles:
        if garde is False or deja is True:
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
            issue: Issue = "oui" if verite else "non" if verite is False and sure else "indetermine"
            notes.append((regle, issue))
    if toutes and garde is not False:
        return {True: OUI, False: NON, None: None}[ensemble]
    return retenue
