"""The blocs that a decision says to be held already, every module of them: nobody evaluates them again."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from binome.parcours.etats import Statut
from binome.parcours.models import ModuleSuivi

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.parcours.models import Parcours


def blocs_acquis(parcours: Parcours) -> set[int]:
    """Their numbers, for a path."""
    return blocs_acquis_de([parcours])[parcours.pk]


def blocs_acquis_de(parcours: Sequence[Parcours]) -> dict[int, set[int]]:
    """The same for many, by path, in one query."""
    statuts: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    lus = ModuleSuivi.objects.filter(parcours__in=[un.pk for un in parcours]).order_by()
    for numero, bloc, statut in lus.values_list("parcours", "bloc", "statut"):
        statuts[numero, bloc].add(statut)
    tenus: dict[int, set[int]] = {un.pk: set() for un in parcours}
    for (numero, bloc), siens in statuts.items():
        if siens == {str(Statut.ACQUIS)}:
            tenus[numero].add(bloc)
    return tenus
