"""What the page of a path shows of its booklet: the way to the week's card, to the two who fill it and to who employs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from binome.livret.etats import CoteDuBinome
from binome.livret.permissions import cotes_de_livret
from binome.livret.programme import competences_du_parcours
from binome.parcours.etats import EN_COURS

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
    """The path and whether the reader writes on its cards; None for who does not open its booklet."""
    siens = cotes_de_livret(acteur, parcours)
    if not siens or not competences_du_parcours(parcours):
        return None
    return {
        "parcours": parcours,
        "ecrit": bool(siens & set(CoteDuBinome.values)) and parcours.etat in EN_COURS,
        "sien": CoteDuBinome.STAGIAIRE in siens,
    }
