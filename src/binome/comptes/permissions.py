"""Permission and fetch in one call: an organisation is only ever administered through here, a branch's pages opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.utils import timezone

from binome.comptes.demande import acteur_de
from binome.comptes.models import Appartenance, Invitation, Organisation
from binome.comptes.roles import ROLES
from binome.regles.courante import certifications, code_par_defaut

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

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


def acteur_de_la_branche(request: HttpRequest) -> Acteur:
    """Who asks, when they work for the branch of the certification by default. Raises Http404.

    Replays are of its rules.
    """
    return certification_de_la_branche(request, code_par_defaut())[0]


def certification_de_la_branche(
    request: HttpRequest, certification: str = ""
) -> tuple[Acteur, str, tuple[str, ...]]:
    """Who asks, a certification of their branch, and all those that it delivers; the one named, else the first.

    Raises Http404 for who does not work for a branch that delivers it.
    """
    acteur = acteur_de(request)
    siennes = tuple(code for code in certifications() if code in acteur.certifications())
    choisie = certification or next(iter(siennes), "")
    if choisie not in siennes:
        raise Http404("Cette page est celle de la branche.")
    return acteur, choisie, siennes
