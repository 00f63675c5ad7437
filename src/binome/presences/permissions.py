"""Who signs, who counter-signs, and on which side of a slot they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.sessions.permissions import cotes_de_creneau

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.presences.models import Activite, Presence, Signature

STAGIAIRE: Final = "stagiaire"


def cotes_de_signature(acteur: Acteur, signature: Signature) -> frozenset[str]:
    """Who teaches the slot, or manages its organisation, and the person whose path it is."""
    siens = set(cotes_de_creneau(acteur, signature.creneau))
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
