"""Who reads sessions and slots, and on which side of them they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.sessions.models import Creneau, Inscription, Session

ORGANISME: Final = "organisme"
FORMATEUR: Final = "formateur"


def _gere(acteur: Acteur, organisme: int) -> bool:
    return acteur.soutien is None and organisme in acteur.organisations("gestionnaire")


def cotes_de_session(acteur: Acteur, session: Session) -> frozenset[str]:
    """Who manages the organisation acts on its sessions; not who looks through their eyes."""
    return frozenset({ORGANISME}) if _gere(acteur, session.organisme_id) else frozenset()


def cotes_de_creneau(acteur: Acteur, creneau: Creneau) -> frozenset[str]:
    """Who manages the organisation, and who teaches the slot."""
    siens = {ORGANISME} if _gere(acteur, creneau.session.organisme_id) else set()
    if acteur.soutien is None and creneau.formateur_id == acteur.personne.pk:
        siens.add(FORMATEUR)
    return frozenset(siens)


def cotes_d_inscription(acteur: Acteur, inscription: Inscription) -> frozenset[str]:
    """Who manages the organisation of the session."""
    return cotes_de_session(acteur, inscription.session)
