"""The blocs that a path holds: validated by a jury, whichever attempt it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.jurys.etats import EtatDeDecisionDeBloc, EtatDePresentation, IssueDeBloc
from binome.jurys.models import DecisionDeBloc

if TYPE_CHECKING:
    from binome.parcours.models import Parcours


def blocs_valides(parcours: Parcours) -> dict[int, DecisionDeBloc]:
    """The decision that validated each bloc of a path, by its number; a bloc held since a former attempt is kept."""
    lues = DecisionDeBloc.objects.filter(
        presentation__parcours=parcours,
        presentation__etat=EtatDePresentation.DECIDEE,
        etat=EtatDeDecisionDeBloc.EN_VIGUEUR,
        issue=IssueDeBloc.VALIDE,
    ).select_related("presentation__jury")
    return {une.bloc: une for une in lues.order_by("bloc", "pk")}
