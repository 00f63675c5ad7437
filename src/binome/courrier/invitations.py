"""The letters of accounts, queued in the transaction that makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from binome.comptes.noms_de_cabinet import a_citer
from binome.comptes.roles import EMPLOYEUR, ROLES
from binome.comptes.signaux import (
    invitation_acceptee,
    invitations_envoyees,
    invitations_retirees,
    lettre_de_compte,
    role_retire,
)
from binome.courrier.models import RETIRE, Message
from binome.courrier.services import (
    COMPTE,
    INVITATION,
    AMettre,
    mettre_en_file,
    mettre_tous_en_file,
)
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.comptes.invitations import Envoi
    from binome.comptes.models import Appartenance, Invitation, Personne


def ecrire(sender: object, *, envois: Sequence[Envoi], **_: Any) -> None:  # noqa: ARG001 - a receiver
    """Queues the letters; a token is nowhere else."""
    mettre_tous_en_file([_lettre(envoi) for envoi in envois])


def _lettre(envoi: Envoi) -> AMettre:
    invitation, place = envoi.invitation, envoi.place
    organisation = invitation.organisation
    contexte = {
        "adresse": adresse_entiere(reverse("invitation", args=[envoi.jeton])),
        "jusqu_au": invitation.expire_le,
    }
    if organisation is None:
        de = "" if place.de is None else place.de.nom_sur
        quoi, annonce = f"Votre dossier {invitation.dossier}", place.annonce
        return AMettre(
            cle=f"{INVITATION}{invitation.pk}",
            destinataire=invitation.courriel,
            sujet=annonce.sujet if annonce else f"{quoi} déposé par {de}" if de else quoi,
            gabarit="invitation",
            contexte=contexte
            | {
                "dossier": invitation.dossier,
                "de": de,
                "certification": place.certification,
                "nom": place.nom,
                "attend": () if annonce else place.attend,
                "paragraphes": annonce.paragraphes if annonce else (),
            },
            expediteur=de,
            reference=invitation.dossier,
            repondant=None if place.de is None else place.de.pk,
            ecrit_par=None if place.de is None else place.de.pk,
        )
    nom, parrain = organisation.nom_sur, organisation.parrain
    invite = organisation if parrain is None else parrain
    return AMettre(
        cle=f"{INVITATION}{invitation.pk}",
        destinataire=invitation.courriel,
        sujet=f"Rejoindre {nom} sur Binôme",
        gabarit="invitation",
        contexte=contexte
        | {
            "organisation": nom,
            "parrain": "" if parrain is None else parrain.nom,
            "role": ROLES[invitation.role].mot,
            "nomme": "" if parrain is None else a_citer(organisation.nom),
            "employe": parrain is not None and invitation.role == EMPLOYEUR,
        },
        expediteur=nom if parrain is None else parrain.nom,
        repondant=invite.pk,
        ecrit_par=invite.pk,
    )


def retenir(sender: object, *, invitations: Sequence[Invitation], **_: Any) -> None:  # noqa: ARG001 - a receiver
    """A withdrawn invitation opens nothing: its letter, if it has not left, does not."""
    cles = [f"{INVITATION}{une.pk}" for une in invitations]
    Message.objects.filter(cle__in=cles, envoye_le__isnull=True).update(
        abandonne_le=timezone.now(), derniere_erreur=RETIRE
    )


def annoncer(sender: object, *, invitation: Invitation, personne: Personne, **_: Any) -> None:  # noqa: ARG001 - a receiver
    """Tells who invited to an organisation that the place is taken; a dossier says it on its page."""
    organisation = invitation.organisation
    if organisation is None or not invitation.par.is_active:
        return
    nom, mot = organisation.nom_sur, ROLES[invitation.role].mot
    la_sienne = organisation.parrain_id is None
    page = reverse("organisation", args=[organisation.pk]) if la_sienne else reverse("espace")
    mettre_en_file(
        AMettre(
            cle=f"acceptee:{invitation.pk}",
            destinataire=invitation.par.courriel,
            sujet=f"Invitation acceptée : {nom}",
            gabarit="nouvelle",
            contexte={
                "phrase": f"{personne} a accepté votre invitation. Son rôle dans {nom} : {mot}.",
                "action": "Voir les membres" if la_sienne else "Ouvrir votre espace",
                "adresse": adresse_entiere(page),
                "pourquoi": "vous avez envoyé cette invitation",
            },
        )
    )


def dire_le_retrait(sender: object, *, role: Appartenance, **_: Any) -> None:  # noqa: ARG001 - a receiver
    """Tells a person that a role was taken from them."""
    nom, mot = role.organisation.nom_sur, ROLES[role.role].mot
    mettre_en_file(
        AMettre(
            cle=f"role:{role.pk}",
            destinataire=role.personne.courriel,
            sujet=f"Votre rôle dans {nom} est retiré",
            gabarit="nouvelle",
            contexte={
                "phrase": f"Vous n’avez plus ce rôle dans {nom} : {mot}. Vos sessions sont fermées.",
                "suite": "Si c’est une erreur, parlez-en à la personne qui administre cette organisation.",
                "action": "Voir vos organisations",
                "adresse": adresse_entiere(reverse("organisations")),
                "pourquoi": f"vous aviez un rôle dans {nom}",
            },
            expediteur=nom,
        )
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
        AMettre(
            cle=f"{COMPTE}{uuid4()}",
            destinataire=courriel,
            sujet=objet,
            gabarit=lettre,
            contexte={"fait": fait, "adresse": adresse},
        )
    )


def ecouter() -> None:
    """Ties the letters to what they tell of."""
    invitations_retirees.connect(retenir, dispatch_uid="courrier.retirees")
    invitation_acceptee.connect(annoncer, dispatch_uid="courrier.acceptee")
    role_retire.connect(dire_le_retrait, dispatch_uid="courrier.role")
    lettre_de_compte.connect(ecrire_au_compte, dispatch_uid="courrier.compte")
    invitations_envoyees.connect(ecrire, dispatch_uid="courrier.invitation")
