"""The first page of the network: what an organisation has in it, and what the branch sees of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.reseau.echeances import echeances_de, phrase_de
from binome.reseau.etats import DE_LA_BRANCHE, EN_VIE, EtatDeFormateur
from binome.reseau.permissions import (
    appels_visibles,
    candidatures_visibles,
    conventions_visibles,
    formateurs_visibles,
    visibles,
)
from binome.reseau.volets import nom_du_departement

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MONTRES: Final = 50
"""Of a list on this page; the whole list has its own."""


@require_safe
def reseau(request: HttpRequest) -> HttpResponse:
    """The places and the trainers of an organisation, or the network as the branch reads it. Raises Http404."""
    acteur = acteur_de(request)
    if not (acteur.d_un_organisme or acteur.de_la_branche):
        raise Http404("Cette page est celle des organismes de formation et de la branche.")
    sites = list(visibles(acteur).order_by("etat", "organisme__nom", "nom", "pk")[: MONTRES + 1])
    formateurs = (
        list(
            formateurs_visibles(acteur)
            .exclude(etat=EtatDeFormateur.EFFACE)
            .order_by("nom", "prenom", "pk")[: MONTRES + 1]
        )
        if acteur.d_un_organisme
        else []
    )
    jour = timezone.localdate()
    candidatures = candidatures_visibles(acteur)
    if acteur.de_la_branche and not acteur.gere:
        candidatures = candidatures.filter(etat__in=DE_LA_BRANCHE)
    conventions = list(
        conventions_visibles(acteur).order_by("au", "pk").filter(etat__in=EN_VIE)[:MONTRES]
    )
    contexte = {
        "acteur": acteur,
        "examine": acteur.examine,
        "appels": [
            (un, un.ouvert_le(jour))
            for un in appels_visibles(acteur).order_by("-au", "-pk")[:MONTRES]
        ],
        "candidatures": list(candidatures.order_by("deposee_le", "pk")[:MONTRES]),
        "conventions": [
            (une, phrase_de(une, jour), [un.phrase for un in echeances_de(une, jour)])
            for une in conventions
        ],
        "gere": acteur.gere,
        "branche": acteur.de_la_branche,
        "sites": [(un, nom_du_departement(un.departement)) for un in sites[:MONTRES]],
        "plus_de_sites": len(sites) > MONTRES,
        "formateurs": formateurs[:MONTRES],
        "plus_de_formateurs": len(formateurs) > MONTRES,
    }
    return render(request, "reseau/accueil.html", contexte)
