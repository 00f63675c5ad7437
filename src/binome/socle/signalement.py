"""Where a vulnerability is reported: given by who runs the site, never invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.reglages.declarations import SECURITE_CONTACT, SECURITE_JUSQU_AU

if TYPE_CHECKING:
    from datetime import date

    from binome.reglages.reglage import Environnement


def contact_de_securite(environnement: Environnement | None = None) -> tuple[str, date | None]:
    """The contact of RFC 9116 and the last day it holds; empty without one. Raises ReglageRefuse."""
    contact = SECURITE_CONTACT.lire(environnement)
    return contact, SECURITE_JUSQU_AU.lire(environnement) if contact else None
