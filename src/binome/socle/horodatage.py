"""Which authority stamps the anchors of the journal: given by who runs the site, never invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Mapping

ADRESSE: Final = "BINOME_HORODATAGE"
RACINE: Final = "BINOME_HORODATAGE_RACINE"


def autorite_d_horodatage(environ: Mapping[str, str]) -> tuple[str, str]:
    """The authority's address (RFC 3161) and the PEM file that its stamps are verified by; empty without one.

    The file alone is enough to verify stamps of before. Raises ImproperlyConfigured.
    """
    adresse, racine = environ.get(ADRESSE, "").strip(), environ.get(RACINE, "").strip()
    if not adresse:
        return "", racine
    try:
        morceaux = urlsplit(adresse)
        valable = morceaux.scheme in {"http", "https"} and bool(morceaux.hostname)
    except ValueError:
        valable = False
    if not valable:
        raise ImproperlyConfigured(f"{ADRESSE} doit être une adresse http:// ou https://.")
    if not racine:
        raise ImproperlyConfigured(
            f"{ADRESSE} est donné : donnez aussi dans {RACINE} le fichier PEM des certificats "
            "qui font foi pour cette autorité."
        )
    return adresse, racine
