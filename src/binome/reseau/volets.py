"""What the pages of the network show of a place, of a trainer, of an answer to a call and of a convention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from binome.formations.territoires import departements
from binome.reseau.etats import EtatDeFormateur, EtatDeSite
from binome.reseau.permissions import ORGANISME, cotes, cotes_du_formateur

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.gestes.volets import GesteTente
    from binome.reseau.models import Formateur, SiteDeFormation


def nom_du_departement(code: str) -> str:
    """The name of a département, by its code; the code itself for a territory that is none."""
    connu = departements().get(code)
    return code if connu is None else connu.nom


def site_dit(
    _: HttpRequest, acteur: Acteur, site: SiteDeFormation, __: GesteTente
) -> Mapping[str, Any]:
    """Where a place is, how many it seats, and the way to correct it."""
    return {
        "site": site,
        "departement": nom_du_departement(site.departement),
        "corrige": ORGANISME in cotes(acteur, site) and site.etat == EtatDeSite.OUVERT,
    }


def formateur_dit(
    _: HttpRequest, acteur: Acteur, un: Formateur, __: GesteTente
) -> Mapping[str, Any]:
    """What is known of who trains, and what nobody said."""
    return {
        "formateur": un,
        "corrige": ORGANISME in cotes_du_formateur(acteur, un) and un.etat == EtatDeFormateur.FORME,
    }
