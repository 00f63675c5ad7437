"""What a visitor takes away: the PDF to hand over, and the calendar file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.agenda.ics import ics
from binome.impression.pdf import pdf_du_positionnement
from binome.regles.courante import base_courante
from binome.site.simulateur.calendrier import plan_de
from binome.site.simulateur.parcours import lire
from binome.site.simulateur.portes import PORTES
from binome.socle.adresse_du_site import adresse_entiere
from binome.socle.machine_a_remonter import aujourd_hui

if TYPE_CHECKING:
    from binome.site.simulateur.parcours import ParcoursDeQuestions, R_co
    from binome.socle.demande import Demande


PDF: Final = "application/pdf"
CALENDRIER: Final = "text/calendar; charset=utf-8"


def a_telecharger(contenu: bytes, sorte: str, nom: str) -> HttpResponse:
    """A file that the browser keeps under a name."""
    reponse = HttpResponse(contenu, content_type=sorte)
    reponse.headers["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse


def cle_sans_les_jours(parcours: ParcoursDeQuestions[R_co]) -> str:
    """What tells one person's calendar from another's: every answer but the days, which may be moved."""
    dits = parcours.dossier.items()
    return "&".join(
        f"{nom}={valeur}"
        for nom, valeur in sorted(dits)
        if valeur is not None and not isinstance(valeur, date)
    )


@require_safe
def pdf(request: Demande, code: str) -> HttpResponse:
    """The answer as a PDF. Raises Http404 when the address holds no readable answer."""
    parcours = lire(base_courante(), request.GET)
    if code not in PORTES or parcours.refus:
        raise Http404("Cette adresse ne contient pas de réponse lisible. Reprenez le simulateur.")
    adresse = adresse_entiere(f"{reverse('resultat', args=[code])}?{parcours.requete()}")
    contenu = pdf_du_positionnement(
        parcours.reponse,
        edite_le=aujourd_hui(),
        adresse=adresse,
        plan=plan_de(parcours.reponse, request.GET),
        tiers=PORTES[code].tiers,
    )
    return a_telecharger(contenu, PDF, "binome-positionnement.pdf")


@require_safe
def calendrier_ics(request: Demande, code: str) -> HttpResponse:
    """The training days for any calendar program. Raises Http404 without a plan."""
    parcours = lire(base_courante(), request.GET)
    plan = plan_de(parcours.reponse, request.GET)
    if code not in PORTES or parcours.refus or plan is None:
        raise Http404("Choisissez d’abord une zone de vacances : le calendrier en dépend.")
    contenu = ics(
        plan,
        titre="Formation d’assistant médical",
        cree_le=timezone.now(),
        cle=cle_sans_les_jours(parcours),
    )
    return a_telecharger(contenu, CALENDRIER, "binome-formation.ics")
