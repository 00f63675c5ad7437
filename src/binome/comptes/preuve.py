"""What a session has proven of its person, and what it opens until the second factor is proven.

Closed by default: a session that lacks a proof its roles ask for is nobody's anywhere, but at the few
addresses named here. An address that does not exist yet is closed with the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.urls import Resolver404, resolve

from binome.comptes.coulisses import noter_une_preuve
from binome.comptes.exigence import a_prouver, manque

if TYPE_CHECKING:
    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.comptes.models import Personne


@dataclass(frozen=True)
class PreuveAFaire:
    """What a person must do before anything else: the page where it is done, and what stays open."""

    page: str
    ouvertes: frozenset[str]


POSER: Final = PreuveAFaire(
    "mfa_index",
    frozenset(
        {
            "mfa_index",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "account_reauthenticate",
            "account_logout",
        }
    ),
)
"""Who has no factor: setting one up, which asks for the password again, or leaving."""
_PROUVER: Final = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"})
PROUVER: Final = PreuveAFaire("mfa_reauthenticate", _PROUVER)
"""Who has one that this session did not prove: proving it, or leaving. Adding another stays closed, or a
password alone would be enough."""
PROUVER_PAR_CLE: Final = PreuveAFaire("mfa_reauthenticate_webauthn", _PROUVER)
"""The same, for who only has keys."""


def preuves(request: HttpRequest, personne: Personne) -> tuple[int, ...]:
    """The numbers of the factors that this session was opened or confirmed with."""
    return tuple(
        preuve["id"]
        for preuve in get_authentication_records(request, personne)
        if preuve.get("method") == "mfa" and isinstance(preuve.get("id"), int)
    )


def prouver(request: HttpRequest, personne: Personne, genre: Authenticator.Type) -> None:
    """Notes that the session has just proven the factor that it set up."""
    facteur = Authenticator.objects.filter(user=personne.pk, type=genre).order_by("-pk").first()
    if facteur is not None:
        noter_une_preuve(request, personne, facteur)


_demander_de_confirmer = reauthentication_required(lambda _: None)


def vient_de_confirmer(request: HttpRequest) -> bool:
    """Whether the person has just proven again who they are, as what cannot be undone asks."""
    try:
        _demander_de_confirmer(request)
    except ReauthenticationRequired:
        return False
    return True


def etape(acteur: Acteur) -> PreuveAFaire | None:
    """What the session still has to do; None when nothing is closed to it."""
    if not settings.SECOND_FACTEUR_EXIGE:
        return None
    if manque(acteur):
        return POSER
    if not a_prouver(acteur):
        return None
    par_code = Authenticator.objects.filter(user=acteur.personne.pk).exclude(
        type=Authenticator.Type.WEBAUTHN
    )
    return PROUVER if par_code.exists() else PROUVER_PAR_CLE


def ouverte(request: HttpRequest, ce_qui_manque: PreuveAFaire) -> bool:
    """Whether the address is one of the few that a session lacking that much may ask for."""
    try:
        return resolve(request.path_info).view_name in ce_qui_manque.ouvertes
    except Resolver404:
        return False
