"""ProConnect, the State's sign-in for professionals: a door that is shut until it is configured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Mapping


def proconnect(environ: Mapping[str, str]) -> dict[str, Any]:
    """The settings of the door; empty when `BINOME_PROCONNECT_EMETTEUR` is not given.

    The addresses follow from the issuer's, as its documentation gives them. Raises
    ImproperlyConfigured when the client's name or secret is missing, or the issuer is not in HTTPS.
    """
    emetteur = environ.get("BINOME_PROCONNECT_EMETTEUR", "").strip().rstrip("/")
    if not emetteur:
        return {}
    client = environ.get("BINOME_PROCONNECT_CLIENT", "").strip()
    secret = environ.get("BINOME_PROCONNECT_SECRET", "").strip()
    if not client or not secret:
        raise ImproperlyConfigured(
            "BINOME_PROCONNECT_EMETTEUR est donné : donnez aussi BINOME_PROCONNECT_CLIENT "
            "et BINOME_PROCONNECT_SECRET."
        )
    lu = urlsplit(emetteur)
    if lu.scheme != "https" and lu.hostname not in {"127.0.0.1", "localhost"}:
        raise ImproperlyConfigured("BINOME_PROCONNECT_EMETTEUR doit commencer par https://.")
    return {
        "PROCONNECT_EMETTEUR": emetteur,
        "PROCONNECT_ORIGINES": (f"{lu.scheme}://{lu.netloc}",),
        "OIDC_OP_AUTHORIZATION_ENDPOINT": f"{emetteur}/authorize",
        "OIDC_OP_TOKEN_ENDPOINT": f"{emetteur}/token",
        "OIDC_OP_USER_ENDPOINT": f"{emetteur}/userinfo",
        "OIDC_OP_JWKS_ENDPOINT": f"{emetteur}/jwks",
        "OIDC_RP_CLIENT_ID": client,
        "OIDC_RP_CLIENT_SECRET": secret,
        "OIDC_RP_SIGN_ALGO": environ.get("BINOME_PROCONNECT_ALGORITHME", "").strip() or "RS256",
        "OIDC_RP_SCOPES": "openid email siret",
        "OIDC_AUTH_REQUEST_EXTRA_PARAMS": {"acr_values": "eidas1"},
        "OIDC_CREATE_USER": False,
        "OIDC_TIMEOUT": 10,
    }
