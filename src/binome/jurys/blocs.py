"""The blocs that somebody holds: validated by a jury that is closed, whichever attempt and whichever path of theirs it was."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from binome.epreuves.clos import DecisionClose
from binome.jurys.etats import (
    EtatDeDecisionDeBloc,
    EtatDeJury,
    EtatDePresentation,
    IssueDeBloc,
)
from binome.jurys.models import DecisionDeBloc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from binome.jurys.models import Presentation
    from binome.parcours.models import Parcours


def blocs_valides(parcours: Parcours) -> dict[int, DecisionDeBloc]:
    """The decision that validated each bloc of a path, by its number.

    A bloc held since a former attempt is kept, on this path or on another of the same dossier under the same référentiel:
    after a transfer, or by experience after a training.
    """
    lues = _validees([parcours]).select_related("presentation__jury")
    siennes = lues.filter(presentation__referentiel=parcours.referentiel)
    return {une.bloc: une for une in siennes.order_by("bloc", "pk")}


def blocs_tenus_de(parcours: Sequence[Parcours]) -> dict[int, set[int]]:
    """The numbers of the blocs that each of these paths holds, by path, in one query."""
    tenus: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    lues = (
        _validees(parcours)
        .order_by()
        .values_list("presentation__parcours__dossier", "presentation__referentiel", "bloc")
    )
    for dossier, referentiel, bloc in lues:
        tenus[dossier, referentiel].add(bloc)
    return {un.pk: tenus[un.dossier_id, un.referentiel] for un in parcours}


def decisions_closes(parcours: Parcours) -> dict[int, DecisionClose]:
    """The last decision of a closed jury on each bloc of a path."""
    lues = DecisionDeBloc.objects.filter(
        presentation__parcours=parcours,
        presentation__jury__etat=EtatDeJury.CLOS,
        presentation__etat=EtatDePresentation.DECIDEE,
        etat=EtatDeDecisionDeBloc.EN_VIGUEUR,
    ).order_by("presentation__jury__clos_le", "pk")
    trouvees = lues.values_list("bloc", "issue", "presentation__jury__clos_le")
    return {
        bloc: DecisionClose(le, issue == IssueDeBloc.VALIDE)
        for bloc, issue, le in trouvees
        if le is not None
    }


def decisions_de(presentations: Sequence[Presentation]) -> dict[int, dict[int, DecisionDeBloc]]:
    """The decision that holds for each bloc, by presentation then by bloc, in their order; in one query."""
    rendues: dict[int, dict[int, DecisionDeBloc]] = {une.pk: {} for une in presentations}
    lues = DecisionDeBloc.objects.filter(
        presentation__in=presentations, etat=EtatDeDecisionDeBloc.EN_VIGUEUR
    )
    for une in lues.order_by("bloc"):
        rendues[une.presentation_id][une.bloc] = une
    return rendues


def tous_valides(decisions: Sequence[tuple[int, DecisionDeBloc | None]]) -> bool:
    """Whether a jury validated every bloc that somebody was presented for."""
    return bool(decisions) and all(
        une is not None and une.issue == IssueDeBloc.VALIDE for _, une in decisions
    )


def _validees(parcours: Sequence[Parcours]) -> QuerySet[DecisionDeBloc]:
    return DecisionDeBloc.objects.filter(
        presentation__parcours__dossier__in={un.dossier_id for un in parcours},
        presentation__jury__etat=EtatDeJury.CLOS,
        presentation__etat=EtatDePresentation.DECIDEE,
        etat=EtatDeDecisionDeBloc.EN_VIGUEUR,
        issue=IssueDeBloc.VALIDE,
    )
