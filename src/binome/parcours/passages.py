"""What the gestures of a path read, refuse and write."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.comptes.models import Organisation
from binome.comptes.roles import ORGANISME as ORGANISME_DE_FORMATION
from binome.gestes.refus import GesteImpossible
from binome.parcours.etats import RaisonDArret
from binome.pliage import plier
from binome.regles.jours import lire_jour
from binome.typographie import minuscule

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.journal.models import Entree
    from binome.parcours.models import Parcours

BORNE: Final = timedelta(days=366)
"""How far from today an interruption may begin: what is typed beyond is a slip."""


def lire_une_raison(texte: str) -> RaisonDArret:
    """A reason, out of a form. Raises ValueError."""
    if texte not in RaisonDArret.values:
        raise ValueError("Choisissez une raison de la liste.")
    return RaisonDArret(texte)


def lire_le_jour(texte: str) -> date:
    """A day, out of a form. Raises ValueError."""
    jour = lire_jour(texte)
    if jour is None:
        raise ValueError("Donnez un jour qui existe, par exemple 31/03/2027.")
    if abs(jour - timezone.localdate()) > BORNE:
        raise ValueError("Donnez un jour à moins d’un an d’aujourd’hui.")
    return jour


def dit_pourquoi(mot: str) -> Callable[[Entree], str]:
    """The line of a story with the reason, as the journal keeps it."""

    def dire(une: Entree) -> str:
        raison = une.apres.get("raison", "")
        return (
            f"{mot} : {minuscule(RaisonDArret(raison).label)}"
            if raison in RaisonDArret.values
            else mot
        )

    return dire


def interrompre(passage: Passage[Parcours], _: Auteur) -> None:
    """Writes since when, and why."""
    raison = passage.donnees["raison"]
    passage.change |= {"raison": raison, "du": passage.donnees["du"]}
    passage.apres["raison"] = str(raison)


def reprendre(passage: Passage[Parcours], _: Auteur) -> None:
    """The interruption is over: the story keeps it."""
    passage.change |= {"raison": "", "du": None}


def finir(passage: Passage[Parcours], _: Auteur) -> None:
    """Writes when it ended."""
    passage.change["fini_le"] = timezone.now()


def abandonner(passage: Passage[Parcours], par: Auteur) -> None:
    """Writes when it ended, and why."""
    finir(passage, par)
    raison = passage.donnees["raison"]
    passage.change["raison"] = raison
    passage.apres["raison"] = str(raison)


def transferer(passage: Passage[Parcours], par: Auteur) -> None:
    """Finds who goes on with it, by name or number. Raises GesteImpossible."""
    passage.donnees["organisme"] = _organisme(str(passage.donnees["vers"]), passage.objet)
    passage.apres["vers"] = passage.donnees["organisme"].pk
    finir(passage, par)
    passage.change |= {"raison": "", "du": None}


def _organisme(texte: str, parcours: Parcours) -> Organisation:
    """The training organisation of a name, or of a SIRET, among those of the same world, made up or not."""
    connus = Organisation.objects.filter(
        genre=ORGANISME_DE_FORMATION, exemple=parcours.organisme.exemple
    )
    cherche = plier(texte)
    chiffres = "".join(un for un in texte if un.isdigit())
    trouves = [
        un
        for un in connus.order_by("nom", "pk")
        if plier(un.nom) == cherche or (len(chiffres) >= 9 and un.identifiant == chiffres)
    ]
    if len(trouves) != 1:
        raise GesteImpossible(
            "Aucun organisme de Binôme n’a ce nom ni ce numéro : demandez-lui comment il est inscrit."
            if not trouves
            else "Plusieurs organismes ont ce nom : donnez son SIRET.",
            champ="vers",
        )
    if trouves[0].pk == parcours.organisme_id:
        raise GesteImpossible("Ce parcours est déjà chez cet organisme.", champ="vers")
    return trouves[0]
