"""The simulator of a certification on trial: at its own address, and labelled on every page.

It asks and answers as the other does. It offers no paper, no money and no calendar: nobody may rely on it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from binome.regles.courante import base_courante, certifications
from binome.regles.metiers.annonce import phrase, postes, raisons
from binome.site.simulateur.etape import a_repondre, contexte_de_l_etape, dites
from binome.site.simulateur.hypothese import encart, lire_les_deux
from binome.site.simulateur.image import LARGEUR, dessiner
from binome.site.simulateur.parcours import lire
from binome.site.simulateur.portes import Porte
from binome.site.simulateur.resultat import changements

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.certification import Certification
    from binome.regles.metiers.positionnement import Positionnement
    from binome.regles.sources import Citation
    from binome.site.simulateur.parcours import ParcoursDeQuestions
    from binome.socle.demande import Demande


def essais() -> list[Certification]:
    """The certifications on trial."""
    return [une for une in certifications().values() if une.essai]


def _d_essai(code: str) -> Certification:
    """The certification on trial that an address names. Raises Http404 with the list."""
    connues = {une.code: une for une in essais()}
    if code not in connues:
        raise Http404(
            f"Aucune certification d’essai ne s’appelle « {code[:40]} ». Connues : {', '.join(connues)}."
        )
    return connues[code]


def _porte(certification: Certification) -> Porte:
    return Porte("essai", certification.titre, "", tiers=False)


def _sources(base: Base) -> list[Citation]:
    """Where its référentiels come from: what the label rests on."""
    return [citation for un in base.referentiels.values() for citation in un.sources]


@require_safe
def question(request: Demande, certification: str) -> HttpResponse:
    """The next question, or the way to the result when none is left. Raises Http404."""
    une = _d_essai(certification)
    parcours = lire(base_courante(certification=une.code), request.GET)
    resultat = f"{reverse('resultat-d-essai', args=[une.code])}?{parcours.requete()}"
    nom, reponse = parcours.question, parcours.reponse
    if nom is None:
        return HttpResponseRedirect(resultat)
    contexte = contexte_de_l_etape(parcours, nom, _porte(une), request) | {
        "certification": une,
        "sources_de_l_essai": _sources(parcours.base),
        "action": reverse("question-d-essai", args=[une.code]),
        "deja": reponse.genre is not None,
        "phrase": phrase(reponse, provisoire=True),
        "sources_de_la_phrase": reponse.referentiel.sources if reponse.referentiel else (),
        "resultat": resultat,
        "empreinte": parcours.base.empreinte,
    }
    return render(request, "simulateur/essai_question.html", contexte)


@require_safe
def resultat(request: Demande, certification: str) -> HttpResponse:
    """The whole answer. An address whose answers cannot be read goes back to the question."""
    une = _d_essai(certification)
    parcours, dit = lire_les_deux(request.GET, partial(lire, base_courante(certification=une.code)))
    question = reverse("question-d-essai", args=[une.code])
    if parcours.refus:
        return HttpResponseRedirect(f"{question}?{request.GET.urlencode()}")
    contexte = _contexte(parcours, une, question, dit)
    return render(request, "simulateur/essai_resultat.html", contexte)


def _contexte(
    parcours: ParcoursDeQuestions[Positionnement],
    certification: Certification,
    question: str,
    dit: ParcoursDeQuestions[Positionnement] | None,
) -> dict[str, Any]:
    reponse, porte = parcours.reponse, _porte(certification)
    adresse = reverse("resultat-d-essai", args=[certification.code])
    dites_pourquoi = raisons(reponse)
    return {
        "certification": certification,
        "sources_de_l_essai": _sources(reponse.base),
        "porte": porte,
        "hypothese": dit and encart(dit, parcours, adresse, phrase(dit.reponse)),
        "reponse": reponse,
        "phrase": phrase(reponse),
        "sources_de_la_phrase": [une for un in dites_pourquoi for une in un.citations],
        "referentiel": reponse.referentiel,
        "image": dessiner(reponse),
        "largeur": LARGEUR,
        "postes": postes(reponse),
        "raisons": dites_pourquoi,
        "alertes": [{"alerte": un, "sources": reponse.sources_de(un)} for un in reponse.alertes],
        "changements": changements(
            parcours, adresse, ((un.bascule, un.texte) for un in reponse.pour_changer)
        ),
        "faits": dites(parcours, porte, question),
        "manquants": a_repondre(parcours, porte, question, reponse.manquants),
        "empreinte": reponse.base.empreinte,
    }
