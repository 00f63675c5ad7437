"""Tying a candidate to their dossier: they are invited when it is filed, and tied when they accept.

An address that is mended is a mistake mended: who was invited by it may no longer accept, and the right one
is invited when the dossier goes back to the branch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from binome.comptes.models import Invitation, Personne
from binome.comptes.services import inviter, retirer_invitation
from binome.comptes.signaux import invitation_acceptee
from binome.dossiers.models import Dossier
from binome.journal.lignes import lignes
from binome.journal.services import Fait, ecrire

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur


def inviter_le_candidat(dossier: Dossier, acteur: Acteur) -> None:
    """Invites whom the dossier is about to follow it, once; no one without an address, or tied already."""
    if not dossier.courriel or dossier.candidat_id is not None:
        return
    if not Invitation.objects.filter(dossier=dossier.reference, retiree_le__isnull=True).exists():
        inviter(dossier.courriel, acteur, dossier=dossier.reference)


def retirer_les_invitations(dossier: Dossier, acteur: Acteur) -> None:
    """Withdraws what was sent to an address that is no longer the candidate's, and that nobody took."""
    attendent = Invitation.objects.filter(
        dossier=dossier.reference, acceptee_le__isnull=True, retiree_le__isnull=True
    )
    for une in attendent.order_by("pk"):
        retirer_invitation(une, auteur=acteur.nom_au_journal)


@transaction.atomic
def rattacher(
    sender: object,  # noqa: ARG001 - a receiver
    *,
    invitation: Invitation,
    personne: Personne,
    **_: Any,
) -> None:
    """Ties the person who accepted to their dossier; the first one only."""
    if not invitation.dossier:
        return
    dossier = Dossier.objects.filter(reference=invitation.dossier, candidat__isnull=True).first()
    if dossier is None:
        return
    Dossier.objects.filter(pk=dossier.pk, candidat__isnull=True).update(candidat=personne)
    ecrire(
        Fait(
            "dossier.rattacher",
            dossier.objet,
            auteur=f"personne:{personne.pk}",
            apres={"candidat": personne.pk},
            sujet=dossier.sujet,
            lignes=lignes([dossier], "candidat"),
        )
    )


def ecouter() -> None:
    """Ties the dossier to the invitation."""
    invitation_acceptee.connect(rattacher, dispatch_uid="dossiers.rattachement")
