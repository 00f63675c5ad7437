"""The pages of the simulator. Every one is a GET, and keeps nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from binome.regles.annonce import phrase
from binome.regles.courante import base_courante
from binome.site.simulateur.parcours import Parcours, lire
from binome.site.simulateur.portes import PORTES, Porte
from binome.site.simulateur.questions import INCONNU, poser
from binome.site.simulateur.resultat import contexte_du_resultat
from binome.socle.machine_a_remonter import jour_de

if TYPE_CHECKING:
    from binome.socle.demande import Demande


ENTREE = "date_entree"
"""Asked with the day of the page already in place: a visitor of the past enters in the past."""


def _porte(code: str) -> Porte:
    if code not in PORTES:
        raise Http404(f"Le simulateur n’a pas d’entrée « {code[:40]} ».")
    return PORTES[code]


def _dites(parcours: Parcours) -> list[dict[str, str]]:
    """What was answered, each with the address that asks it again."""
    faits = parcours.base.faits
    return [
        {
            "libelle": faits[nom].libelle,
            "valeur": "vous ne savez pas"
            if dits == [INCONNU]
            else faits[nom].en_mots(parcours.dossier[nom]),
            "changer": f"?{parcours.requete(question=nom)}",
        }
        for nom, dits in parcours.reponses.items()
    ]


@require_safe
def question(request: Demande, code: str) -> HttpResponse:
    """The next question, or the way to the result when none is left. Raises Http404."""
    porte = _porte(code)
    parcours = lire(base_courante(), request.GET)
    nom = parcours.question
    if nom is None:
        adresse = reverse("resultat", args=[code])
        return HttpResponseRedirect(f"{adresse}?{parcours.requete()}")
    fait = parcours.base.faits[nom]
    saisies = request.GET.getlist(nom)
    if nom == ENTREE and not saisies:
        saisies = [jour_de(request).isoformat()]
    derniere = parcours.derniere
    contexte = {
        "porte": porte,
        "question": poser(fait, porte, saisies, parcours.refus.get(nom, "")),
        "cachees": [
            (cle, valeur)
            for cle, dits in parcours.reponses.items()
            if cle != nom
            for valeur in dits
        ],
        "dites": _dites(parcours),
        "retour": f"?{parcours.requete(question=derniere)}" if derniere else "",
        "sauter": f"?{parcours.requete(sans=nom, **{nom: INCONNU})}",
        # After a swap the focus follows; on a whole page it stays where the browser puts it.
        "par_morceau": "HX-Request" in request.headers,
        "rang": len([un for un in parcours.reponses if un != nom]) + 1,
        "reponse": parcours.reponse,
        "phrase": phrase(parcours.reponse, tiers=porte.tiers, provisoire=True),
        "deja": parcours.reponse.voie != "indetermine",
        "resultat": f"{reverse('resultat', args=[code])}?{parcours.requete()}",
    }
    return render(request, "simulateur/question.html", contexte)


@require_safe
def resultat(request: Demande, code: str) -> HttpResponse:
    """The whole answer. An address whose answers cannot be read goes back to the question."""
    porte = _porte(code)
    parcours = lire(base_courante(), request.GET)
    if parcours.refus:
        adresse = reverse("question", args=[code])
        return HttpResponseRedirect(f"{adresse}?{request.GET.urlencode()}")
    contexte = contexte_du_resultat(parcours, porte, request)
    return render(request, "simulateur/resultat.html", contexte)
