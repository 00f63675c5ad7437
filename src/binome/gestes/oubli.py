"""Forgetting what rows tell of a person: their keys are destroyed, and what stays is told again in clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.journal.lignes import lignes
from binome.journal.services import SYSTEME, Ecriture, ecrire_tout, oublier_tous

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.gestes.passage import M


def oublier_et_redire(lues: Iterable[M], garde: str, *, motif: str, auteur: str = SYSTEME) -> None:
    """Destroys the key of each row, whose personal values were taken off, and tells again what stays, under `garde`."""
    restent = sorted(lues, key=lambda un: un.pk)
    oublier_tous({un.sujet: un.repere for un in restent}, auteur=auteur, motif=motif)
    ecrire_tout([Ecriture(garde, un.objet, lignes=lignes([un])) for un in restent])
