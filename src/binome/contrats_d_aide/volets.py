"""What the page of a contract shows above its gestures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from binome.contrats_d_aide import vie_lue
from binome.contrats_d_aide.etats import (
    ARRETES,
    JAMAIS_SIGNES,
    OUVERTS,
    EtatDeContrat,
    GenreDeContrat,
)
from binome.contrats_d_aide.evenements_dits import SE_RECTIFIENT
from binome.contrats_d_aide.flows import VIVANTS
from binome.contrats_d_aide.permissions import COTE_CABINET, COTE_CAISSE, cotes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.contrats_d_aide.models import Contrat
    from binome.gestes.volets import GesteTente


def le_contrat(
    request: HttpRequest,  # noqa: ARG001 - what every part of a page is given
    acteur: Acteur,
    contrat: Contrat,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """What is due next, the money, the people, the objectives, what happened."""
    tenus = vie_lue.postes_de([contrat.pk])
    siens = cotes(acteur, contrat)
    agit, ecrit = bool(siens), COTE_CABINET in siens
    suites = list(
        contrat.suivants.exclude(etat=EtatDeContrat.ABANDONNE)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return {
        "contrat": contrat,
        "collectif": contrat.genre == GenreDeContrat.COLLECTIF,
        "viennent": vie_lue.ce_qui_vient(contrat),
        "argent": vie_lue.argent_du_contrat(contrat),
        "postes": [{"poste": un, "nom": nom} for un, nom in tenus],
        "parts": vie_lue.parts_du_contrat(contrat, tenus),
        "medecins": vie_lue.medecins_du_contrat(contrat),
        "objectifs": vie_lue.objectifs_du_contrat(contrat),
        "evenements": vie_lue.evenements_du_contrat(contrat, tenus),
        "precedent": contrat.precedent_id,
        "suites": suites,
        "compte": contrat.medecin_id
        if COTE_CAISSE in siens and contrat.etat not in JAMAIS_SIGNES
        else None,
        "modifie": ecrit and contrat.etat == EtatDeContrat.PREPARE,
        "vivant": agit and contrat.etat in VIVANTS,
        "note": agit and contrat.etat in (*OUVERTS, EtatDeContrat.FINI),
        "renouvelle": ecrit and contrat.etat in (*OUVERTS, EtatDeContrat.FINI) and not suites,
        "se_rectifient": [str(un.value) for un in SE_RECTIFIENT],
        "clos": contrat.etat in ARRETES,
    }
