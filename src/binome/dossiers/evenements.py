"""What the journal says of dossiers, besides the gestures of their flow."""

from __future__ import annotations

from typing import Final

from binome.journal.catalogue import Evenement

EVENEMENTS: Final = (
    Evenement("dossier.rattacher", "La personne candidate suit maintenant son dossier."),
    Evenement("piece.quarantaine", "Un fichier suspect est mis à part."),
    Evenement("confirmation.faire", "Des propositions claires sont confirmées en un geste."),
    Evenement("confirmation.annuler", "Ce geste est annulé dans l’heure."),
    Evenement("decision.scellee", "La lettre d’une décision est scellée."),
    Evenement("point.tranche", "La branche tranche un point pour tous les dossiers."),
    Evenement("point.leve", "La branche lève sa position sur un point."),
    Evenement("import.ouvert", "Un tableau de candidats est reçu."),
    Evenement("import.fini", "Toutes les lignes d’un tableau sont réglées."),
    Evenement("import.abandonne", "Un import est arrêté : ce qui attendait est oublié."),
    Evenement("export", "Une liste de dossiers est emportée."),
    Evenement("rejeu.faire", "Les dossiers sont rejoués sous une autre base de règles."),
    Evenement("rejeu.oublier", "Un rejeu est effacé."),
    Evenement("conservation.prevenir", "Des personnes sont prévenues d’un effacement prochain."),
    Evenement("effacement.demander", "Une personne demande l’effacement de ses données."),
    Evenement("donnees.exporter", "Une personne emporte ses données."),
    Evenement("compte.clos", "Un compte est clos, et son identité effacée."),
    Evenement("invitation.effacee", "L’adresse d’une invitation est effacée."),
)
