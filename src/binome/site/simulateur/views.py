"""The pages of the simulator. Every one is a GET, and keeps nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from binome.regles.courante import base_courante
from binome.regles.metiers.annonce import phrase
from binome.site.simulateur import hypothese
from binome.site.simulateur.comparer import (
    contexte_de_deux_personnes,
    contexte_de_la_comparaison,
)
from binome.site.simulateur.etape import contexte_de_l_etape
from binome.site.simulateur.hypothese import lire_les_deux
from binome.site.simulateur.parcours import lire
from binome.site.simulateur.portes import porte_de
from binome.site.simulateur.resultat import contexte_du_resultat

if TYPE_CHECKING:
    from binome.site.simulateur.portes import Porte
    from binome.socle.demande import Demande


@require_safe
def question(request: Demande, code: str) -> HttpResponse:
    """The next question, or the way to the result when none is left. Raises Http404."""
    porte = porte_de(code)
    parcours = lire(base_courante(), request.GET)
    nom = parcours.question
    resultat = f"{reverse('resultat', args=[code])}?{parcours.requete()}"
    if nom is None:
        return HttpResponseRedirect(resultat)
    reponse = parcours.reponse
    deja = reponse.voie != "indetermine"
    contexte = contexte_de_l_etape(parcours, nom, porte, request) | {
        "action": reverse("question", args=[code]),
        "deja": deja,
        "phrase": phrase(reponse, tiers=porte.tiers, provisoire=True),
        "sources_de_la_phrase": reponse.referentiel.sources if reponse.referentiel else (),
        "resultat": resultat,
        "vers_l_aide": f"{reverse('aide')}?{parcours.requete()}" if porte.aide else "",
    }
    return render(request, "simulateur/question.html", contexte)


@require_safe
def resultat(request: Demande, code: str) -> HttpResponse:
    """The whole answer. An address whose answers cannot be read goes back to the question."""
    porte = porte_de(code)
    parcours, dit = lire_les_deux(request.GET, partial(lire, base_courante()))
    if parcours.refus:
        adresse = reverse("question", args=[code])
        return HttpResponseRedirect(f"{adresse}?{request.GET.urlencode()}")
    contexte = contexte_du_resultat(parcours, porte, request, dit)
    return render(request, "simulateur/resultat.html", contexte)


@require_safe
def comparer(request: Demande, code: str) -> HttpResponse:
    """Two answers side by side: what was said and what if, or two people. Unreadable answers go back to the question."""
    porte = porte_de(code)
    if porte.tiers and request.GET.get(hypothese.PERSONNES) == hypothese.DEUX:
        return _deux_personnes(request, porte)
    parcours, dit = lire_les_deux(request.GET, partial(lire, base_courante()))
    if parcours.refus:
        return HttpResponseRedirect(f"{reverse('question', args=[code])}?{request.GET.urlencode()}")
    contexte = contexte_de_la_comparaison(dit or parcours, parcours if dit else None, porte)
    return render(request, "simulateur/comparer.html", contexte)


def _deux_personnes(request: Demande, porte: Porte) -> HttpResponse:
    base = base_courante()
    dit = lire(base, hypothese.dite(request.GET))
    if dit.refus:
        adresse = reverse("question", args=[porte.code])
        return HttpResponseRedirect(f"{adresse}?{request.GET.urlencode()}")
    autre = lire(base, hypothese.deuxieme(request.GET))
    repondu = any(nom.startswith(hypothese.SI) for nom in request.GET)
    contexte = contexte_de_deux_personnes(dit, autre, porte, repondu=repondu)
    return render(request, "simulateur/comparer.html", contexte)
