"""What the page of a path shows of its épreuves: the next one, what is granted, and the way to the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from binome.epreuves.etats import EtatDAmenagement, EtatDePassation
from binome.epreuves.models import Amenagement, Passation
from binome.epreuves.permissions import STAGIAIRE, TUTEUR, cotes_de_lecture
from binome.epreuves.programme import blocs_du_parcours, epreuve_du_parcours
from binome.livret.permissions import cotes_de_livret
from binome.parcours.etats import EN_COURS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.gestes.volets import GesteTente
    from binome.parcours.models import Parcours


def epreuves_du_parcours(
    request: HttpRequest,  # noqa: ARG001 - what every part of a page is given
    acteur: Acteur,
    parcours: Parcours,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """The épreuves to come for who may read them; to the tutor, the way to their opinion; None for others."""
    if not blocs_du_parcours(parcours):
        return None
    siens = cotes_de_lecture(acteur, parcours)
    avis = TUTEUR in cotes_de_livret(acteur, parcours) and parcours.etat in EN_COURS
    if not siens:
        return {"parcours": parcours, "avis": True} if avis else None
    prevues = Passation.objects.filter(parcours=parcours, etat=EtatDePassation.PREVUE)
    a_venir = prevues.filter(fin__gt=timezone.now()).select_related("creneau__session__site")
    prochaine = a_venir.order_by("debut", "pk").first()
    epreuve = None if prochaine is None else epreuve_du_parcours(parcours, prochaine.epreuve)
    return {
        "parcours": parcours,
        "lit": True,
        "sien": STAGIAIRE in siens,
        "prochaine": prochaine,
        "intitule": epreuve.intitule if epreuve else "",
        "accordes": Amenagement.objects.filter(
            parcours=parcours, etat=EtatDAmenagement.ACCORDE
        ).count(),
        "avis": avis,
    }
