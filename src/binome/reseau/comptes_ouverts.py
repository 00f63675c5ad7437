"""A trainer of the file who opens their account is the same person: their file takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.comptes.roles import ORGANISME, ROLES
from binome.comptes.signaux import invitation_acceptee
from binome.gestes.auteur import Maison
from binome.gestes.passage import Passage
from binome.gestes.services import faire_tous
from binome.reseau.etats import EtatDeFormateur
from binome.reseau.flows import FORMATEURS
from binome.reseau.models import Formateur

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.comptes.models import Invitation, Personne


def rattacher(fiches: Sequence[Formateur], compte: Personne) -> None:
    """Ties the first of some files to an account; nothing where the account is another trainer's already."""
    siennes = [Passage(un, un.version, {"compte": compte}) for un in fiches[:1]]
    faire_tous(FORMATEURS, "rattacher", siennes, Maison())


def quand_une_invitation_est_acceptee(
    sender: object,  # noqa: ARG001 - what every signal gives
    *,
    invitation: Invitation,
    personne: Personne,
    **autres: object,  # noqa: ARG001 - the same
) -> None:
    """The file of the organisation that bears the invited address, without an account so far, is theirs."""
    role = ROLES.get(invitation.role)
    if invitation.organisation_id is None or role is None or role.genre != ORGANISME:
        return
    fiches = Formateur.objects.filter(
        organisme=invitation.organisation_id,
        compte__isnull=True,
        etat=EtatDeFormateur.FORME,
        courriel__iexact=invitation.courriel,
    )
    rattacher(list(fiches.order_by("pk")[:1]), personne)


def ecouter() -> None:
    """Listens to the accounts."""
    invitation_acceptee.connect(
        quand_une_invitation_est_acceptee, dispatch_uid="reseau.comptes_ouverts"
    )
