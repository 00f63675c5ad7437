"""What the desk adds to the page of a dossier: the way to its neighbours, who examines it, and what they decide."""

from __future__ import annotations

from binome.bureau.vues.acte import absences_dites, decision_a_prendre
from binome.bureau.vues.declare import declare_dit
from binome.bureau.vues.nom import nom_a_corriger
from binome.bureau.vues.suivi import prise_dite, voisins_dits
from binome.gestes.volets import ACTE, COTE, HAUT, Volet, declarer_volets


def declarer() -> None:
    """Makes them known to the page."""
    declarer_volets(
        Volet(HAUT, "espace/voisins.html", voisins_dits),
        Volet(HAUT, "espace/prise.html", prise_dite),
        Volet(ACTE, "espace/declare.html", declare_dit),
        Volet(ACTE, "espace/absences.html", absences_dites),
        Volet(ACTE, "espace/decider.html", decision_a_prendre),
        Volet(COTE, "espace/nom_a_corriger.html", nom_a_corriger),
    )
