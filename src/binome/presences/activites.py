"""What is followed at a distance without a timetable: the person gives evidence, who teaches evaluates it and credits minutes.

Never more than the declared mean duration: the database holds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire, naitre
from binome.presences.flows import ACTIVITES
from binome.presences.models import Activite
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.socle.texte_recu import trop_long

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.sessions.models import Creneau, Inscription

PREUVE: Final = 5000
"""Characters of what a person writes of what they did."""


def celle_du(creneau: Creneau, parcours: int) -> Activite | None:
    """What a person gave for a slot."""
    siennes = Activite.objects.filter(creneau=creneau, parcours=parcours)
    return siennes.select_related("creneau__session", "parcours__dossier").first()


def rendre(
    acteur: Acteur, creneau: Creneau, inscription: Inscription, preuve: str, *, version: int
) -> Activite:
    """Gives what one did, or gives it again. Raises GesteImpossible."""
    texte = preuve.strip()
    if not texte:
        raise GesteImpossible("Écrivez ce que vous avez fait.", champ="preuve")
    if exces := trop_long(texte, PREUVE):
        raise GesteImpossible(exces, champ="preuve")
    _verifier(creneau)
    deja = celle_du(creneau, inscription.parcours_id)
    if deja is not None:
        faire(ACTIVITES, "reprendre", deja, acteur, version=version, donnees={"preuve": texte})
        return deja
    activite = Activite(
        creneau=creneau, parcours=inscription.parcours, duree=creneau.minutes, preuve=texte,
        rendue_le=timezone.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            naitre(ACTIVITES, "rendre", [activite], acteur)
    except IntegrityError:
        raise Depasse(ACTIVITES.ce_mot) from None
    return activite


def _verifier(creneau: Creneau) -> None:
    if creneau.modalite != ModaliteDeCreneau.A_DISTANCE:
        raise GesteImpossible("Ce créneau a un horaire : il se signe.")
    if creneau.etat == EtatDeCreneau.ANNULE:
        raise GesteImpossible("Ce créneau est annulé.")
    if creneau.etat == EtatDeCreneau.GELE:
        raise GesteImpossible("Ce créneau est déjà contresigné.")
    if timezone.now() < creneau.debut:
        raise GesteImpossible("Cette activité n’est pas encore ouverte.")
