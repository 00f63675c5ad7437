"""A mail about a booklet, to one of those who write it: from the organisation that trains, its link opens the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from binome.courrier.nouvelle import nouvelle_de
from binome.courrier.services import plier

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from binome.courrier.services import AMettre
    from binome.parcours.models import Parcours


def lettre_du_livret(
    parcours: Parcours,
    personne: Personne,
    *,
    cle: str,
    sujet: str,
    phrase: str,
    suite: str,
    action: str,
    pourquoi: str,
) -> AMettre:
    """The mail to queue, once by its `cle`."""
    return nouvelle_de(
        parcours.organisme,
        plier(personne.courriel),
        cle=cle,
        sujet=sujet,
        phrase=phrase,
        suite=suite,
        action=action,
        page=reverse("livret", args=[parcours.pk]),
        pourquoi=pourquoi,
        exemple=parcours.dossier.exemple,
        reference=parcours.dossier.reference,
    )
