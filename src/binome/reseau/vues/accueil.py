"""The first page of the network: what an organisation has in it, and what the branch sees of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.reseau.etats import EtatDeFormateur
from binome.reseau.permissions import formateurs_visibles, visibles
from binome.reseau.volets import nom_du_departement

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MONTRES = 50
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
    contexte = {
        "acteur": acteur,
        "gere": acteur.gere,
        "branche": acteur.de_la_branche,
        "sites": [(un, nom_du_departement(un.departement)) for un in sites[:MONTRES]],
        "plus_de_sites": len(sites) > MONTRES,
        "formateurs": formateurs[:MONTRES],
        "plus_de_formateurs": len(formateurs) > MONTRES,
    }
    return render(request, "reseau/accueil.html", contexte)
