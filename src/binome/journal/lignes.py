"""What an entry keeps of the rows that its change wrote: a mark of each value, which proves it and tells nothing.

A mark is keyed by the subject's own key: destroyed, no dictionary of names can be tried on it.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from uuid import UUID

from binome.journal.tables import table_de

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import Model

    from binome.journal.tables import TableSuivie

MAISON: Final = "maison:journal"
"""Whose key marks what is personal to nobody."""
TRANCHE: Final = 500
OCTETS: Final = 8
"""Of a mark: 64 bits, for a value that nobody chooses against its key."""

Marquee = list[Any]
"""A row as an entry keeps it: its table, its number, its subject, the marks by column; None once deleted."""


@dataclass(frozen=True, slots=True)
class LigneEcrite:
    """A row that a change wrote: the columns it set, all of them when none is named."""

    modele: type[Model]
    numero: int
    colonnes: tuple[str, ...] = ()


def lignes(objets: Iterable[Model], *colonnes: str) -> tuple[LigneEcrite, ...]:
    """The rows of some objects, or these columns of theirs."""
    return tuple(LigneEcrite(type(un), un.pk, colonnes) for un in objets)


class LigneEnBase(NamedTuple):
    """A row as it is in the database, within the transaction that wrote it."""

    table: TableSuivie
    numero: int
    objet: str
    sujet: str
    valeurs: Mapping[str, Any]


def lire(voulues: Iterable[LigneEcrite]) -> dict[LigneEcrite, LigneEnBase | None]:
    """Reads rows, a query a table and set of columns; None for one that is no longer there."""
    par_forme: defaultdict[tuple[type[Model], tuple[str, ...]], list[LigneEcrite]] = defaultdict(
        list
    )
    for ligne in voulues:
        par_forme[ligne.modele, ligne.colonnes].append(ligne)
    lues: dict[LigneEcrite, LigneEnBase | None] = {}
    for (modele, noms), rangees in par_forme.items():
        table = table_de(modele)
        colonnes = table.choisir(noms) if noms else table.colonnes
        trouvees = lire_les_rangs(table, [une.numero for une in rangees], colonnes)
        lues.update((une, trouvees.get(une.numero)) for une in rangees)
    return lues


def lire_les_rangs(
    table: TableSuivie, numeros: Sequence[int], colonnes: tuple[str, ...]
) -> dict[int, LigneEnBase]:
    """Rows of a table, by number; those that are not there are left out."""
    lues: dict[int, LigneEnBase] = {}
    chemins = table.chemins
    for debut in range(0, len(numeros), TRANCHE):
        rangs = table.modele._default_manager.filter(pk__in=numeros[debut : debut + TRANCHE])
        for numero, *valeurs in rangs.order_by().values_list("pk", *chemins, *colonnes):
            objet, sujet = table.nommer(numero, *valeurs[: len(chemins)])
            siennes = dict(zip(colonnes, valeurs[len(chemins) :], strict=True))
            lues[numero] = LigneEnBase(table, numero, objet, sujet, siennes)
    return lues


def _en_json(valeur: object) -> object:
    if isinstance(valeur, datetime):
        return valeur.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, UUID):
        return str(valeur)
    if isinstance(valeur, bytes | memoryview):
        return hashlib.sha256(valeur).hexdigest()
    raise TypeError(type(valeur).__name__)


_ECRIRE: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_en_json
).encode


def marquer(lue: LigneEnBase, cle: bytes) -> dict[str, str]:
    """The mark of each value of a row, under a key of the key store."""
    racine = hashlib.blake2b(b"binome.journal.lignes:" + cle, digest_size=32).digest()
    lieu = f"{lue.table.nom}\0{lue.numero}\0"
    return {
        colonne: hashlib.blake2b(
            f"{lieu}{colonne}\0{_ECRIRE(valeur)}".encode(), key=racine, digest_size=OCTETS
        ).hexdigest()
        for colonne, valeur in lue.valeurs.items()
    }


def graver(ligne: LigneEcrite, lue: LigneEnBase | None, cles: Mapping[str, bytes]) -> Marquee:
    """What an entry keeps of a row. `cles`: those of the subjects that are not forgotten, and the house's."""
    if lue is None:
        return [ligne.modele._meta.label_lower, ligne.numero, "", None]
    sujet = lue.sujet if lue.sujet in cles else MAISON
    return [lue.table.nom, lue.numero, sujet, marquer(lue, cles[sujet])]
