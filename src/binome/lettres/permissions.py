"""Who reads a sealed letter: fetched and checked in one call, which leaves its trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404

from binome.dossiers.models import Decision
from binome.dossiers.permissions import de_ses_branches, de_ses_yeux, lit_l_examen, lit_tout
from binome.dossiers.traces import noter
from binome.lectures.models import ObjetLu

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur


def lettre_pour(acteur: Acteur, numero: int) -> Decision:
    """The decision whose sealed letter a person may read. Raises Http404.

    The candidate and the organisation read it once notified, the branch as soon as sealed; an employer
    does not: it holds the candidate's diplomas.
    """
    lisible = Q(dossier__candidat=acteur.personne) | Q(
        dossier__organisme__in=acteur.organisations("gestionnaire", "formateur")
    )
    lisible &= Q(notifiee_le__isnull=False)
    if acteur.de_la_branche:
        lisible |= Q(dossier__depose_le__isnull=False) & de_ses_branches(acteur, "dossier__")
    decision = (
        Decision.objects.select_related("dossier")
        .filter(lisible, pk=numero)
        .exclude(sceau="")
        .first()
    )
    if decision is not None and decision.notifiee_le is None:
        decision = decision if lit_l_examen(acteur, decision.dossier) else None
    elif decision is not None and not lit_tout(acteur, decision.dossier):
        decision = None
    if decision is None:
        raise Http404("Cette lettre n’existe pas, ou ne vous est pas ouverte.")
    de_ses_yeux(acteur)
    noter(acteur, decision.dossier, ObjetLu.LETTRE, decision.pk)
    return decision
