"""A mail about a booklet, to one of those who write it: from the organisation that trains, its link opens the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from binome.courrier.services import AMettre, cle_pour, plier
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from binome.comptes.models import Personne
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
    courriel = plier(personne.courriel)
    return AMettre(
        cle=cle_pour(cle, courriel),
        destinataire=courriel,
        sujet=sujet,
        gabarit="nouvelle",
        contexte={
            "phrase": phrase,
            "suite": suite,
            "action": action,
            "adresse": adresse_entiere(reverse("livret", args=[parcours.pk])),
            "certification": "",
            "pourquoi": pourquoi,
            "demonstration": parcours.dossier.exemple,
        },
        expediteur=parcours.organisme.nom,
        ecrit_par=parcours.organisme_id,
        reference=parcours.dossier.reference,
        repondant=parcours.organisme_id,
    )
