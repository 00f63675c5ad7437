"""Which authority stamps the anchors of the journal: given by who runs the site, never invented."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from binome.reglages.declarations import HORODATAGE, HORODATAGE_RACINE

if TYPE_CHECKING:
    from binome.reglages.reglage import Environnement


def autorite_d_horodatage(environnement: Environnement | None = None) -> tuple[str, str]:
    """The authority's address (RFC 3161) and the PEM file that its stamps are verified by; empty without one.

    The file alone is enough to verify stamps of before. Raises ImproperlyConfigured.
    """
    adresse, racine = HORODATAGE.lire(environnement), HORODATAGE_RACINE.lire(environnement)
    if not adresse:
        return "", racine
    try:
        morceaux = urlsplit(adresse)
        valable = morceaux.scheme in {"http", "https"} and bool(morceaux.hostname)
    except ValueError:
        valable = False
    if not valable:
        raise ImproperlyConfigured(f"{HORODATAGE.nom} doit être une adresse http:// ou https://.")
    if not racine:
        raise ImproperlyConfigured(
            f"{HORODATAGE.nom} est donné : donnez aussi dans {HORODATAGE_RACINE.nom} le fichier PEM des certificats "
            "qui font foi pour cette autorité."
        )
    return adresse, racine
