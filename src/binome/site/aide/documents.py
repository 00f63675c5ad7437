"""What an employer takes away: five years on paper, and their clocks in a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.agenda.ics import ics_des_echeances
from binome.impression.pdf import pdf_du_contrat
from binome.site.aide.views import lire
from binome.site.simulateur.documents import CALENDRIER, PDF, a_telecharger, cle_sans_les_jours
from binome.socle.adresse_du_site import adresse_entiere
from binome.socle.machine_a_remonter import aujourd_hui

if TYPE_CHECKING:
    from django.http import HttpResponse

    from binome.agenda.contrat_d_aide import ContratDAide
    from binome.site.simulateur.parcours import ParcoursDeQuestions
    from binome.socle.demande import Demande


def _lisible(request: Demande) -> ParcoursDeQuestions[ContratDAide]:
    parcours = lire(request.GET)
    if parcours.refus:
        raise Http404("Cette adresse ne contient pas de réponse lisible. Reprenez les questions.")
    return parcours


@require_safe
def pdf(request: Demande) -> HttpResponse:
    """Five years as a PDF. Raises Http404 when the address holds no readable answer."""
    parcours = _lisible(request)
    adresse = adresse_entiere(f"{reverse('aide-resultat')}?{parcours.requete()}")
    contenu = pdf_du_contrat(parcours.reponse, edite_le=aujourd_hui(), adresse=adresse)
    return a_telecharger(contenu, PDF, "binome-cinq-ans.pdf")


@require_safe
def calendrier(request: Demande) -> HttpResponse:
    """The clocks for any calendar program. Raises Http404 when none has a day."""
    parcours = _lisible(request)
    if not parcours.reponse.datees:
        raise Http404("Aucune échéance n’a encore de date : répondez d’abord aux questions.")
    contenu = ics_des_echeances(
        parcours.reponse.datees,
        titre="Contrat d’aide, assistant médical",
        cree_le=timezone.now(),
        cle=cle_sans_les_jours(parcours),
    )
    return a_telecharger(contenu, CALENDRIER, "binome-echeances.ics")
