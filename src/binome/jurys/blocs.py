"""The blocs that somebody holds: validated by a jury that is closed, whichever attempt and whichever path of theirs it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.jurys.etats import (
    EtatDeDecisionDeBloc,
    EtatDeJury,
    EtatDePresentation,
    IssueDeBloc,
)
from binome.jurys.models import DecisionDeBloc

if TYPE_CHECKING:
    from binome.parcours.models import Parcours


def blocs_valides(parcours: Parcours) -> dict[int, DecisionDeBloc]:
    """The decision that validated each bloc of a path, by its number.

    A bloc held since a former attempt is kept, on this path or on another of the same dossier under the same référentiel:
    after a transfer, or by experience after a training.
    """
    lues = DecisionDeBloc.objects.filter(
        presentation__parcours__dossier=parcours.dossier_id,
        presentation__referentiel=parcours.referentiel,
        presentation__jury__etat=EtatDeJury.CLOS,
        presentation__etat=EtatDePresentation.DECIDEE,
        etat=EtatDeDecisionDeBloc.EN_VIGUEUR,
        issue=IssueDeBloc.VALIDE,
    ).select_related("presentation__jury")
    return {une.bloc: une for une in lues.order_by("bloc", "pk")}
