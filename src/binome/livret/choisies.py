"""Whose answer was kept, where one of the pair settled what two phones had said: who settles it says it again, under their name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from binome.livret.etats import EtatDAppreciation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.livret.models import Appreciation


class DiteAvant(NamedTuple):
    """What was ever said of a competence on a card; `vue` is the number of the one that its author saw."""

    numero: int
    cote: str
    valeur: str
    phrase: str
    vue: int | None
    etat: str


def origine(dite: Appreciation, siennes: Sequence[DiteAvant]) -> str:
    """The side whose answer `dite` keeps, where it was chosen between two; empty where it says its own."""
    if dite.vue_id is None:
        return ""
    # What came beside the one that they saw, and was set aside by this one.
    a_cote = [
        une
        for une in siennes
        if dite.vue_id < une.numero < dite.pk
        and une.vue is None
        and une.etat == EtatDAppreciation.REMPLACEE
    ]
    if not a_cote:
        return ""
    tenues = [une for une in siennes if une.numero == dite.vue_id]
    pareilles = (
        une.cote
        for une in (*tenues, *a_cote)
        if (une.valeur, une.phrase) == (dite.valeur, dite.phrase)
    )
    return next(pareilles, "")
