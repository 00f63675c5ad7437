"""The calendar of the aid contracts of a practice or of a doctor, by a private address that its owner changes or closes.

The address is a key: it opens nothing else, and only its hash is kept. Shown once, it is not shown again.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from binome.comptes.acteur import Acteur
from binome.comptes.roles import EMPLOYEUR
from binome.contrats_d_aide.abonnement_modeles import AbonnementAuxEcheances
from binome.contrats_d_aide.etats_de_l_abonnement import EtatDAbonnementAuxEcheances
from binome.contrats_d_aide.models import Contrat
from binome.gestes.passage import Passage, chacun
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire, naitre
from binome.gestes.suites import Suite
from binome.gestes.table import Flux, Geste
from binome.socle.adresse_du_site import adresse_entiere

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.comptes.models import Personne
    from binome.gestes.auteur import Auteur

SOI: Final = "soi"
OUVERT, FERME = EtatDAbonnementAuxEcheances.OUVERT, EtatDAbonnementAuxEcheances.FERME


def _cotes(acteur: Acteur, abonnement: AbonnementAuxEcheances) -> frozenset[str]:
    sien = acteur.soutien is None and abonnement.personne_id == acteur.personne.pk
    return frozenset({SOI}) if sien else frozenset()


def _ouvrir(passage: Passage[AbonnementAuxEcheances], _: Auteur) -> None:
    passage.change["jeton"] = passage.donnees["jeton"]


def _fermer(passage: Passage[AbonnementAuxEcheances], _: Auteur) -> None:
    passage.change["jeton"] = ""


ABONNEMENTS_AUX_ECHEANCES: Final = Flux(
    nom="abonnements-aux-echeances",
    modele=AbonnementAuxEcheances,
    mot="l’abonnement",
    ce_mot="cet abonnement",
    cotes=_cotes,
    dits={SOI: "par la personne"},
    table=(
        Geste(
            nom="commencer", mot="Choisir", de=(), vers=FERME, qui=(SOI,), dit="C’est noté.",
            recit="Réglages du calendrier ouverts", formulaire=False,
        ),
        Geste(
            nom="ouvrir", mot="Ouvrir une adresse", de=(FERME,), vers=OUVERT, qui=(SOI,),
            dit="L’adresse de votre calendrier est ouverte.", recit="Adresse de calendrier ouverte",
            formulaire=False, prepare=(chacun(_ouvrir),),
        ),
        Geste(
            nom="changer", mot="Changer d’adresse", de=(OUVERT,), vers=None, qui=(SOI,),
            dit="L’adresse de votre calendrier a changé.", recit="Adresse de calendrier changée",
            formulaire=False, prepare=(chacun(_ouvrir),),
        ),
        Geste(
            nom="fermer", mot="Fermer l’adresse", de=(OUVERT,), vers=FERME, qui=(SOI,),
            dit="L’adresse est fermée : plus aucun calendrier ne la lit.", recit="Adresse de calendrier fermée",
            formulaire=False, prepare=(chacun(_fermer),),
        ),
    ),
)  # fmt: skip
SUITES_DES_ABONNEMENTS: Final = {
    geste.nom: Suite("personne : la page le montre") for geste in ABONNEMENTS_AUX_ECHEANCES.table
}


def contrats_au_calendrier(acteur: Acteur) -> QuerySet[Contrat]:
    """The signed contracts whose days a person follows: those of their practices, and their own as a doctor.

    A caisse has its table: thousands of contracts make no calendar. Through the eyes of somebody else, none.
    """
    if acteur.soutien is not None:
        return Contrat.objects.none()
    siens = Q(medecin__personne=acteur.personne) | Q(signataire__in=acteur.organisations(EMPLOYEUR))
    return Contrat.objects.filter(siens, signe_le__isnull=False)


def empreinte(jeton: str) -> str:
    """What is kept of the token of an address."""
    return hashlib.sha256(jeton.encode()).hexdigest()


def abonnement_de(acteur: Acteur) -> AbonnementAuxEcheances | None:
    """What somebody chose; None while they chose nothing."""
    return AbonnementAuxEcheances.objects.filter(personne=acteur.personne).first()


def _le_sien(acteur: Acteur) -> AbonnementAuxEcheances:
    connu = abonnement_de(acteur)
    if connu is not None:
        return connu
    connu = AbonnementAuxEcheances(personne=acteur.personne)
    try:
        with transaction.atomic():
            naitre(ABONNEMENTS_AUX_ECHEANCES, "commencer", [connu], acteur)
    except IntegrityError:  # two touches at once: the other one wrote it
        connu = AbonnementAuxEcheances.objects.get(personne=acteur.personne)
    return connu


@transaction.atomic
def ouvrir_une_adresse(acteur: Acteur, version: int) -> str:
    """A new address for the calendar of a person, whole; the one that they had opens nothing any more.

    `version` is that of what they saw, 0 for nothing chosen yet. Raises GesteImpossible, for who has no contract too.
    """
    if not contrats_au_calendrier(acteur).exists():
        raise GesteImpossible("Aucun contrat d’aide signé n’est à suivre ici.")
    sien, jeton = _le_sien(acteur), secrets.token_urlsafe(32)
    geste = "ouvrir" if sien.etat == FERME else "changer"
    faire(
        ABONNEMENTS_AUX_ECHEANCES, geste, sien, acteur,
        version=version or sien.version, donnees={"jeton": empreinte(jeton)},
    )  # fmt: skip
    return adresse_entiere(reverse("echeances-abonnees", args=[jeton]))


@transaction.atomic
def fermer_l_adresse(acteur: Acteur, version: int) -> None:
    """Closes the address, on what was seen. Raises GesteImpossible."""
    sien = abonnement_de(acteur)
    if sien is None:
        raise GesteImpossible("Aucune adresse n’est ouverte.")
    faire(ABONNEMENTS_AUX_ECHEANCES, "fermer", sien, acteur, version=version or sien.version)


def a_qui(jeton: str) -> Acteur | None:
    """Whose calendar an address opens; None when it was closed, or its account is."""
    trouve = (
        AbonnementAuxEcheances.objects.filter(jeton=empreinte(jeton), personne__is_active=True)
        .select_related("personne")
        .first()
    )
    return None if trouve is None else Acteur(trouve.personne)


def abonnement_en_archive(personne: Personne) -> dict[str, Any]:
    """What a person chose about the days of their contracts; the address itself is kept nowhere."""
    sien = AbonnementAuxEcheances.objects.filter(personne=personne).first()
    return {} if sien is None else {"adresse_de_calendrier_ouverte": bool(sien.jeton)}
