"""What allauth asks of the house: no free sign-up, our letters, our factors."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.urls import reverse

from binome.comptes.acteur import Acteur
from binome.comptes.exigence import obligatoire
from binome.comptes.facteurs import FACTEURS, est_le_dernier
from binome.comptes.signaux import lettre_de_compte
from binome.comptes.tentatives import Tentative
from binome.socle.adresse_reseau import adresse_comptee

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.http import HttpRequest

    from binome.comptes.models import Personne

LETTRES: Final = {
    "account/email/password_reset": ("securite", "", "Votre mot de passe a été remplacé."),
    "account/email/password_changed": ("securite", "", "Votre mot de passe a été changé."),
    "account/email/password_set": ("securite", "", "Un mot de passe a été posé sur votre compte."),
    "mfa/email/totp_activated": ("securite", "", "Une application de codes a été ajoutée."),
    "mfa/email/totp_deactivated": ("securite", "", "Votre application de codes a été retirée."),
    "mfa/email/webauthn_added": ("securite", "", "Une clé d’accès a été ajoutée."),
    "mfa/email/webauthn_removed": ("securite", "", "Une clé d’accès a été retirée."),
    "mfa/email/recovery_codes_generated": (
        "securite",
        "",
        "De nouveaux codes de secours ont été faits.",
    ),
}
"""The letters of allauth that we send: which of ours, its object, and what happened."""


class Comptes(DefaultAccountAdapter):
    """Accounts are only made by invitations; letters leave by the house's own door."""

    error_messages: Final = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "L’adresse ou le mot de passe ne correspond pas. "
        "Vérifiez les deux, ou demandez un nouveau mot de passe.",
        "too_many_login_attempts": "Trop d’essais manqués. Attendez cinq minutes, puis réessayez. "
        "Une clé d’accès ouvre sans attendre, si vous en avez une.",
        "incorrect_password": "Ce n’est pas votre mot de passe actuel.",
        "rate_limited": "Trop d’essais à la suite. Attendez une minute, puis réessayez.",
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the attempt before the password is looked at."""
        compte = str(credentials.get("email") or f"personne:{request.user.pk}").lower()
        self._essai = Tentative(request, compte)
        if not self._essai.commencer():
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """allauth calls it when the password was right."""
        self._essai.reussir()

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that limits count."""
        return adresse_comptee(str(request.META.get("REMOTE_ADDR", "")))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page of security, which says that it was done."""
        messages.success(
            request, "Votre mot de passe est changé. Vos autres sessions sont fermées."
        )
        return reverse("mfa_index")

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth calls it so
        """Never: an account is made by accepting an invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:  # noqa: ARG002
        """Tells the room of the mails, which queues one of our letters; or nothing."""
        if template_prefix not in LETTRES:
            return
        lettre, objet, fait = LETTRES[template_prefix]
        lettre_de_compte.send(
            Comptes,
            courriel=email,
            lettre=lettre,
            objet=objet or "La sécurité de votre compte a changé",
            fait=fait,
            adresse="",
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Personne,
        context: dict[str, Any] | None = None,  # noqa: ARG002 - allauth calls it so
        email: str | None = None,
    ) -> None:
        """Tells the person of a change that could be someone else's."""
        self.send_mail(template_prefix, email or user.courriel, {"user": user})


def _fernet() -> MultiFernet:
    """The keys that cover the secrets of second factors, drawn from the site's own."""
    secrets = (str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS))
    cles = (hashlib.sha256(f"second facteur:{un}".encode()).digest() for un in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(cle)) for cle in cles])


class SecondFacteur(DefaultMFAAdapter):
    """Secrets are kept encrypted; who must have a factor keeps the last."""

    error_messages: Final = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Ce code n’est pas le bon. Prenez celui que l’application affiche maintenant, "
        "ou un code de secours qui n’a pas encore servi.",
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
