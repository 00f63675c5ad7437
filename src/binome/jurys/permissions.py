"""Who may do what of a jury: its branch's people who organise juries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.jurys.models import DecisionDeBloc, Jury, Presentation

JURY: Final = "jury"
"""The side of those who organise the juries of a branch."""


def cotes_de_jury(acteur: Acteur, jury: Jury) -> frozenset[str]:
    """The side of a person on a jury."""
    return frozenset({JURY}) if jury.branche_id in acteur.organisations("jury") else frozenset()


def cotes_de_presentation(acteur: Acteur, presentation: Presentation) -> frozenset[str]:
    """The same, on somebody presented there."""
    return cotes_de_jury(acteur, presentation.jury)


def cotes_de_decision(acteur: Acteur, decision: DecisionDeBloc) -> frozenset[str]:
    """The same, on what it decided."""
    return cotes_de_jury(acteur, decision.presentation.jury)
