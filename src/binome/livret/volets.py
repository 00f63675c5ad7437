"""What the page of a path shows of its booklet: the way to the week's card, to the two who fill it and to who employs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from binome.dossiers.employeurs.services import qui_suivent
from binome.livret.etats import CoteDuBinome
from binome.livret.permissions import EMPLOIE, cotes_de_livret, tuteur_de
from binome.livret.programme import competences_du_parcours
from binome.parcours.etats import EN_COURS
from binome.parcours.permissions import ORGANISME, cotes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.gestes.volets import GesteTente
    from binome.parcours.models import Parcours


def livret_du_parcours(
    request: HttpRequest,  # noqa: ARG001 - what every part of a page is given
    acteur: Acteur,
    parcours: Parcours,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """The path and whether the reader writes on its cards; its organisation reads who has no tutor; None for others."""
    if not competences_du_parcours(parcours):
        return None
    siens = cotes_de_livret(acteur, parcours)
    sans_tuteur = parcours.etat in EN_COURS and tuteur_de(parcours) is None
    if not siens:
        if not sans_tuteur or ORGANISME not in cotes(acteur, parcours):
            return None
        employeurs = [un.nom for un in qui_suivent(parcours.dossier)]
        return {"parcours": parcours, "organisme": True, "employeurs": employeurs}
    return {
        "a_nommer": sans_tuteur and EMPLOIE in siens,
        "parcours": parcours,
        "ecrit": bool(siens & set(CoteDuBinome.values)) and parcours.etat in EN_COURS,
        "sien": CoteDuBinome.STAGIAIRE in siens,
    }
