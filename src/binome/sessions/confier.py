"""The slots of a trainer who opens their account become theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.gestes.auteur import Maison
from binome.gestes.passage import Passage
from binome.gestes.services import faire_tous
from binome.sessions.flows import CRENEAUX, NON_GELES
from binome.sessions.models import Creneau

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur
    from binome.reseau.models import Formateur


def confier_les_creneaux(passages: Sequence[Passage[Formateur]], _: Auteur) -> None:
    """What follows files that gained an account."""
    comptes = {un.objet.pk: un.objet.compte for un in passages if un.objet.compte is not None}
    siens = Creneau.objects.filter(fiche__in=comptes, etat__in=NON_GELES).select_related("session")
    if tous := list(siens.order_by("pk")):
        vont = [Passage(un, un.version, {"compte": comptes[un.fiche_id or 0]}) for un in tous]
        faire_tous(CRENEAUX, "confier", vont, Maison())
