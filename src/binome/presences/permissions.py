"""Who signs, who counter-signs, and on which side of a slot they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from django.core.exceptions import PermissionDenied

from binome.gestes.permissions import objet_pour
from binome.sessions.permissions import FORMATEUR, cotes_de_creneau

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.parcours.models import Parcours
    from binome.presences.models import Activite, Presence, Signature
    from binome.sessions.models import Creneau

STAGIAIRE: Final = "stagiaire"


def cotes_de_remise(acteur: Acteur, creneau: Creneau) -> frozenset[str]:
    """Who hands in signatures of a slot: who teaches it, who manages its organisation, and who trains there.

    A tablet may come back to the network after its trainer was replaced: what was signed on it is evidence all the same.
    """
    siens = set(cotes_de_creneau(acteur, creneau))
    if acteur.soutien is None and creneau.session.organisme_id in acteur.organisations("formateur"):
        siens.add(FORMATEUR)
    return frozenset(siens)


def cotes_de_signature(acteur: Acteur, signature: Signature) -> frozenset[str]:
    """Who hands in signatures of the slot, and the person whose path it is."""
    siens = set(cotes_de_remise(acteur, signature.creneau))
    if acteur.soutien is None and signature.parcours.dossier.candidat_id == acteur.personne.pk:
        siens.add(STAGIAIRE)
    return frozenset(siens)


def cotes_d_activite(acteur: Acteur, activite: Activite) -> frozenset[str]:
    """Who teaches the slot, or manages its organisation, and the person whose path it is."""
    siens = set(cotes_de_creneau(acteur, activite.creneau))
    if acteur.soutien is None and activite.parcours.dossier.candidat_id == acteur.personne.pk:
        siens.add(STAGIAIRE)
    return frozenset(siens)


def cotes_de_presence(acteur: Acteur, presence: Presence) -> frozenset[str]:
    """Who teaches the slot, or manages its organisation."""
    return cotes_de_creneau(acteur, presence.creneau)


def parcours_des_presences(acteur: Acteur, numero: int) -> Parcours:
    """The path of a number, for the person and for who trains them: nobody else reads signatures. Raises Http404, PermissionDenied."""
    _, objet = objet_pour(acteur, "parcours", numero)
    parcours = cast("Parcours", objet)
    sien = parcours.dossier.candidat_id == acteur.personne.pk
    if not sien and parcours.organisme_id not in acteur.organisations("gestionnaire", "formateur"):
        raise PermissionDenied("Cet état est à la personne, et à l’organisme qui la forme.")
    return parcours
