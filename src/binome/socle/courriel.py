"""Which mail server, by its address."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def serveur_de_courrier(adresse: str) -> dict[str, Any]:
    """The Django settings of `smtp://user:password@host:587` or `smtps://…:465`.

    `smtp` asks for TLS (STARTTLS) unless the server is this machine. Raises ImproperlyConfigured for
    another kind.
    """
    morceaux = urlsplit(adresse)
    if morceaux.scheme not in {"smtp", "smtps"} or not morceaux.hostname:
        raise ImproperlyConfigured(
            "BINOME_COURRIER doit être de la forme « smtp://compte:secret@serveur:587 » "
            "ou « smtps://compte:secret@serveur:465 »."
        )
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
