"""What pages of rooms below show of titles: the page of a path, that of a jury; and what the page of a title adds to its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from binome.jurys.etats import EtatDeJury
from binome.parcours.etats import EN_COURS
from binome.titres.etats import EtatDeTitre, NatureDeTitre
from binome.titres.permissions import (
    cotes_de_titre,
    emetteurs_de_la_branche,
    partie_au,
    titres_visibles,
)
from binome.titres.preparation import (
    attendent_leur_parchemin,
    nature_du_parcours,
    natures_a_delivrer,
    pourquoi_pas,
    retire_de,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.gestes.volets import GesteTente
    from binome.jurys.models import Jury
    from binome.parcours.models import Parcours
    from binome.titres.models import Titre


def titres_du_parcours(
    request: HttpRequest,  # noqa: ARG001 - what every part of a page is given
    acteur: Acteur,
    parcours: Parcours,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """Its titles for who reads them; what may be delivered, or why not, for who delivers. None for others."""
    sien = parcours.dossier.candidat_id == acteur.personne.pk
    offres = _offres(acteur, parcours)
    if not sien and not offres:
        return None
    titres = list(titres_visibles(acteur).filter(parcours=parcours).order_by("-pk"))
    if not titres and not any(not une["empeche"] or une["attendu"] for une in offres):
        return None
    return {
        "parcours": parcours,
        "titres": titres,
        "offres": [une for une in offres if not une["empeche"] or une["attendu"]],
        "sien": sien,
    }


def _offres(acteur: Acteur, parcours: Parcours) -> list[dict[str, Any]]:
    """What a person may deliver to a path, each with what stands in the way."""
    finit_par = nature_du_parcours(parcours)
    return [
        {
            "nature": nature,
            "mot": nature.label,
            "empeche": (nature != NatureDeTitre.FAE and partie_au(acteur, parcours))
            or pourquoi_pas(parcours, nature),
            "retire": retire_de(parcours, nature),
            "attendu": nature == finit_par and parcours.etat in EN_COURS,
        }
        for nature in natures_a_delivrer(acteur, parcours)
    ]


def papiers_du_titre(
    request: HttpRequest,  # noqa: ARG001 - the same
    acteur: Acteur,
    titre: Titre,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any]:
    """Its paper, its duplicates, its badges, and where anybody verifies it."""
    blocs = {un["numero"]: un["intitule"] for un in titre.contenu.get("blocs", [])}
    return {
        "titre": titre,
        "retire": titre.etat == EtatDeTitre.REVOQUE,
        "sien": titre.parcours.dossier.candidat_id == acteur.personne.pk,
        "delivre": bool(cotes_de_titre(acteur, titre)),
        "duplicatas": list(titre.duplicatas.order_by("rang")),
        "badges": [
            {"bloc": un.bloc, "mot": blocs.get(un.bloc, "")} for un in titre.badges.order_by("bloc")
        ],
    }


def titres_a_delivrer(
    request: HttpRequest,  # noqa: ARG001 - the same
    acteur: Acteur,
    jury: Jury,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """The way to the titles of a closed jury, for who delivers them, and whether somebody there may have one now."""
    if jury.etat != EtatDeJury.CLOS or jury.branche_id not in emetteurs_de_la_branche(acteur):
        return None
    sans = attendent_leur_parchemin().filter(jury=jury).order_by("pk")
    lues = sans.select_related("parcours__dossier__branche", "parcours__organisme")
    return {
        "jury": jury,
        "attendent": any(not pourquoi_pas(une.parcours, NatureDeTitre.CQP) for une in lues),
    }
