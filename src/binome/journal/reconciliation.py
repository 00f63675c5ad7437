"""The tables held against the marks that the journal keeps of their rows: what no gesture wrote is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.db.models import Max

from binome.journal import trousseau
from binome.journal.lignes import lire_les_rangs, marquer
from binome.journal.models import Entree
from binome.journal.secrets import oublies
from binome.journal.tables import TableSuivie, table_nommee, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from binome.journal.lignes import LigneEnBase

LOT: Final = 200
"""How many objects are held at once: memory does not grow with the journal."""
PAQUET: Final = 5000


class Divergence(NamedTuple):
    """A row that is not what the journal says, and the last rank about it (0 for none); no value."""

    table: str
    cle: str
    colonne: str
    rang: int
    raison: str

    def __str__(self) -> str:
        ou = f"{self.table} {self.cle}, {self.colonne}"
        entree = f"dernière entrée {self.rang}" if self.rang else "aucune entrée"
        return f"{ou} : {self.raison} ({entree})"


SANS_ENTREE: Final = "aucune entrée ne le dit"
MANQUE: Final = "la ligne manque"
DE_TROP: Final = "la ligne avait été supprimée"
AUTRE: Final = "la valeur n’est pas celle du journal"
SANS_CLE: Final = "la clé qui le prouvait est détruite"


class ValeurDite(NamedTuple):
    """What the journal last said of one value: its mark, whose key made it, and the rank."""

    marque: str
    sujet: str
    rang: int


class LigneDite(dict[str, ValeurDite]):
    """What the journal last said of one row, by column; `otee` is the rank that deleted it, 0 for none."""

    otee: int = 0

    @property
    def dernier(self) -> int:
        """The last rank about the row."""
        return self.otee or max((une.rang for une in self.values()), default=0)


Rangs = dict[str, dict[int, LigneDite]]
"""By table, then by number."""


def differences() -> Iterator[Divergence]:
    """Every row that differs from what the journal last said of it. Raises DatabaseError.

    A change committed meanwhile may be named: read again before concluding. What was changed outside, then
    changed again by a gesture in the same column, is what the gesture says.
    """
    connues = {table.nom: _Connues(table) for table in tables()}
    for objets in _par_lots():
        for nom, rangs in _dites(objets).items():
            table = table_nommee(nom)
            if table is not None:
                yield from _comparer(table, rangs)
                connues[nom].noter(rangs)
    for une in connues.values():
        yield from une.sans_entree()


class _Connues:
    """Which rows of a table the journal tells of: a bit a row."""

    def __init__(self, table: TableSuivie) -> None:
        self._table = table
        fin = table.modele._default_manager.aggregate(fin=Max("pk"))["fin"] or 0
        self._bits = bytearray(fin // 8 + 1)

    def noter(self, numeros: Iterable[int]) -> None:
        """Marks rows as told."""
        for numero in numeros:
            octet = numero >> 3
            if octet < len(self._bits):
                self._bits[octet] |= 1 << (numero & 7)

    def sans_entree(self) -> Iterator[Divergence]:
        """The rows that no entry tells of. Those made since this was begun are left for the next time."""
        rangs = self._table.modele._default_manager.filter(pk__lt=len(self._bits) * 8)
        for numero in rangs.order_by("pk").values_list("pk", flat=True).iterator(PAQUET):
            if not self._bits[numero >> 3] & 1 << (numero & 7):
                yield Divergence(self._table.nom, str(numero), "id", 0, SANS_ENTREE)


def _par_lots() -> Iterator[list[str]]:
    """The objects of the entries that tell of rows, a lot at a time."""
    dernier = ""
    tous = Entree.objects.exclude(lignes=[]).order_by("objet").values_list("objet", flat=True)
    while lot := list(tous.filter(objet__gt=dernier).distinct()[:LOT]):
        yield lot
        dernier = lot[-1]


def _dites(objets: list[str]) -> Rangs:
    """What the journal last said of the rows of some objects."""
    entrees = Entree.objects.filter(objet__in=objets).exclude(lignes=[]).order_by("rang")
    rangs: Rangs = {}
    for rang, lignes in entrees.values_list("rang", "lignes").iterator(2000):
        for nom, numero, sujet, marques in lignes:
            dit = rangs.setdefault(nom, {}).setdefault(numero, LigneDite())
            if marques is None:
                dit.clear()
                dit.otee = rang
                continue
            dit.otee = 0
            dit.update(
                (colonne, ValeurDite(marque, sujet, rang)) for colonne, marque in marques.items()
            )
    return rangs


def _comparer(table: TableSuivie, rangs: dict[int, LigneDite]) -> Iterator[Divergence]:
    lues = lire_les_rangs(table, sorted(rangs), table.colonnes)
    voulus = {une.sujet for dit in rangs.values() for une in dit.values()}
    cles = trousseau.lire(voulus - oublies(voulus))
    for numero, dit in sorted(rangs.items()):
        lue = lues.get(numero)
        if lue is None:
            if not dit.otee:
                yield Divergence(table.nom, str(numero), "id", dit.dernier, MANQUE)
        elif dit.otee:
            yield Divergence(table.nom, str(numero), "id", dit.otee, DE_TROP)
        else:
            yield from _de_la_ligne(lue, dit, cles)


def _de_la_ligne(lue: LigneEnBase, dit: LigneDite, cles: dict[str, bytes]) -> Iterator[Divergence]:
    marques: dict[str, dict[str, str]] = {}
    for colonne in lue.valeurs:
        dite = dit.get(colonne)
        if dite is None:
            # Told of before this column was: the next inventory says it.
            yield Divergence(lue.table.nom, str(lue.numero), colonne, dit.dernier, SANS_ENTREE)
            continue
        cle = cles.get(dite.sujet)
        if cle is None:
            yield Divergence(lue.table.nom, str(lue.numero), colonne, dite.rang, SANS_CLE)
            continue
        siennes = marques.get(dite.sujet) or marques.setdefault(dite.sujet, marquer(lue, cle))
        if siennes[colonne] != dite.marque:
            yield Divergence(lue.table.nom, str(lue.numero), colonne, dite.rang, AUTRE)
