"""The plain pages: home, time machine, sources, legal notices, components."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from binome.habillage.ancres import ancre
from binome.habillage.sigles import lexique
from binome.pliage import plier
from binome.regles.courante import base_courante
from binome.regles.jours import lire_jour
from binome.site.erreurs import demande_invalide
from binome.site.grille import grille
from binome.site.questions_courantes import questions_du_jour
from binome.site.simulateur.autres import essais
from binome.site.simulateur.portes import PORTES
from binome.socle.machine_a_remonter import jour_de

if TYPE_CHECKING:
    from binome.socle.demande import Demande


REGLES_FACILES: Final = (
    "prerequis.40913.niveau-4",
    "prerequis.40913.secretaire-un-an",
    "entree.employeur",
    "dispense.40913.secretaire",
    "exercice.diplome-soignant",
    "formalite.pdc.avance",
)
"""The rules that the easy page says."""
ANNEES = range(2018, 2100)
"""The years that the time machine reaches."""


@require_safe
def accueil(request: Demande) -> HttpResponse:
    """The home page: three doors, and what one asks first."""
    contexte = {
        "portes": PORTES.values(),
        "essais": essais(),
        "courantes": questions_du_jour(jour_de(request)),
    }
    return render(request, "pages/accueil.html", contexte)


@require_safe
def remonter(request: Demande) -> HttpResponse:
    """From the date form to the address that holds the date; 400 for what is not a day."""
    chemin = request.GET.get("chemin", "/")
    if not url_has_allowed_host_and_scheme(chemin, allowed_hosts=None) or not chemin.startswith(
        "/"
    ):
        chemin = "/"
    texte = request.GET.get("jour", "")
    if not texte:
        return HttpResponseRedirect(chemin)
    jour = lire_jour(texte)
    if jour is None or jour.year not in ANNEES:
        return demande_invalide(
            request,
            BadRequest(
                f"« {texte[:20]} » n’est pas une date entre 2018 et 2099. Choisissez un jour."
            ),
        )
    return HttpResponseRedirect(f"/au/{jour.isoformat()}{chemin}")


@require_safe
def donnees_personnelles(request: Demande) -> HttpResponse:
    """What is kept about a visitor: nothing."""
    return render(request, "pages/donnees_personnelles.html")


@require_safe
def a_propos(request: Demande) -> HttpResponse:
    """What Binôme is, its licence, and whose work it uses."""
    return render(request, "pages/a_propos.html")


@require_safe
def facile(request: Demande) -> HttpResponse:
    """What matters in easy words, and the rules that it says."""
    regles = base_courante().entiere.regles
    citations = [un for nom in REGLES_FACILES for un in regles[nom].sources]
    return render(request, "pages/facile.html", {"citations": citations})


@require_safe
def mentions(request: Demande) -> HttpResponse:
    """Who publishes the site and how to write to them, as whoever runs it says."""
    contexte = {
        "editeur": settings.EDITEUR,
        "hebergeur": settings.HEBERGEUR,
        "contact": settings.CONTACT,
    }
    return render(request, "pages/mentions.html", contexte)


@require_safe
def accessibilite(request: Demande) -> HttpResponse:
    """What is verified for everyone to read the site, and what is not."""
    return render(request, "pages/accessibilite.html", {"grille": grille()})


@require_safe
def mots(request: Demande) -> HttpResponse:
    """The words of the field, each at its own address."""
    dits = sorted(lexique().items(), key=lambda un: plier(un[0]))
    contexte = {"mots": [{"mot": mot, "ancre": ancre(mot), "dit": dit} for mot, dit in dits]}
    return render(request, "pages/mots.html", contexte)
