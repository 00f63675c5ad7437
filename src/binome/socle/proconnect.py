"""ProConnect, the State's sign-in for professionals: a door that is shut until it is configured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from binome.reglages import declarations as donnes

if TYPE_CHECKING:
    from binome.reglages.reglage import Environnement


def proconnect(environnement: Environnement | None = None) -> dict[str, Any]:
    """The settings of the door; empty when `BINOME_PROCONNECT_EMETTEUR` is not given.

    The addresses follow from the issuer's, as its documentation gives them. That the client's name and secret
    come with it was seen before. Raises ReglageRefuse.
    """
    emetteur = donnes.PROCONNECT_EMETTEUR.lire(environnement)
    if not emetteur:
        return {}
    client = donnes.PROCONNECT_CLIENT.lire(environnement)
    secret = donnes.PROCONNECT_SECRET.lire(environnement)
    lu = urlsplit(emetteur)
    return {
        "PROCONNECT_EMETTEUR": emetteur,
        "PROCONNECT_ORIGINES": (f"{lu.scheme}://{lu.netloc}",),
        "OIDC_OP_AUTHORIZATION_ENDPOINT": f"{emetteur}/authorize",
        "OIDC_OP_TOKEN_ENDPOINT": f"{emetteur}/token",
        "OIDC_OP_USER_ENDPOINT": f"{emetteur}/userinfo",
        "OIDC_OP_JWKS_ENDPOINT": f"{emetteur}/jwks",
        "OIDC_RP_CLIENT_ID": client,
        "OIDC_RP_CLIENT_SECRET": secret,
        "OIDC_RP_SIGN_ALGO": donnes.PROCONNECT_ALGORITHME.lire(environnement) or "RS256",
        "OIDC_RP_SCOPES": "openid email siret",
        "OIDC_AUTH_REQUEST_EXTRA_PARAMS": {"acr_values": "eidas1"},
        "OIDC_CREATE_USER": False,
        "OIDC_TIMEOUT": 10,
    }
