"""The live tables held against the journal, each night: what changed without a gesture is named."""

from __future__ import annotations

import logging
from itertools import islice
from typing import TYPE_CHECKING, Final

from binome.dossiers.models import Dossier
from binome.journal.models import Entree
from binome.journal.reconciliation import Divergence
from binome.journal.reconciliation import differences as des_lignes
from binome.socle.suite import FauteSuivie

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTE = logging.getLogger(__name__)
DITES: Final = 100
"""Differences that the job writes in the log."""
LOT: Final = 500
"""How many dossiers are held at once: SQLite bounds the values of a query."""
SAUT: Final = "un geste est parti d’un autre état que celui où le précédent l’avait laissé"


def differences() -> Iterator[Divergence]:
    """Every row that is not what the journal says, then every state that changed between two gestures.

    Raises DatabaseError. A change committed meanwhile may be named: read again before concluding.
    """
    yield from des_lignes()
    yield from _sauts()


def _sauts() -> Iterator[Divergence]:
    """A state changed outside, which a gesture then took for its start: the row says what the gesture did."""
    dernier = 0
    while lot := list(
        Dossier.objects.filter(pk__gt=dernier).order_by("pk").values_list("pk", "reference")[:LOT]
    ):
        numeros = {f"dossier:{reference}": str(numero) for numero, reference in lot}
        entrees = Entree.objects.filter(objet__in=numeros, geste__startswith="dossier.")
        etats: dict[str, str] = {}
        lues = entrees.order_by("rang").values_list("rang", "objet", "avant", "apres")
        for rang, objet, avant, apres in lues.iterator(2000):
            laisse = etats.get(objet)
            if laisse is not None and avant.get("etat", laisse) != laisse:
                yield Divergence("dossiers.dossier", numeros[objet], "etat", rang, SAUT)
            etats[objet] = apres.get("etat", laisse)
        dernier = lot[-1][0]


class TablesChangees(FauteSuivie):
    """Rows are not what the journal says of them; how many the job named."""

    suite = (
        "Juste après une mise à jour qui ajoute des colonnes : binome journal inventorier --oui, une fois. "
        "Sinon, n’écrivez plus dans la base, et relisez avec binome journal reconcilier."
    )


def veiller() -> int:
    """For the jobs: names in the log what differs, twice seen, and raises TablesChangees.

    What was only being written at the first reading is no longer there at the second.
    """
    vues = set(islice(differences(), DITES))
    restent = sorted(vues.intersection(islice(differences(), DITES))) if vues else []
    for difference in restent:
        _NOTE.error("journal : %s", difference)
    if restent:
        raise TablesChangees(str(len(restent)))
    return 0
