"""The slots of a person: those that they teach, those that they follow; and those of a path."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from binome.comptes.demande import acteur_de
from binome.gestes.permissions import objet_pour
from binome.parcours.etats import EtatDeParcours
from binome.parcours.models import Parcours
from binome.parcours.permissions import cotes as cotes_du_parcours
from binome.sessions.abonnement import de_la_personne
from binome.sessions.calendriers import (
    calendrier_du_parcours,
    du_parcours,
    enseignes,
    fichier,
    fichier_de_la_personne,
    suivis,
)
from binome.sessions.etats import EtatDeCreneau, EtatDeRappelDeCreneau
from binome.sessions.pages import lignes_des_creneaux, par_mois

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from binome.comptes.acteur import Acteur
    from binome.gestes.volets import GesteTente
    from binome.sessions.models import Creneau
    from binome.sessions.pages import LigneDeCreneau

QUINZAINE: Final = timedelta(days=15)
"""Today and the fourteen days after: what a page shows at once of all that somebody teaches."""
PROCHAINS = 4
"""Slots to come that a page shows at once."""


def _a_venir(creneaux: list[Creneau]) -> list[Creneau]:
    maintenant = timezone.now()
    return [un for un in creneaux if un.fin > maintenant and un.etat != EtatDeCreneau.ANNULE]


@dataclass(frozen=True)
class CreneauxAVenir:
    """What somebody teaches or follows from today on: the fortnight, then the rest by month."""

    proches: Sequence[LigneDeCreneau]
    mois: Sequence[tuple[date, Sequence[LigneDeCreneau]]]


def _en_quinzaine(creneaux: list[Creneau]) -> CreneauxAVenir | None:
    """The slots of the coming fortnight apart from the others; None where there is none."""
    lignes = lignes_des_creneaux(creneaux)
    fin = timezone.localdate() + QUINZAINE
    proches = [une for une in lignes if une.jour < fin]
    reste = [une for une in lignes if une.jour >= fin]
    return CreneauxAVenir(proches, par_mois(reste)) if lignes else None


@require_safe
def miens(request: HttpRequest) -> HttpResponse:
    """What a person teaches and follows, from today on."""
    acteur = acteur_de(request)
    abonnement = de_la_personne(acteur)
    contexte = {
        "acteur": acteur,
        "enseignes": _en_quinzaine(_a_venir(enseignes(acteur))),
        "suivis": _en_quinzaine(_a_venir(suivis(acteur))),
        "version": abonnement.version if abonnement else 0,
        "adresse_ouverte": abonnement is not None and bool(abonnement.jeton),
        "muet": abonnement is not None and abonnement.etat == EtatDeRappelDeCreneau.MUET,
    }
    return render(request, "sessions/miens.html", contexte)


@require_safe
def calendrier(request: HttpRequest) -> HttpResponse:
    """The same as a calendar file, the past and what is cancelled included."""
    return fichier_de_la_personne(acteur_de(request))


@require_safe
def d_un_parcours(request: HttpRequest, numero: int) -> HttpResponse:
    """The slots of a path as a calendar file, for who reads it; who employs has no use of the link of a class."""
    acteur = acteur_de(request)
    _, parcours = objet_pour(acteur, "parcours", numero)
    assert isinstance(parcours, Parcours)  # noqa: S101 - for the types: the flow is that of paths
    lus = calendrier_du_parcours(parcours, entre=_entre(acteur, parcours))
    return fichier(lus, "Les créneaux du parcours")


def _entre(acteur: Acteur, parcours: Parcours) -> bool:
    """Whether a person goes in a virtual class of a path: who follows it, and who works where it is taught."""
    return (
        parcours.dossier.candidat_id == acteur.personne.pk
        or parcours.organisme_id in acteur.organisations("gestionnaire", "formateur")
    )


def au_parcours(
    request: HttpRequest,  # noqa: ARG001 - what every part of a page is given
    acteur: Acteur,
    parcours: Parcours,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """The slots to come of a path, on its page; while it is enrolled nowhere, what its organisation does next."""
    tous = du_parcours(parcours)
    if not tous:
        inscrit = parcours.etat == EtatDeParcours.OUVERT and cotes_du_parcours(acteur, parcours)
        return {"parcours": parcours, "a_inscrire": True} if inscrit else None
    a_venir = _a_venir(tous)
    return {
        "parcours": parcours,
        "lignes": lignes_des_creneaux(a_venir[:PROCHAINS]),
        "autres": max(0, len(a_venir) - PROCHAINS),
        "entre": _entre(acteur, parcours),
        "sessions": {un.session_id: un.session for un in tous}.values()
        if _entre(acteur, parcours)
        else (),
    }
