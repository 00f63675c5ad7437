"""What the gestures of a session and of an enrolment read, refuse and write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone

from binome.gestes.auteur import Maison
from binome.gestes.passage import Passage
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire_par_la_maison, faire_tous
from binome.gestes.table import Champ
from binome.sessions.conflits import conflits, en_phrases
from binome.sessions.convention import hors_convention
from binome.sessions.etats import (
    EtatDeCreneau,
    EtatDeSession,
    EtatDInscription,
    RaisonDAnnulation,
    RaisonDeRetrait,
)
from binome.sessions.models import Creneau, Inscription
from binome.sessions.places import places_des
from binome.socle.nombres import lire_entier
from binome.typographie import minuscule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.gestes.auteur import Auteur
    from binome.gestes.table import Flux
    from binome.journal.models import Entree
    from binome.sessions.models import Session

PLACES: Final = 500
"""Seats of a session, at most: more is a slip of the hand."""
TROIS: Final = 3


def lire_la_capacite(texte: str) -> int:
    """Seats, out of a form. Raises ValueError."""
    nombre = lire_entier(texte, chiffres=4)
    if nombre is None or not 1 <= nombre <= PLACES:
        raise ValueError(f"Donnez un nombre de places, de 1 à {PLACES}.")
    return nombre


def lire_un_retrait(texte: str) -> RaisonDeRetrait:
    """A reason, out of a form. Raises ValueError."""
    if texte not in RaisonDeRetrait.values or texte == RaisonDeRetrait.ANNULATION:
        raise ValueError("Choisissez une raison de la liste.")
    return RaisonDeRetrait(texte)


REGLER: Final = (
    Champ("capacite", "Nombre de places", "Donnez le nombre de places.", lire=lire_la_capacite),
    Champ("places_annoncees", "Annoncer les places libres dans l’annuaire public"),
)
RETRAIT: Final = Champ(
    "raison", "Pourquoi", "Choisissez une raison.", lire=lire_un_retrait,
    choix=tuple((str(un.value), str(un.label)) for un in RaisonDeRetrait if un != RaisonDeRetrait.ANNULATION),
)  # fmt: skip
MALGRE: Final = Champ("malgre", "Publier malgré ces conflits")
SANS_CONVENTION: Final = Champ(
    "sans_convention", "Publier sans convention pour ces jours, ou ce site"
)


def lire_une_annulation(texte: str) -> RaisonDAnnulation:
    """A reason, out of a form. Raises ValueError."""
    if texte not in RaisonDAnnulation.values:
        raise ValueError("Choisissez une raison de la liste.")
    return RaisonDAnnulation(texte)


ANNULER: Final = (
    Champ(
        "raison", "Pourquoi", "Choisissez une raison.", lire=lire_une_annulation,
        choix=tuple((str(un.value), str(un.label)) for un in RaisonDAnnulation),
    ),
    Champ("motif", "Ce que liront les personnes prévenues"),
)  # fmt: skip


def publier(passage: Passage[Session], _: Auteur) -> None:
    """Refuses an empty session, and one whose conflicts, or days without a convention, nobody accepted. Raises GesteImpossible."""
    session = passage.objet
    if not session.creneaux.exclude(etat=EtatDeCreneau.ANNULE).exists():
        raise GesteImpossible(
            "Cette session n’a aucun créneau : ajoutez-en un avant de la publier."
        )
    trouves = [] if passage.donnees["malgre"] else en_phrases(conflits(session))
    if trouves:
        reste = len(trouves) - TROIS
        suite = f" Et {reste} autres." if reste > 0 else ""
        raise GesteImpossible(
            f"Des créneaux sont en conflit. {' '.join(trouves[:TROIS])}{suite} Déplacez-les, ou cochez « {MALGRE.libelle} ».",
            champ="malgre",
        )
    sans = hors_convention(session)
    if sans and not passage.donnees["sans_convention"]:
        raise GesteImpossible(
            f"{' '.join(sans)} Demandez à la branche, ou cochez « {SANS_CONVENTION.libelle} ».",
            champ="sans_convention",
        )
    if sans:
        passage.apres["sans_convention"] = True


def dit_la_publication(une: Entree) -> str:
    """The line of a story, with what the organisation accepted."""
    return (
        "Session publiée, sans convention pour tous ses jours ou son site"
        if une.apres.get("sans_convention")
        else "Session publiée"
    )


def annuler(passage: Passage[Session], _: Auteur) -> None:
    """Refuses to cancel what took place, and a published session without a word to whoever is told. Raises GesteImpossible."""
    passage.avant["publiee"] = publiee = passage.objet.etat == EtatDeSession.PUBLIEE
    passage.apres["raison"] = str(passage.donnees["raison"])
    if publiee and not passage.motif:
        raise GesteImpossible(
            "Écrivez une phrase : les personnes prévenues la liront dans leur courriel.",
            champ="motif",
        )
    geles = passage.objet.creneaux.filter(etat=EtatDeCreneau.GELE).count()
    if geles:
        raise GesteImpossible(
            f"{geles} de ses créneaux sont contresignés : la session a eu lieu. Annulez les suivants, puis terminez-la."
        )


def dit_l_annulation(une: Entree) -> str:
    """The line of a story with the reason, as the journal keeps it."""
    raison = une.apres.get("raison", "")
    if raison not in RaisonDAnnulation.values:
        return "Session annulée"
    return f"Session annulée : {minuscule(RaisonDAnnulation(raison).label)}"


def terminer(passage: Passage[Session], _: Auteur) -> None:
    """Refuses while a slot is neither counter-signed nor cancelled. Raises GesteImpossible."""
    restent = passage.objet.creneaux.exclude(etat__in=(EtatDeCreneau.GELE, EtatDeCreneau.ANNULE))
    nombre = restent.count()
    if nombre:
        raise GesteImpossible(
            f"{nombre} créneaux ne sont ni contresignés ni annulés : la session n’est pas finie."
            if nombre > 1
            else "Un créneau n’est ni contresigné ni annulé : la session n’est pas finie."
        )


def regler(passage: Passage[Session], _: Auteur) -> None:
    """Writes the seats, never fewer than are taken, and whether they are told. Raises GesteImpossible."""
    session, capacite = passage.objet, passage.donnees["capacite"]
    prises = max(places_des([session])[session.pk].par_bloc.values(), default=0)
    if capacite < prises:
        raise GesteImpossible(
            f"{prises} personnes sont inscrites dans un même bloc : donnez au moins {prises} places.",
            champ="capacite",
        )
    annoncees = bool(passage.donnees["places_annoncees"])
    passage.avant |= {"capacite": session.capacite}
    passage.change |= {"capacite": capacite, "places_annoncees": annoncees}
    passage.apres |= {"capacite": capacite, "places_annoncees": annoncees}


def retirer(passage: Passage[Inscription], _: Auteur) -> None:
    """Writes when it was taken off, and why."""
    raison = passage.donnees["raison"]
    passage.change |= {"retiree_le": timezone.now(), "raison": raison}
    passage.apres["raison"] = str(raison)


def dit_le_retrait(une: Entree) -> str:
    """The line of a story with the reason, as the journal keeps it."""
    raison = une.apres.get("raison", "")
    mot = "Inscription retirée"
    if raison not in RaisonDeRetrait.values:
        return mot
    return f"{mot} : {minuscule(RaisonDeRetrait(raison).label)}"


def liberer(
    creneaux: Flux[Creneau], inscriptions: Flux[Inscription], sessions: Sequence[int]
) -> None:
    """Cancels what is still planned of cancelled sessions, and takes off who was enrolled."""
    prevus = Creneau.objects.filter(
        session__in=sessions, etat__in=(EtatDeCreneau.PREVU, EtatDeCreneau.OUVERT)
    ).select_related("session")
    faire_par_la_maison(creneaux, "tomber", list(prevus.order_by("pk")))
    inscrites = Inscription.objects.filter(session__in=sessions, etat=EtatDInscription.INSCRITE)
    raison = RaisonDeRetrait.ANNULATION
    faire_tous(
        inscriptions,
        "oter",
        [Passage(une, une.version, {"raison": raison}) for une in inscrites.order_by("pk")],
        Maison(),
    )
