"""A mail about a path: from the organisation that trains, which answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from binome.courrier.services import AMettre, cle_pour
from binome.lettres.carnet import nom_de_la_certification
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
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
    return AMettre(
        cle=cle_pour(cle, courriel),
        destinataire=courriel,
        sujet=f"Dossier {dossier.reference} : {sujet}",
        gabarit="nouvelle",
        contexte={
            "phrase": phrase,
            "suite": suite,
            "action": action,
            "adresse": adresse_entiere(reverse("suivi", args=["parcours", (page or parcours).pk])),
            "certification": nom_de_la_certification(dossier),
            "pourquoi": pourquoi,
            "demonstration": dossier.exemple,
        },
        expediteur=parcours.organisme.nom,
        ecrit_par=parcours.organisme_id,
        reference=dossier.reference,
        repondant=parcours.organisme_id,
    )
