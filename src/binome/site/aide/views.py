"""The pages of the aid contract. Every one is a GET, and keeps nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from binome.agenda.annonce import phrase
from binome.agenda.contrat_d_aide import base_du_contrat, contrat_d_aide
from binome.regles.courante import base_courante
from binome.site.aide.comparer import contexte_de_la_comparaison
from binome.site.aide.resultat import contexte_du_contrat
from binome.site.simulateur.etape import contexte_de_l_etape
from binome.site.simulateur.hypothese import lire_les_deux
from binome.site.simulateur.parcours import lire_pour
from binome.site.simulateur.portes import PORTES

if TYPE_CHECKING:
    from django.http import QueryDict

    from binome.agenda.contrat_d_aide import ContratDAide
    from binome.site.simulateur.parcours import ParcoursDeQuestions
    from binome.socle.demande import Demande

PORTE: Final = PORTES["employeur"]


def lire(requete: QueryDict) -> ParcoursDeQuestions[ContratDAide]:
    """The visit that an address holds."""
    return lire_pour(base_du_contrat(base_courante()), requete, contrat_d_aide)


@require_safe
def question(request: Demande) -> HttpResponse:
    """The next question, or the way to the five years when none is left."""
    parcours = lire(request.GET)
    nom = parcours.question
    resultat = f"{reverse('aide-resultat')}?{parcours.requete()}"
    if nom is None:
        return HttpResponseRedirect(resultat)
    un = parcours.reponse
    contexte = contexte_de_l_etape(parcours, nom, PORTE, request) | {
        "action": reverse("aide"),
        "deja": un.aide.signature is not None,
        "phrase": phrase(un),
        "sources_de_la_phrase": un.sources_des_annees,
        "resultat": resultat,
    }
    return render(request, "aide/question.html", contexte)


@require_safe
def resultat(request: Demande) -> HttpResponse:
    """Five years on one page. An address whose answers cannot be read goes back to the question."""
    parcours, dit = lire_les_deux(request.GET, lire)
    if parcours.refus:
        return HttpResponseRedirect(f"{reverse('aide')}?{request.GET.urlencode()}")
    return render(
        request, "aide/resultat.html", contexte_du_contrat(parcours, PORTE, request.GET, dit)
    )


@require_safe
def comparer(request: Demande) -> HttpResponse:
    """Two contracts side by side: what was said, and what if. Unreadable answers go back to the question."""
    parcours, dit = lire_les_deux(request.GET, lire)
    if parcours.refus:
        return HttpResponseRedirect(f"{reverse('aide')}?{request.GET.urlencode()}")
    contexte = contexte_de_la_comparaison(
        dit or parcours, parcours if dit else None, PORTE, request.GET
    )
    return render(request, "aide/comparer.html", contexte)
