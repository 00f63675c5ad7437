"""What the page of a path shows of the passeport: the civil status to complete, then that the certificate is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.parcours.etats import EN_COURS
from binome.passeport.etats import EtatDeDeclaration, EtatDeFiche
from binome.passeport.fiches import fiche_de
from binome.passeport.models import PassageADeclarer
from binome.passeport.permissions import SOI, cotes_du_dossier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.gestes.volets import GesteTente
    from binome.parcours.models import Parcours

RETIRES: Final = (
    EtatDeDeclaration.A_SUPPRIMER,
    EtatDeDeclaration.SUPPRIMEE,
    EtatDeDeclaration.ANNULEE,
)
"""The states of a title that holds no more: no civil status is asked for it."""


def passeport_du_parcours(
    request: HttpRequest,  # noqa: ARG001 - what every part of a page is given
    acteur: Acteur,
    parcours: Parcours,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """The way to the civil status, for who may complete it, while it serves; where the declaration stands once certified."""
    if parcours.dossier.anonyme_le is not None:
        return None
    cotes = cotes_du_dossier(acteur, parcours.dossier)
    if not cotes:
        return None
    passage = PassageADeclarer.objects.filter(titre__parcours=parcours).order_by("pk").last()
    if passage is None and parcours.etat not in EN_COURS:
        return None
    retire = passage is not None and passage.etat in RETIRES
    fiche = fiche_de(parcours.dossier)
    return {
        "parcours": parcours,
        "sien": SOI in cotes,
        "fiche": fiche,
        "manque": fiche is None or fiche.etat != EtatDeFiche.COMPLETE,
        "a_corriger": fiche is not None and fiche.etat == EtatDeFiche.A_CORRIGER,
        "passage": passage,
        "retire": retire,
        "annule": passage is not None and passage.etat == EtatDeDeclaration.ANNULEE,
        "au_passeport": passage is not None and passage.etat == EtatDeDeclaration.ACCEPTEE,
    }
