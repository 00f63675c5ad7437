"""Permission and fetch in one call: an organisation is only ever administered through here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.utils import timezone

from binome.comptes.models import Appartenance, Invitation, Organisation
from binome.comptes.roles import ROLES

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.acteur import Acteur


ADMINISTRANTS: Final = tuple(code for code, un in ROLES.items() if un.administre)


def qui_administrent() -> QuerySet[Appartenance]:
    """The open roles that manage an organisation, of the accounts that still open."""
    return Appartenance.objects.filter(
        role__in=ADMINISTRANTS, close_le__isnull=True, personne__is_active=True
    )


def organisation_pour(acteur: Acteur, numero: int) -> Organisation:
    """An organisation that a person administers. Raises Http404 for any other."""
    organisation = (
        Organisation.objects.filter(pk=numero).first()
        if acteur.soutien is None and numero in acteur.organisations(*ADMINISTRANTS)
        else None
    )
    if organisation is None:
        raise Http404("Cette organisation n’existe pas, ou vous ne l’administrez pas.")
    return organisation


def invitations_de(organisation: Organisation) -> QuerySet[Invitation]:
    """The invitations of an organisation that may still be taken."""
    return Invitation.objects.filter(
        organisation=organisation,
        acceptee_le__isnull=True,
        retiree_le__isnull=True,
        expire_le__gt=timezone.now(),
    ).order_by("-envoyee_le", "pk")
