"""Which authority stamps the anchors of the journal: given by who runs the site, never invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.reglages.declarations import HORODATAGE, HORODATAGE_RACINE

if TYPE_CHECKING:
    from binome.reglages.reglage import Environnement


def autorite_d_horodatage(environnement: Environnement | None = None) -> tuple[str, str]:
    """The authority's address (RFC 3161) and the PEM file that its stamps are verified by; empty without one.

    The file alone is enough to verify stamps of before. Raises ReglageRefuse.
    """
    return HORODATAGE.lire(environnement), HORODATAGE_RACINE.lire(environnement)
