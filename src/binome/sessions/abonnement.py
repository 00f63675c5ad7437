"""A calendar that one subscribes to, by a private address that its owner changes or closes; and reminders, which they stop.

The address is a key: it opens nothing else, names nobody, and only its hash is kept. Shown once, it is not shown again.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.urls import reverse

from binome.comptes.acteur import Acteur
from binome.gestes.passage import Passage, chacun
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, naitre
from binome.gestes.suites import Suite
from binome.gestes.table import Flux, Geste
from binome.sessions.abonnement_modeles import AbonnementAuxCreneaux
from binome.sessions.etats import EtatDeRappelDeCreneau
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.gestes.auteur import Auteur

SOI: Final = "soi"
RAPPELE, MUET = EtatDeRappelDeCreneau.RAPPELE, EtatDeRappelDeCreneau.MUET


def _cotes(acteur: Acteur, abonnement: AbonnementAuxCreneaux) -> frozenset[str]:
    sien = acteur.soutien is None and abonnement.personne_id == acteur.personne.pk
    return frozenset({SOI}) if sien else frozenset()


def _adresser(passage: Passage[AbonnementAuxCreneaux], _: Auteur) -> None:
    passage.change["jeton"] = passage.donnees["jeton"]


def _revoquer(passage: Passage[AbonnementAuxCreneaux], _: Auteur) -> None:
    if not passage.objet.jeton:
        raise GesteImpossible("Aucune adresse n’est ouverte.")
    passage.change["jeton"] = ""


ABONNEMENTS: Final = Flux(
    nom="abonnements",
    modele=AbonnementAuxCreneaux,
    mot="l’abonnement",
    ce_mot="cet abonnement",
    cotes=_cotes,
    dits={SOI: "par la personne"},
    table=(
        Geste(
            nom="commencer", mot="Choisir", de=(), vers=RAPPELE, qui=(SOI,), dit="C’est noté.",
            recit="Réglages des créneaux ouverts", formulaire=False,
        ),
        Geste(
            nom="adresser", mot="Ouvrir une adresse", de=(RAPPELE, MUET), vers=None, qui=(SOI,),
            dit="L’adresse de votre calendrier est ouverte.", recit="Adresse de calendrier ouverte", formulaire=False,
            prepare=(chacun(_adresser),),
        ),
        Geste(
            nom="revoquer", mot="Fermer l’adresse", de=(RAPPELE, MUET), vers=None, qui=(SOI,),
            dit="L’adresse est fermée : plus aucun calendrier ne la lit.", recit="Adresse de calendrier fermée",
            formulaire=False, prepare=(chacun(_revoquer),),
        ),
        Geste(
            nom="taire", mot="Ne plus me rappeler", de=(RAPPELE,), vers=MUET, qui=(SOI,),
            dit="Vous ne recevrez plus de rappel la veille.", recit="Rappels arrêtés", formulaire=False,
        ),
        Geste(
            nom="rappeler", mot="Me rappeler la veille", de=(MUET,), vers=RAPPELE, qui=(SOI,),
            dit="Vous recevrez un rappel la veille de vos créneaux.", recit="Rappels repris", formulaire=False,
        ),
    ),
)  # fmt: skip
SUITES_DES_ABONNEMENTS: Final = {
    un.nom: Suite("personne : la page le montre") for un in ABONNEMENTS.table
}


def empreinte(jeton: str) -> str:
    """What is kept of the token of an address."""
    return hashlib.sha256(jeton.encode()).hexdigest()


def de_la_personne(acteur: Acteur) -> AbonnementAuxCreneaux | None:
    """What somebody chose; None while they chose nothing."""
    return AbonnementAuxCreneaux.objects.filter(personne=acteur.personne).first()


def _le_sien(acteur: Acteur) -> AbonnementAuxCreneaux:
    connu = de_la_personne(acteur)
    if connu is None:
        connu = AbonnementAuxCreneaux(personne=acteur.personne)
        try:
            with transaction.atomic():
                naitre(ABONNEMENTS, "commencer", [connu], acteur)
        except IntegrityError:  # two touches at once: the other one wrote it
            connu = AbonnementAuxCreneaux.objects.get(personne=acteur.personne)
    return connu


@transaction.atomic
def ouvrir_une_adresse(acteur: Acteur, version: int) -> str:
    """A new address for the calendar of a person, whole; the one that they had opens nothing any more.

    `version` is that of what they saw, 0 for nothing chosen yet. Raises GesteImpossible.
    """
    sien, jeton = _le_sien(acteur), secrets.token_urlsafe(32)
    donnees = {"jeton": empreinte(jeton)}
    faire(ABONNEMENTS, "adresser", sien, acteur, version=version or sien.version, donnees=donnees)
    return adresse_entiere(reverse("calendrier-abonne", args=[jeton]))


@transaction.atomic
def regler(acteur: Acteur, nom: str, version: int) -> None:
    """Closes the address, stops reminders or takes them up, on what was seen. Raises GesteImpossible."""
    sien = _le_sien(acteur)
    faire(ABONNEMENTS, nom, sien, acteur, version=version or sien.version)


def a_qui(jeton: str) -> Acteur | None:
    """Whose calendar an address opens; None when it was closed, or its account is."""
    trouve = (
        AbonnementAuxCreneaux.objects.filter(jeton=empreinte(jeton), personne__is_active=True)
        .select_related("personne")
        .first()
    )
    return None if trouve is None else Acteur(trouve.personne)


def muettes(personnes: Iterable[int]) -> set[int]:
    """Those, among some people, who asked not to be reminded."""
    siens = AbonnementAuxCreneaux.objects.filter(personne__in=set(personnes), etat=MUET)
    return set(siens.values_list("personne", flat=True).order_by())
