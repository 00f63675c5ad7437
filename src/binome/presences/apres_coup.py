"""A signature that was forgotten: made by the person once their slot is frozen, dated of that day, and proposed.

Nothing is edited: who teaches accepts it by a correction with its reason, or sets it aside with another. Alone it proves nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from binome.courrier.services import ADire, avertir_tous, cle_pour, plier
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire, naitre
from binome.presences.etats import (
    EtatDePresence,
    EtatDeSignature,
    MoyenDeSignature,
    RaisonDeCorrection,
)
from binome.presences.flows import SIGNATURES
from binome.presences.gel import corriger
from binome.presences.models import Presence, Signature
from binome.sessions.equipe import qui_peut_enseigner
from binome.sessions.etats import EtatDeCreneau, ModaliteDeCreneau
from binome.sessions.permissions import creneau_pour, enseignes_par
from binome.sessions.quand import dire_quand

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from binome.comptes.acteur import Acteur
    from binome.gestes.passage import Passage
    from binome.presences.constat import CeQuiSEstPasse


def presence_de(acteur: Acteur, uid: UUID) -> Presence:
    """What holds of a person in a slot that is counter-signed, for themselves. Raises Http404, PermissionDenied."""
    sienne = (
        Presence.objects.filter(
            creneau__uid=uid,
            parcours__dossier__candidat=acteur.personne,
            etat=EtatDePresence.EN_VIGUEUR,
        )
        .select_related("creneau__session__site", "creneau__formateur", "parcours__dossier")
        .order_by("signee", "pk")
        .first()
    )
    if sienne is None:
        creneau_pour(acteur, uid)
        raise PermissionDenied("Seule la personne qui suivait ce créneau signe après coup.")
    if acteur.soutien is not None:
        raise PermissionDenied("Seule la personne elle-même signe.")
    return sienne


def se_signe(presence: Presence | None) -> bool:
    """Whether a signature after the fact would say something: there was an hour to sign, and nothing proves it."""
    return (
        presence is not None
        and presence.etat == EtatDePresence.EN_VIGUEUR
        and not presence.signee
        and presence.creneau.etat == EtatDeCreneau.GELE
        and presence.creneau.modalite != ModaliteDeCreneau.A_DISTANCE
        and presence.parcours.fini_le is None
    )


def a_signer(presences: Iterable[Presence]) -> list[Presence]:
    """Among presences that hold, those that their person may still sign after the fact; one query, none without an hour to sign."""
    muettes = [une for une in presences if se_signe(une)]
    if not muettes:
        return []
    faites = Signature.objects.filter(
        creneau__in={une.creneau_id for une in muettes},
        parcours__in={une.parcours_id for une in muettes},
    )
    signees = set(faites.values_list("creneau", "parcours").order_by())
    return [une for une in muettes if (une.creneau_id, une.parcours_id) not in signees]


def en_attente(acteur: Acteur) -> list[Signature]:
    """The signatures made after the fact that wait for a person's answer: of the slots that they teach, or manage. Never their own."""
    gerees = acteur.organisations("gestionnaire")
    siennes = Q(creneau__in=enseignes_par(acteur)) | Q(creneau__session__organisme__in=gerees)
    return list(
        Signature.objects.filter(siennes, etat=EtatDeSignature.PROPOSEE)
        .exclude(parcours__dossier__candidat=acteur.personne)
        .select_related("creneau__session__site", "parcours__dossier")
        .order_by("signee_le", "pk")
    )


def proposer(acteur: Acteur, presence: Presence) -> Signature:
    """Signs now, for a slot that froze without the person's signature. Raises GesteImpossible, Depasse for a second one."""
    if presence.parcours.fini_le is not None:
        raise GesteImpossible("Ce parcours est terminé : rien ne s’y signe plus.")
    if not se_signe(presence):
        raise GesteImpossible("Votre présence est déjà prouvée : il n’y a rien à signer.")
    maintenant = timezone.now()
    signature = Signature(
        creneau=presence.creneau, parcours=presence.parcours,
        moyen=MoyenDeSignature.APRES_COUP, signee_le=maintenant, recue_le=maintenant, retard_d_horloge=0,
        par=acteur.personne,
    )  # fmt: skip
    try:
        with transaction.atomic():
            naitre(SIGNATURES, "proposer", [signature], acteur)
            _prevenir_qui_enseigne(signature)
    except IntegrityError:
        raise Depasse(SIGNATURES.ce_mot) from None
    return signature


def _prevenir_qui_enseigne(signature: Signature) -> None:
    """Notes for who teaches the slot that they are to say whether it counts, in the mail of the day."""
    creneau = signature.creneau
    qui, organisme = creneau.formateur, creneau.session.organisme_id
    if qui is None or (qui.pk, organisme) not in qui_peut_enseigner([organisme]):
        return
    if not qui.is_active or (qui.exemple and not settings.DEMONSTRATION):
        return
    dossier, courriel = signature.parcours.dossier, plier(qui.courriel)
    texte = (
        f"{dossier.personne} a signé après coup le créneau du {dire_quand(creneau)}. "
        "Acceptez cette signature, ou dites pourquoi non."
    )
    avis = ADire(
        cle=cle_pour(f"presences:apres_coup:{signature.pk}", courriel),
        destinataire=courriel,
        genre="apres_coup",
        texte=texte,
        reference=dossier.reference,
        adresse=reverse("presences-du-creneau", args=[creneau.uid]),
    )
    avertir_tous([avis])


def proposee(uid: UUID, numero: int) -> Signature:
    """The signature of a number that was proposed for a slot. Raises Http404."""
    une = (
        Signature.objects.filter(creneau__uid=uid, pk=numero, moyen=MoyenDeSignature.APRES_COUP)
        .select_related("creneau__session__site", "parcours__dossier", "parcours__organisme")
        .first()
    )
    if une is None:
        raise Http404("Cette signature n’existe pas.")
    return une


@transaction.atomic
def accepter(
    acteur: Acteur,
    signature: Signature,
    constat: CeQuiSEstPasse,
    *,
    version: int,
    de_la_presence: int,
) -> Passage[Presence]:
    """Takes the signature, and says again the presence that it proves: both, or neither. Raises GesteImpossible."""
    presence = (
        Presence.objects.filter(
            creneau=signature.creneau_id,
            parcours=signature.parcours_id,
            etat=EtatDePresence.EN_VIGUEUR,
        )
        .select_related("creneau__session__site", "parcours__dossier", "parcours__organisme")
        .first()
    )
    if presence is None:
        raise GesteImpossible("Rien n’est contresigné de cette personne.")
    faire(SIGNATURES, "accepter", signature, acteur, version=version)
    return corriger(
        acteur, presence, constat, RaisonDeCorrection.OUBLI, version=de_la_presence, apres_coup=True
    )


def refuser(
    acteur: Acteur, signature: Signature, raison: str, *, version: int
) -> Passage[Signature]:
    """Sets it aside, with why. Raises GesteImpossible."""
    return faire(
        SIGNATURES, "refuser", signature, acteur, version=version, donnees={"raison": raison}
    )
