"""A mail about a path: from the organisation that trains, which answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from binome.courrier.nouvelle import nouvelle_de
from binome.lettres.carnet import nom_de_la_certification

if TYPE_CHECKING:
    from binome.courrier.services import AMettre
    from binome.parcours.models import Parcours


def lettre_du_parcours(
    parcours: Parcours,
    *,
    cle: str,
    courriel: str,
    sujet: str,
    phrase: str,
    suite: str,
    action: str,
    pourquoi: str,
    page: Parcours | None = None,
) -> AMettre:
    """The mail to queue; `page` is the path that its link opens, the same unless said."""
    dossier = parcours.dossier
    return nouvelle_de(
        parcours.organisme,
        courriel,
        cle=cle,
        sujet=f"Dossier {dossier.reference} : {sujet}",
        phrase=phrase,
        suite=suite,
        action=action,
        page=reverse("suivi", args=["parcours", (page or parcours).pk]),
        pourquoi=pourquoi,
        exemple=dossier.exemple,
        certification=nom_de_la_certification(dossier),
        reference=dossier.reference,
    )
