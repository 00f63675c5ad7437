"""The letters of accounts, queued in the transaction that makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.urls import reverse

from binome.comptes.roles import ROLES
from binome.comptes.signaux import invitations_envoyees, lettre_de_compte
from binome.courrier.services import AMettre, mettre_en_file, mettre_tous_en_file
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.comptes.invitations import Envoi
    from binome.comptes.models import Invitation, Organisation


def _nom_sur(organisation: Organisation) -> str:
    """How a letter names an organisation: never by words that somebody typed in a dossier.

    They would leave under our name, towards an address that the same person chose.
    """
    return (
        organisation.nom
        if organisation.parrain_id is None
        else f"le cabinet n° {organisation.identifiant}"
    )


def ecrire(sender: object, *, envois: Sequence[Envoi], **_: Any) -> None:  # noqa: ARG001 - a receiver
    """Queues the letters; a token is nowhere else."""
    mettre_tous_en_file([_lettre(envoi.invitation, envoi.jeton) for envoi in envois])


def _lettre(invitation: Invitation, jeton: str) -> AMettre:
    organisation = invitation.organisation
    nom = "" if organisation is None else _nom_sur(organisation)
    parrain = None if organisation is None else organisation.parrain
    return AMettre(
        cle=f"invitation:{invitation.pk}",
        destinataire=invitation.courriel,
        sujet="Votre dossier sur Binôme" if organisation is None else f"Rejoindre {nom} sur Binôme",
        gabarit="invitation",
        contexte={
            "adresse": adresse_entiere(reverse("invitation", args=[jeton])),
            "organisation": nom,
            "parrain": "" if parrain is None else parrain.nom,
            "role": ROLES[invitation.role].mot.lower() if invitation.role else "",
            "dossier": invitation.dossier,
            "jusqu_au": invitation.expire_le,
        },
    )


def ecrire_au_compte(
    sender: object,  # noqa: ARG001 - a receiver
    *,
    courriel: str,
    lettre: str,
    objet: str,
    fait: str,
    adresse: str,
    **_: Any,
) -> None:
    """Queues a letter about the security of an account."""
    mettre_en_file(
        cle=f"compte:{uuid4()}",
        destinataire=courriel,
        sujet=objet,
        gabarit=lettre,
        contexte={"fait": fait, "adresse": adresse},
    )


def ecouter() -> None:
    """Ties the letters to what they tell of."""
    lettre_de_compte.connect(ecrire_au_compte, dispatch_uid="courrier.compte")
    invitations_envoyees.connect(ecrire, dispatch_uid="courrier.invitation")
