"""What the desk adds to the page of a dossier: the way to its neighbours, and who examines it."""

from __future__ import annotations

from binome.bureau.vues.suivi import prise_dite, voisins_dits
from binome.gestes.volets import HAUT, Volet, declarer_volets


def declarer() -> None:
    """Makes them known to the page."""
    declarer_volets(
        Volet(HAUT, "espace/voisins.html", voisins_dits),
        Volet(HAUT, "espace/prise.html", prise_dite),
    )
