"""The second factor: who has one, who proved it, and which is the last."""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING, Final

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from binome.comptes.models import Personne

FACTEURS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes only stand in for one."""
OCTETS: Final = 20
"""Of an app's secret, as RFC 4226 recommends."""


def pose() -> RawSQL:
    """Asks of each role whether its person has a second factor, within the query of the roles.

    Each page of a member asks it: in SQL, since building it anew takes the framework longer than the database.
    """
    genres = ", ".join(["%s"] * len(FACTEURS))
    return _un_facteur(f"facteur.type IN ({genres})", tuple(FACTEURS))


def prouve(preuves: tuple[int, ...]) -> RawSQL:
    """Asks whether one of the proofs of a session is by a factor, or a code, that the person still has."""
    numeros = ", ".join(["%s"] * len(preuves or (0,)))
    return _un_facteur(f"facteur.id IN ({numeros})", preuves or (0,))


def _un_facteur(condition: str, valeurs: tuple[object, ...]) -> RawSQL:
    return RawSQL(  # noqa: S611 - no word of anyone in it, but as parameters
        "EXISTS (SELECT 1 FROM mfa_authenticator facteur"  # noqa: S608 - the same
        f" WHERE facteur.user_id = comptes_appartenance.personne_id AND {condition})",
        valeurs,
        BooleanField(),
    )


def est_le_dernier(facteur: Authenticator) -> bool:
    """Whether nothing else would prove the person."""
    autres = Authenticator.objects.filter(user_id=facteur.user_id, type__in=FACTEURS)
    return not autres.exclude(pk=facteur.pk).exists()


def poser_application(personne: Personne, secret: str = "") -> str:
    """Gives a made-up person an authenticator app; returns its secret. For demonstrations and tests."""
    secret = secret or base64.b32encode(secrets.token_bytes(OCTETS)).decode()
    Authenticator.objects.create(
        user=personne, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret)}
    )
    return secret
