"""What a passkey answers, which anyone may write: an answer that cannot be read is a wrong one, in words."""

from __future__ import annotations

import struct
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as cles
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.core.exceptions import ValidationError

CARACTERES: Final = 20_000
"""Of an answer; a real one has two thousand."""
ILLISIBLE: Final = (
    ArithmeticError,
    AttributeError,
    InvalidSignature,
    LookupError,
    RecursionError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
    struct.error,
)
"""What the reading of a made-up answer may raise."""


class ChampDeReponse(forms.JSONField):
    """JSON, neither long nor deep."""

    def to_python(self, value: Any) -> Any:
        """The object. Raises ValidationError."""
        try:
            if len(value or "") > CARACTERES:
                raise get_adapter().validation_error("incorrect_code")
            return super().to_python(value)
        except (RecursionError, ValueError):  # too deep, or a number of too many figures
            raise get_adapter().validation_error("incorrect_code") from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the form shows again: nothing, when it cannot be read."""
        try:
            return super().bound_data(data, initial)
        except (RecursionError, ValueError):
            return None


class Lisible(forms.Form):
    """Reads `credential`, whatever it holds."""

    credential = ChampDeReponse(required=True, widget=forms.HiddenInput)

    def clean_credential(self) -> Any:
        """The factor that answered. Raises ValidationError."""
        try:
            return super().clean_credential()  # type: ignore[misc] # the stub does not tell the parent
        except ValidationError:
            raise
        except ILLISIBLE:
            raise get_adapter().validation_error("incorrect_code") from None


class SecondFacteurParCle(Lisible, cles.AuthenticateWebAuthnForm):
    """After the password."""


class ConnexionParCle(Lisible, cles.LoginWebAuthnForm):
    """Alone."""


class NouvellePreuveParCle(Lisible, cles.ReauthenticateWebAuthnForm):
    """Again, before what changes the account."""
