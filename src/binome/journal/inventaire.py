"""Telling the journal of the rows that were there before it kept marks of them: once, at an upgrade."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from django.db import transaction

from binome.journal.lignes import LigneEcrite, lire_les_rangs
from binome.journal.reconciliation import SANS_ENTREE, differences
from binome.journal.services import SYSTEME, Ecriture, ecrire_tout
from binome.journal.tables import tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from binome.journal.tables import TableSuivie

GESTE: Final = "journal.inventaire"
LOT: Final = 500


@transaction.atomic
def inventorier(*, auteur: str) -> int:
    """Writes the marks of every row, and of every column, that no entry tells of; how many rows.

    It vouches for what is there, whoever wrote it: the entries say that it was an inventory, and when.
    """
    sans: defaultdict[str, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for une in differences():
        if une.raison == SANS_ENTREE:
            sans[une.table][int(une.cle)].append(une.colonne)
    for table in tables():
        dire(table, sans[table.nom], auteur=auteur)
    return sum(len(rangs) for rangs in sans.values())


def dire(table: TableSuivie, rangs: Mapping[int, Sequence[str]], *, auteur: str = SYSTEME) -> None:
    """Writes the marks of some columns of the rows of a table, each row under its own object.

    `rangs` are the columns by number of row, as the database names them; `id` is a row that nothing tells of.
    """
    numeros = sorted(rangs)
    for debut in range(0, len(numeros), LOT):
        par_objet: defaultdict[str, list[LigneEcrite]] = defaultdict(list)
        for numero, lue in lire_les_rangs(table, numeros[debut : debut + LOT], ()).items():
            colonnes = () if "id" in rangs[numero] else tuple(rangs[numero])
            par_objet[lue.objet].append(LigneEcrite(table.modele, numero, colonnes))
        ecrire_tout(
            [
                Ecriture(GESTE, objet, auteur=auteur, lignes=tuple(siennes))
                for objet, siennes in par_objet.items()
            ]
        )
