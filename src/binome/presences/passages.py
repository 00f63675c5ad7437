"""What the gestures of a presence read, refuse and write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.gestes.auteur import Maison
from binome.gestes.refus import GesteImpossible
from binome.presences.etats import MoyenDeSignature, RaisonDeCorrection, RaisonDeMiseDeCote
from binome.regles.calendrier import duree_en_clair
from binome.sessions.permissions import cotes_de_creneau
from binome.socle.nombres import lire_entier
from binome.typographie import minuscule

PAS_LA_SIENNE: Final = (
    "C’est votre propre signature : une autre personne de l’organisme dit si elle compte."
)

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur
    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.journal.models import Entree
    from binome.presences.models import Activite, Presence, Signature


def effacer(passage: Passage[Signature], _: Auteur) -> None:
    """Takes off the device of a signature; what stays says that somebody signed, and when."""
    passage.change["appareil"] = ""


def lire_un_ecart(texte: str) -> str:
    """The code of a reason to set a signature aside. Raises ValueError."""
    if texte not in RaisonDeMiseDeCote.values:
        raise ValueError("Choisissez une raison.")
    return texte


def accepter(passage: Passage[Signature], par: Auteur) -> None:
    """Takes a signature that was made after its slot froze. Raises GesteImpossible."""
    _apres_coup(passage, par)
    passage.change["raison"] = ""


def refuser(passage: Passage[Signature], par: Auteur) -> None:
    """Sets it aside, with why. Raises GesteImpossible."""
    _apres_coup(passage, par)
    passage.change["raison"] = passage.raison = passage.donnees["raison"]


def sien(acteur: Acteur) -> frozenset[int]:
    """The accounts of whoever acts: nobody says of their own signature that it counts, by another account either."""
    return frozenset(acteur.identite.comptes) | {acteur.personne.pk}


def _apres_coup(passage: Passage[Signature], par: Auteur) -> None:
    """Who hands in signatures for another only hands them in: who teaches the slot, or manages, says what counts."""
    signature = passage.objet
    if signature.moyen != MoyenDeSignature.APRES_COUP:
        raise GesteImpossible("Cette signature n’est pas faite après coup : corrigez la présence.")
    if not isinstance(par, Maison) and not cotes_de_creneau(par, signature.creneau):
        raise GesteImpossible(
            "Seule la personne qui anime ce créneau, ou la gestion de l’organisme, le dit."
        )
    if not isinstance(par, Maison) and signature.parcours.dossier.candidat_id in sien(par):
        raise GesteImpossible(PAS_LA_SIENNE)


def preciser(passage: Passage[Presence], par: Auteur) -> None:
    """Writes what is said now of a slot that is not counter-signed."""
    passage.change |= {**passage.donnees["constat"], **par_qui(par)}


def contresigner(passage: Passage[Presence], par: Auteur) -> None:
    """Writes whether the person signed: what was noted then holds."""
    passage.change |= {"signee": passage.donnees["signee"], **par_qui(par)}


def reprendre(passage: Passage[Activite], _: Auteur) -> None:
    """Writes what the person did, said again: what was evaluated is to be evaluated anew."""
    passage.change |= {
        "preuve": passage.donnees["preuve"], "rendue_le": timezone.now(), "minutes": None, "par": None,
        "evaluee_le": None,
    }  # fmt: skip


def lire_des_minutes(texte: str) -> int:
    """Minutes, out of a form. Raises ValueError."""
    lues = lire_entier(texte, chiffres=4)
    if lues is None:
        raise ValueError("Écrivez des minutes entières, comme 45.")
    return lues


def evaluer(passage: Passage[Activite], par: Auteur) -> None:
    """Credits minutes. Raises GesteImpossible beyond the declared mean."""
    minutes, duree = passage.donnees["minutes"], passage.objet.duree
    if minutes > duree:
        raise GesteImpossible(
            f"La durée déclarée est de {duree_en_clair(duree)} : on ne compte pas plus.",
            champ="minutes",
        )
    passage.change |= {
        "minutes": minutes, "evaluee_le": timezone.now(),
        "par": None if isinstance(par, Maison) else par.personne,
    }  # fmt: skip


def effacer_l_activite(passage: Passage[Activite], _: Auteur) -> None:
    """Takes off what the person wrote; the minutes stay."""
    passage.change["preuve"] = "Texte effacé"


def par_qui(par: Auteur) -> dict[str, Any]:
    """Who says it, and when, as a presence keeps it."""
    return {
        "par": None if isinstance(par, Maison) else par.personne,
        "dite_le": timezone.now(),
    }


def lire_une_raison(texte: str) -> str:
    """The code of a reason. Raises ValueError."""
    if texte not in RaisonDeCorrection.values:
        raise ValueError("Choisissez une raison.")
    return texte


def corriger(passage: Passage[Presence], _: Auteur) -> None:
    """Checks that the slot holds: before, nothing is corrected, it is noted again."""
    if passage.objet.creneau.gele_le is None:
        raise GesteImpossible(
            "Ce créneau n’est pas contresigné : notez simplement ce qui s’est passé."
        )
    passage.raison = passage.donnees["raison"]


def dit_la_correction(entree: Entree) -> str:
    """The line of the story, with why."""
    if entree.motif not in RaisonDeCorrection.values:
        return "Présence corrigée"
    return f"Présence corrigée : {minuscule(RaisonDeCorrection(entree.motif).label)}"
