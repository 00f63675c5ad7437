"""What the gestures of the booklet read, refuse and write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from binome.gestes.auteur import Maison
from binome.gestes.refus import GesteImpossible
from binome.livret.etats import MoyenDeCarte
from binome.livret.permissions import cotes_de_signature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.livret.models import (
        AbonnementDAppareil,
        Appreciation,
        CarteScannee,
        Glissement,
        RappelDeCarte,
        SignatureDeCarte,
        Tutorat,
    )


def confirmer_les_semaines(passage: Passage[CarteScannee], _: Auteur) -> None:
    """Writes which weeks were read on it."""
    passage.change["confirmees"] = passage.donnees["confirmees"]
    passage.apres["confirmees"] = passage.donnees["confirmees"]


def ecarter_la_photo(passage: Passage[CarteScannee], _: Auteur) -> None:
    """Names its file no more: what nobody confirmed may hold a word of a patient, written by hand."""
    passage.change["fichier"] = ""


def finir(passage: Passage[Tutorat], _: Auteur) -> None:
    """Writes when it ended."""
    passage.change["fini_le"] = timezone.now()


def transmettre(passage: Passage[Glissement], _: Auteur) -> None:
    """Writes since when the branch knows."""
    passage.change["transmis_le"] = timezone.now()


def regler(passage: Passage[RappelDeCarte], _: Auteur) -> None:
    """Writes the day and the hour."""
    passage.change |= {"jour": passage.donnees["jour"], "heure": passage.donnees["heure"]}


def rappeler(passage: Passage[RappelDeCarte], _: Auteur) -> None:
    """Writes which week was recalled."""
    passage.change["derniere"] = passage.donnees["semaine"]


def oublier_l_adresse(passage: Passage[AbonnementDAppareil], _: Auteur) -> None:
    """Takes off where the device is reached: nothing leads there any more."""
    passage.change["adresse"] = ""


def effacer_la_phrase(passage: Passage[Appreciation], _: Auteur) -> None:
    """Takes off what was written, and the device; what was ticked names nobody."""
    passage.change |= {"phrase": "", "appareil": ""}


def contester(passages: Sequence[Passage[SignatureDeCarte]], par: Auteur) -> None:
    """Only who is said to have signed, otherwise than on their account, may say that they did not."""
    for passage in passages:
        signature = passage.objet
        sienne = not isinstance(par, Maison) and (
            signature.pour_id == par.personne.pk
            or (signature.pour_id is None and signature.cote in cotes_de_signature(par, signature))
        )
        if not sienne or signature.moyen == MoyenDeCarte.COMPTE:
            passage.refus = GesteImpossible("Cette signature n’est pas faite en votre nom.")
