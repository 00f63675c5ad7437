"""The sealed papers of presence, made when they are asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.presences.papiers_scelles import etat_scelle, feuille_scellee
from binome.presences.permissions import parcours_des_presences
from binome.sceau.a_la_demande import en_pdf
from binome.sessions.etats import EtatDeCreneau
from binome.sessions.permissions import creneau_pour, enseigne

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
def du_creneau(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The sheet of a slot, for who teaches or manages there; there is none before it is counter-signed."""
    acteur = acteur_de(request)
    creneau = creneau_pour(acteur, uid)
    siens = acteur.organisations("gestionnaire", "formateur")
    if creneau.session.organisme_id not in siens and not enseigne(acteur, creneau):
        raise PermissionDenied("Cette feuille est à l’organisme qui forme.")
    if creneau.etat != EtatDeCreneau.GELE:
        raise Http404("Ce créneau n’est pas contresigné : sa feuille n’existe pas encore.")
    return en_pdf(partial(feuille_scellee, creneau), f"presences-{creneau.uid.hex[:8]}")


@require_safe
def du_parcours(request: HttpRequest, numero: int) -> HttpResponse:
    """All the slots of a person, for them and for who trains them: nobody else reads signatures."""
    acteur = acteur_de(request)
    parcours = parcours_des_presences(acteur, numero)
    return en_pdf(partial(etat_scelle, parcours), f"etat-{parcours.dossier.reference}")
