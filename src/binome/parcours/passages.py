"""What the gestures of a path read, refuse and write."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.comptes.models import Appartenance, Organisation
from binome.comptes.roles import ORGANISME as ORGANISME_DE_FORMATION
from binome.gestes.refus import GesteImpossible
from binome.parcours.etats import RaisonDArret
from binome.pliage import plier
from binome.regles.calendrier import date_en_clair
from binome.regles.jours import lire_jour
from binome.typographie import minuscule

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from binome.gestes.auteur import Auteur
    from binome.gestes.passage import Passage
    from binome.journal.models import Entree
    from binome.parcours.models import Parcours

A_VENIR: Final = timedelta(days=62)
"""How far ahead an interruption may be said: what is typed beyond is a slip."""


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
    return jour


def dit_d_ou(une: Entree) -> str:
    """The line of a story that says what opened a path."""
    return (
        "Parcours ouvert d’après la lettre d’une décision prise hors de Binôme"
        if une.apres.get("ailleurs")
        else "Parcours ouvert par la décision"
    )


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
    """Writes since when, and why. Raises GesteImpossible for a day before the path, or far ahead."""
    raison, du = passage.donnees["raison"], passage.donnees["du"]
    ouvert = timezone.localdate(passage.objet.ouvert_le)
    if not ouvert <= du <= timezone.localdate() + A_VENIR:
        raise GesteImpossible(
            f"Donnez un jour depuis l’ouverture du parcours, le {date_en_clair(ouvert)}, et avant deux mois.",
            champ="du",
        )
    passage.change |= {"raison": raison, "du": du}
    passage.apres |= {"raison": str(raison), "du": du.isoformat()}


def reprendre(passage: Passage[Parcours], _: Auteur) -> None:
    """The interruption is over: the story keeps its days."""
    du = passage.objet.du
    if du is not None:
        passage.avant["du"] = du.isoformat()
    passage.change |= {"raison": "", "du": None}


def dit_la_reprise(une: Entree) -> str:
    """The line of a story, with the day from which it had stopped."""
    du = lire_jour(str(une.avant.get("du", "")))
    return (
        "Parcours repris"
        if du is None
        else f"Parcours repris, interrompu depuis le {date_en_clair(du)}"
    )


def effacer(passage: Passage[Parcours], par: Auteur) -> None:
    """Takes off what a path says of its person besides its modules, and ends it where it ran."""
    if passage.objet.fini_le is None:
        finir(passage, par)
    passage.change |= {"raison": "", "du": None, "entree": None}


def finir(passage: Passage[Parcours], _: Auteur) -> None:
    """Writes when it ended."""
    passage.change["fini_le"] = timezone.now()


def achever(passage: Passage[Parcours], par: Auteur) -> None:
    """Writes when it ended; an interruption is over with it."""
    finir(passage, par)
    passage.change |= {"raison": "", "du": None}


def rouvrir(passage: Passage[Parcours], _: Auteur) -> None:
    """The title that ended it was withdrawn: it runs again."""
    passage.change["fini_le"] = None


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
    if not Appartenance.objects.filter(
        organisation=trouves[0], role="gestionnaire", close_le__isnull=True
    ).exists():
        raise GesteImpossible(
            "Personne ne gère encore cet organisme dans Binôme : demandez-lui d’y entrer d’abord.",
            champ="vers",
        )
    return trouves[0]
