"""Telling the journal of the rows that were there before it kept marks of them: once, at an upgrade."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from django.db import transaction

from binome.journal.lignes import Ligne, lire_les_rangs
from binome.journal.reconciliation import SANS_ENTREE, differences
from binome.journal.services import Fait, ecrire_tout
from binome.journal.tables import table_nommee

if TYPE_CHECKING:
    from collections.abc import Sequence

GESTE: Final = "journal.inventaire"
LOT: Final = 500


@transaction.atomic
def inventorier(*, auteur: str) -> int:
    """Writes the marks of every row, and of every column, that no entry tells of; how many rows.

    It vouches for what is there, whoever wrote it: the entries say that it was an inventory, and when.
    """
    sans = [une for une in differences() if une.raison == SANS_ENTREE]
    par_table: defaultdict[str, defaultdict[int, list[str]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for une in sans:
        par_table[une.table][int(une.cle)].append(une.colonne)
    total = 0
    for nom, rangs in par_table.items():
        numeros = sorted(rangs)
        for debut in range(0, len(numeros), LOT):
            _inscrire(nom, numeros[debut : debut + LOT], rangs, auteur)
        total += len(numeros)
    return total


def _inscrire(nom: str, numeros: Sequence[int], sans: dict[int, list[str]], auteur: str) -> None:
    table = table_nommee(nom)
    if table is None:
        return
    par_objet: defaultdict[str, list[Ligne]] = defaultdict(list)
    for numero, lue in lire_les_rangs(table, numeros, ()).items():
        colonnes = [] if sans[numero] == ["id"] else sans[numero]
        noms = tuple(
            une.name for une in table.modele._meta.concrete_fields if une.attname in colonnes
        )
        par_objet[lue.objet].append(Ligne(table.modele, numero, noms))
    ecrire_tout(
        [
            Fait(GESTE, objet, auteur=auteur, lignes=tuple(siennes))
            for objet, siennes in par_objet.items()
        ]
    )
