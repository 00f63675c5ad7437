"""What the gestures of épreuves read, refuse and write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from binome.epreuves.etats import D_ABSENCE, D_ANNULATION, RaisonDePassation
from binome.gestes.refus import GesteImpossible

if TYPE_CHECKING:
    from collections.abc import Callable

    from binome.epreuves.models import (
        Amenagement,
        Grille,
        Passation,
        VerdictDeCompetence,
    )
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.journal.models import Entree

DEPLACEES = ("creneau", "debut", "fin", "parties", "evaluateurs", "evaluateur", "second")
"""What another plan of an attempt changes."""


def _lire(parmi: tuple[RaisonDePassation, ...]) -> Callable[[str], object]:
    def lire(texte: str) -> object:
        if texte not in parmi:
            raise ValueError("Choisissez une raison de la liste.")
        return RaisonDePassation(texte)

    return lire


lire_l_absence = _lire(D_ABSENCE)
lire_l_annulation = _lire(D_ANNULATION)


def deplacer(passage: Passage[Passation], _: Auteur) -> None:
    """Writes another slot, other hours, other evaluators: who was convoked is to be again."""
    for nom in DEPLACEES:
        if nom in passage.donnees:
            passage.change[nom] = passage.donnees[nom]
    if {"creneau", "debut", "fin"} & passage.change.keys():
        passage.change["convoquee_le"] = None


def passer(passage: Passage[Passation], _: Auteur) -> None:
    """Gives a place that nobody was named to, to who filled a grid."""
    for nom in ("evaluateur", "second"):
        if nom in passage.donnees:
            passage.change[nom] = passage.donnees[nom]


def motiver(passage: Passage[Passation], _: Auteur) -> None:
    """Writes why, a code of its list."""
    raison = passage.donnees["raison"]
    passage.change["raison"] = passage.apres["raison"] = str(raison)


def retablir(passage: Passage[Passation], _: Auteur) -> None:
    """Takes off why: the person was there."""
    passage.change["raison"] = ""


def fin_du_parcours(passage: Passage[Passation], _: Auteur) -> None:
    """Says that the path is over."""
    passage.change["raison"] = passage.apres["raison"] = str(RaisonDePassation.FIN)


def convoquer(passage: Passage[Passation], _: Auteur) -> None:
    """Writes when who is convoked was told."""
    if passage.objet.creneau_id is None:
        raise GesteImpossible("Choisissez d’abord le créneau de cette épreuve.")
    passage.change["convoquee_le"] = timezone.now()


def retirer(passage: Passage[Amenagement], _: Auteur) -> None:
    """Writes since when a measure is no longer granted."""
    passage.change["retire_le"] = timezone.now()


def effacer_la_precision(passage: Passage[Amenagement], _: Auteur) -> None:
    """Takes off what was typed of a measure."""
    passage.change["precision"] = ""


def effacer_l_appareil(passage: Passage[Grille], _: Auteur) -> None:
    """Takes off the number of the device."""
    passage.change["appareil"] = ""


def effacer_l_observation(passage: Passage[VerdictDeCompetence], _: Auteur) -> None:
    """Takes off what was observed: the verdict names nobody."""
    passage.change["observation"] = ""


def effacer_l_avis(passage: Passage[Any], _: Auteur) -> None:
    """The same, of a tutor's opinion."""
    passage.change["observation"] = ""


def dit_la_raison(entree: Entree, debut: str) -> str:
    """The line of a story, with why."""
    code = entree.apres.get("raison", "")
    raison = dict(RaisonDePassation.choices).get(code, "")
    return f"{debut} : {str(raison)[:1].lower()}{str(raison)[1:]}" if raison else debut
