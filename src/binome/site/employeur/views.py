"""The pages of who becomes an employer. Every one is a GET, and keeps nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from binome.site.employeur.couts import contexte_des_couts
from binome.site.employeur.fiche import contexte_de_la_fiche
from binome.site.employeur.guide import contexte_du_guide
from binome.site.employeur.visite import PRIX, TACHE, lire_la_visite
from binome.socle.machine_a_remonter import jour_de

if TYPE_CHECKING:
    from django.http import HttpResponse

    from binome.socle.demande import Demande


@require_safe
def guide(request: Demande) -> HttpResponse:
    """Every step, from « shall I » to the first day and after, with the days of what was said."""
    visite = lire_la_visite(request.GET)
    return render(request, "employeur/guide.html", contexte_du_guide(visite, jour_de(request)))


@require_safe
def fiche(request: Demande) -> HttpResponse:
    """The job description, ticked in the catalogue of tasks."""
    visite = lire_la_visite(request.GET)
    contexte = contexte_de_la_fiche(visite.confiees) | {
        "requete": visite.requete(),
        "cachees": list(visite.paires(sans=(TACHE,))),
    }
    return render(request, "employeur/fiche.html", contexte)


@require_safe
def comparer(request: Demande) -> HttpResponse:
    """Four ways to be helped, costed over five years."""
    visite = lire_la_visite(request.GET)
    signature = visite.parcours.reponses.get("date_signature_contrat_aide", [""])[-1]
    contexte = contexte_des_couts(visite) | {
        "signature": signature or jour_de(request).isoformat(),
        "saisies": visite.saisies,
        "refus": visite.refus,
        "requete": visite.requete(),
        "cachees": list(
            visite.paires(
                sans=(*PRIX, "option_etp", "bande_activite", "date_signature_contrat_aide")
            )
        ),
    }
    return render(request, "employeur/comparer.html", contexte)
