"""Where a vulnerability is reported: given by who runs the site, never invented."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTACT: Final = "BINOME_SECURITE_CONTACT"
JUSQU_AU: Final = "BINOME_SECURITE_JUSQU_AU"


def contact_de_securite(environ: Mapping[str, str]) -> tuple[str, date | None]:
    """The contact of RFC 9116 and the last day it holds; empty without one. Raises ImproperlyConfigured."""
    contact = environ.get(CONTACT, "").strip()
    if not contact:
        return "", None
    if not contact.startswith(("mailto:", "https://", "tel:")) or not contact.isprintable():
        raise ImproperlyConfigured(f"{CONTACT} doit commencer par mailto:, https:// ou tel:.")
    try:
        return contact, date.fromisoformat(environ.get(JUSQU_AU, "").strip())
    except ValueError:
        raise ImproperlyConfigured(
            f"{CONTACT} est donné : donnez aussi dans {JUSQU_AU} le dernier jour où il vaut (2027-06-30)."
        ) from None
