"""Where a vulnerability is reported: given by who runs the site, never invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

from binome.reglages.declarations import SECURITE_CONTACT, SECURITE_JUSQU_AU

if TYPE_CHECKING:
    from datetime import date

    from binome.reglages.reglage import Environnement


def contact_de_securite(environnement: Environnement | None = None) -> tuple[str, date | None]:
    """The contact of RFC 9116 and the last day it holds; empty without one. Raises ImproperlyConfigured."""
    contact = SECURITE_CONTACT.lire(environnement)
    if not contact:
        return "", None
    if not contact.startswith(("mailto:", "https://", "tel:")) or not contact.isprintable():
        raise ImproperlyConfigured(
            f"{SECURITE_CONTACT.nom} doit commencer par mailto:, https:// ou tel:."
        )
    jusqu_au = SECURITE_JUSQU_AU.lire(environnement)
    if jusqu_au is None:
        raise ImproperlyConfigured(
            f"{SECURITE_CONTACT.nom} est donné : donnez aussi dans {SECURITE_JUSQU_AU.nom} "
            "le dernier jour où il vaut (2027-06-30)."
        )
    return contact, jusqu_au
