"""What the room keeps of people: enrolments lean on their path, slots on who teaches them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from binome.sessions.calendriers import du_parcours
from binome.sessions.models import AbonnementAuxCreneaux, Creneau, Inscription

if TYPE_CHECKING:
    from binome.comptes.models import Personne
    from binome.dossiers.models import Dossier


def rien_de_plus(dossier: Dossier) -> None:
    """Nothing is left to take off: the end of a path takes off its enrolments, which hold codes and days."""


def archiver(dossier: Dossier) -> list[dict[str, Any]]:
    """The sessions of a dossier's paths, as the archive of its candidate tells them, with the slots of each."""
    siennes = Inscription.objects.filter(parcours__dossier=dossier).select_related(
        "session__organisme", "session__site", "parcours"
    )
    inscriptions = list(siennes.order_by("pk"))
    parcours = {une.parcours_id: une.parcours for une in inscriptions}
    creneaux = [(numero, un) for numero, sien in parcours.items() for un in du_parcours(sien)]
    return [
        {
            "organisme": une.session.organisme.nom,
            "site": une.session.site.nom,
            "debut": une.session.debut,
            "blocs": une.blocs,
            "etat": une.etat_dit,
            "inscrite_le": une.inscrite_le,
            "retiree_le": une.retiree_le,
            "raison": une.raison,
            "creneaux": [
                _en_archive(un)
                for numero, un in creneaux
                if numero == une.parcours_id and un.session_id == une.session_id
            ],
        }
        for une in inscriptions
    ]


def _en_archive(creneau: Creneau) -> dict[str, Any]:
    return {
        "debut": creneau.debut,
        "fin": creneau.fin,
        "minutes": creneau.minutes,
        "module": creneau.module,
        "etat": creneau.etat_dit,
    }


def en_archive(personne: Personne) -> list[dict[str, Any]]:
    """The slots that a person teaches, as their own archive tells them."""
    siens = Creneau.objects.filter(formateur=personne).select_related("session__organisme")
    return [
        {"organisme": un.session.organisme.nom, **_en_archive(un)}
        for un in siens.order_by("debut", "pk")
    ]


def abonnement_en_archive(personne: Personne) -> dict[str, Any]:
    """What a person chose about their slots; the address itself is kept nowhere."""
    sien = AbonnementAuxCreneaux.objects.filter(personne=personne).first()
    if sien is None:
        return {}
    return {"rappels": sien.etat_dit, "adresse_de_calendrier_ouverte": bool(sien.jeton)}
