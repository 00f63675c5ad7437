"""What allauth asks of the house: no free sign-up, our letters, our factors."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import TYPE_CHECKING, Any, Final

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.messages import ERROR
from django.urls import reverse

from binome.comptes.acteur import Acteur
from binome.comptes.facteurs import FACTEURS, est_le_dernier, obligatoire
from binome.comptes.lettres import ecrire_lettre

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.http import HttpRequest

    from binome.comptes.models import Personne

FAITS: Final = {
    "account/email/password_reset": "Votre mot de passe a été remplacé.",
    "account/email/password_changed": "Votre mot de passe a été changé.",
    "account/email/password_set": "Un mot de passe a été posé sur votre compte.",
    "mfa/email/totp_activated": "Une application de codes a été ajoutée à votre compte.",
    "mfa/email/totp_deactivated": "L’application de codes a été retirée de votre compte.",
    "mfa/email/webauthn_added": "Une clé d’accès a été ajoutée à votre compte.",
    "mfa/email/webauthn_removed": "Une clé d’accès a été retirée de votre compte.",
    "mfa/email/recovery_codes_generated": "De nouveaux codes de secours ont été faits.",
}
"""What happened to an account, by the letter that allauth would send of it."""


class Comptes(DefaultAccountAdapter):
    """Accounts are only made by invitations; letters leave by the house's own door."""

    error_messages: Final = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "L’adresse ou le mot de passe ne correspond pas. "
        "Vérifiez les deux, ou demandez un nouveau mot de passe.",
        "too_many_login_attempts": "Trop d’essais manqués. Attendez cinq minutes, puis réessayez.",
        "incorrect_password": "Ce n’est pas votre mot de passe actuel.",
        "rate_limited": "Trop d’essais à la suite. Attendez une minute, puis réessayez.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth calls it so
        """Never: an account is made by accepting an invitation."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:  # noqa: ARG002
        """Not within five minutes of any proof, the sign-in's included."""
        demande = context.request
        preuves = get_authentication_records(demande, demande.user)
        return all(
            time.time() - une["at"] > app_settings.REAUTHENTICATION_TIMEOUT for une in preuves
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """One of our letters, or none."""
        if template_prefix == "account/email/password_reset_key":
            ecrire_lettre(
                email,
                "Choisir un nouveau mot de passe",
                (
                    "Quelqu’un a demandé un nouveau mot de passe pour votre compte. "
                    "Si c’est vous, choisissez-le dans les deux heures.",
                    "Sinon, ne faites rien : votre mot de passe ne change pas.",
                ),
                lien=context["password_reset_url"],
                geste="Choisir un nouveau mot de passe",
            )
        elif template_prefix in FAITS:
            ecrire_lettre(
                email,
                "La sécurité de votre compte a changé",
                (
                    FAITS[template_prefix],
                    "Si ce n’est pas vous, demandez un nouveau mot de passe et prévenez "
                    "la personne qui administre votre organisation.",
                ),
            )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Personne,
        context: dict[str, Any] | None = None,  # noqa: ARG002 - allauth calls it so
        email: str | None = None,
    ) -> None:
        """Tells the person of a change that could be someone else's."""
        self.send_mail(template_prefix, email or user.courriel, {})

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """The home page."""
        return "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """The page of the account."""
        return reverse("mfa_index")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Only refusals: what was done shows on the page."""
        niveau = args[1] if len(args) > 1 else kwargs.get("level", 0)
        if niveau >= ERROR:
            super().add_message(*args, **kwargs)


def _fernet() -> MultiFernet:
    """The keys that cover the secrets of second factors, drawn from the site's own."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    cles = (hashlib.sha256(f"second facteur:{un!s}".encode()).digest() for un in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(cle)) for cle in cles])


class SecondFacteur(DefaultMFAAdapter):
    """Secrets are kept encrypted; who must have a factor keeps the last."""

    error_messages: Final = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Ce code n’est pas le bon. Prenez celui que l’application affiche maintenant.",
        "cannot_delete_authenticator": "Votre rôle demande un second facteur, et c’est le dernier. "
        "Ajoutez-en un autre avant de retirer celui-ci.",
    }

    def encrypt(self, text: str) -> str:
        """Covers a secret; a demonstration, whose key is of the moment, keeps it readable."""
        return text if settings.DEMONSTRATION else _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Uncovers it."""
        if settings.DEMONSTRATION:
            return encrypted_text
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last factor of who must have one."""
        return not (
            authenticator.type in FACTEURS
            and obligatoire(Acteur(authenticator.user))
            and est_le_dernier(authenticator)
        )

    def generate_authenticator_name(self, user: Personne, type: Authenticator.Type) -> str:  # noqa: ARG002
        """A first name for a key."""
        return "Ma clé"

    def _get_site_name(self) -> str:
        return "Binôme"
