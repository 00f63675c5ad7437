"""Which mail server, by its address."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit


def serveur_de_courrier(adresse: str) -> dict[str, Any]:
    """The Django settings of `smtp://user:password@host:587` or `smtps://…:465`.

    `smtp` asks for TLS (STARTTLS) unless the server is this machine. Its form was read with the setting.
    """
    morceaux = urlsplit(adresse)
    direct = morceaux.scheme == "smtps"
    ici = morceaux.hostname in {"localhost", "127.0.0.1", "::1"}
    return {
        "COURRIER_OUVERT": True,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": morceaux.hostname,
        "EMAIL_PORT": morceaux.port or (465 if direct else 587),
        "EMAIL_HOST_USER": unquote(morceaux.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(morceaux.password or ""),
        "EMAIL_USE_SSL": direct,
        "EMAIL_USE_TLS": not direct and not ici,
    }
