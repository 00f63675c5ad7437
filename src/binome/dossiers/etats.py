"""The words of a dossier: its states, and what a decision may be."""

from __future__ import annotations

from django.db import models


class Etat(models.TextChoices):
    """Where a dossier stands."""

    BROUILLON = "brouillon", "Brouillon"
    DEPOSE = "depose", "Déposé"
    A_COMPLETER = "a_completer", "À compléter"
    COMPLETE = "complete", "Complété"
    PROPOSITION = "proposition", "Proposition prête"
    ARRETE = "arrete", "Décision à notifier"
    DECIDE = "decide", "Décidé"
    RECOURS = "recours", "En recours"
    CLOS = "clos", "Clos"
    AILLEURS = "hors_binome", "Positionné hors de Binôme"
    RETIRE = "retire", "Retiré"


class Nature(models.TextChoices):
    """What the branch decides."""

    ACCORDE = "accorde", "Accordé"
    RESERVE = "accorde_avec_reserve", "Accordé avec réserve"
    REFUSE = "refuse", "Refusé"


class EtatDePiece(models.TextChoices):
    """What became of a document."""

    RECUE = "recue", "Reçue"
    ACCEPTEE = "acceptee", "Acceptée"
    REFUSEE = "refusee", "Refusée"
    RETIREE = "retiree", "Retirée"


class Origine(models.TextChoices):
    """Whether a fact was only said, was proven by a document, or is an absence that the branch takes as said."""

    DECLARE = "declare", "Déclaré"
    PROUVE = "prouve", "Prouvé"
    CONSTATE = "constate", "Confirmé sans pièce"


class MotifDeRefus(models.TextChoices):
    """Why a document is refused: the catalogue that the branch chooses from."""

    ILLISIBLE = "illisible", "Le document ne se lit pas"
    INCOMPLETE = "incomplete", "Des pages manquent"
    AUTRE_PERSONNE = "autre_personne", "Le document concerne une autre personne"
    AUTRE_DOCUMENT = "autre_document", "Ce n’est pas le document demandé"
    PERIMEE = "perimee", "Le document n’est plus valable"
    NON_SIGNEE = "non_signee", "Il manque une signature, une date ou un cachet"
    CONTREDIT = "contredit", "Le document contredit ce qui est déclaré"


CONSEILS = {
    MotifDeRefus.ILLISIBLE: "Reprenez le document en photo, à plat et bien éclairé, ou numérisez-le.",
    MotifDeRefus.INCOMPLETE: "Déposez le document entier, toutes ses pages dans un même fichier.",
    MotifDeRefus.AUTRE_PERSONNE: "Déposez le document au nom de la personne de ce dossier.",
    MotifDeRefus.AUTRE_DOCUMENT: "Relisez ce qui est demandé, puis déposez ce document.",
    MotifDeRefus.PERIMEE: "Demandez un document récent à qui l’a délivré, puis déposez-le.",
    MotifDeRefus.NON_SIGNEE: "Faites signer, dater ou tamponner le document, puis déposez-le de nouveau.",
    MotifDeRefus.CONTREDIT: "Corrigez ce qui est déclaré, ou déposez un document qui le confirme.",
}
"""What to do about each reason, as the person reads it beside their document."""

OUVERTS = (
    Etat.BROUILLON,
    Etat.DEPOSE,
    Etat.A_COMPLETER,
    Etat.COMPLETE,
    Etat.PROPOSITION,
    Etat.ARRETE,
)
"""The states before a decision is notified."""
CHEZ_LA_BRANCHE = (Etat.DEPOSE, Etat.COMPLETE, Etat.PROPOSITION)
"""The states that wait for the branch."""
MONTRES = {Etat.ARRETE: Etat.PROPOSITION}
"""What is shown of a state to whoever does not read the examination: a decision is seen once notified."""
