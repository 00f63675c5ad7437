"""What the home page says of training: the day's slots of who teaches, the next one and the hours of who follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils import timezone

from binome.epreuves.etats import EtatDePassation
from binome.epreuves.permissions import passations_a_evaluer
from binome.livret.programme import competences_du_parcours
from binome.parcours.etats import EN_COURS
from binome.parcours.models import Parcours
from binome.presences.apres_coup import a_signer, en_attente
from binome.presences.avancement import avancement, presences_de
from binome.presences.etats import EtatDeSignature
from binome.presences.models import Signature
from binome.sessions.attendus import creneaux_de
from binome.sessions.etats import EtatDeCreneau, EtatDeSession, ModaliteDeCreneau
from binome.sessions.pages import lignes_des_creneaux
from binome.sessions.permissions import enseignes_par
from binome.sessions.quand import dire_quand

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from binome.comptes.acteur import Acteur
    from binome.presences.avancement import Avancement
    from binome.sessions.models import Creneau
    from binome.sessions.pages import LigneDeCreneau

A_CONTRESIGNER: Final = 5
"""Slots to counter-sign that the page names; it counts the others."""
PROCHAINS: Final = 2
UN_JOUR: Final = timedelta(days=1)
VIVANTS: Final = (EtatDeCreneau.PREVU, EtatDeCreneau.OUVERT)


@dataclass(frozen=True)
class JourDeFormation:
    """What somebody teaches: today's slots, else the next one, and those over that wait for their signature."""

    aujourd_hui: Sequence[LigneDeCreneau]
    prochain: LigneDeCreneau | None
    a_contresigner: Sequence[LigneDeCreneau]
    reste: int
    a_accepter: Sequence[SignatureEnAttente] = ()
    grilles: int = 0


@dataclass(frozen=True)
class SignatureEnAttente:
    """A signature made after the fact that waits for an answer: whose, and of which slot."""

    personne: str
    creneau: Creneau
    quand: str


@dataclass(frozen=True)
class CreneauProche:
    """A slot of somebody who follows it: going on or to come, and when they signed it, None before."""

    ligne: LigneDeCreneau
    en_cours: bool
    signe_le: datetime | None


@dataclass(frozen=True)
class SuiviDeFormation:
    """What somebody follows: their path, their hours, their next slots."""

    parcours: Parcours
    avancement: Avancement
    prochains: Sequence[CreneauProche]
    a_signer: int = 0

    @property
    def a_un_livret(self) -> bool:
        """Whether its competences are known: without any, no card is to be filled."""
        return bool(competences_du_parcours(self.parcours))


def _lus() -> Q:
    return ~Q(session__etat=EtatDeSession.PREPAREE) & ~Q(session__etat=EtatDeSession.ANNULEE)


def du_formateur(acteur: Acteur, maintenant: datetime | None = None) -> JourDeFormation | None:
    """The slots of who teaches; None for who teaches none."""
    instant = maintenant or timezone.now()
    siens = (
        enseignes_par(acteur)
        .filter(_lus(), etat__in=VIVANTS)
        .exclude(modalite=ModaliteDeCreneau.A_DISTANCE)
        .select_related("session__site", "session__organisme", "formateur")
        .order_by("debut", "pk")
    )
    # A day is that of the site: what begins within a day of now is read, then told apart by its clock.
    proches = list(siens.filter(debut__gt=instant - UN_JOUR, debut__lt=instant + UN_JOUR))
    aujourd_hui = [un for un in proches if _meme_jour(un, instant)]
    finis = siens.filter(fin__lte=instant).exclude(pk__in=[un.pk for un in aujourd_hui])
    nombre = finis.count()
    a_contresigner = list(finis[:A_CONTRESIGNER]) if nombre else []
    suivant = siens.filter(debut__gt=instant).first() if not aujourd_hui else None
    a_accepter = [
        SignatureEnAttente(une.parcours.dossier.personne, une.creneau, dire_quand(une.creneau))
        for une in en_attente(acteur)
    ]
    # Told well before its day: the page is to be opened once with a network, to be kept without.
    grilles = passations_a_evaluer(acteur).filter(etat=EtatDePassation.PREVUE).count()
    if not (aujourd_hui or a_contresigner or suivant or a_accepter or grilles):
        return None
    return JourDeFormation(
        lignes_des_creneaux(aujourd_hui),
        next(iter(lignes_des_creneaux([suivant])), None) if suivant else None,
        lignes_des_creneaux(a_contresigner),
        nombre - len(a_contresigner),
        a_accepter,
        grilles,
    )


def _meme_jour(creneau: Creneau, instant: datetime) -> bool:
    fuseau = creneau.session.site.fuseau
    debut, fin, jour = (
        un.astimezone(fuseau).date() for un in (creneau.debut, creneau.fin, instant)
    )
    return debut <= jour <= fin  # one that goes on past midnight is of both days


def du_stagiaire(acteur: Acteur, maintenant: datetime | None = None) -> list[SuiviDeFormation]:
    """The paths in progress of a person, with their hours and their next slots."""
    instant = maintenant or timezone.now()
    siens = Parcours.objects.filter(dossier__candidat=acteur.personne, etat__in=EN_COURS)
    suivis = []
    for parcours in siens.select_related("dossier", "organisme").order_by("pk"):
        creneaux = list(
            creneaux_de(parcours)
            .exclude(session__etat=EtatDeSession.PREPAREE)
            .order_by("debut", "pk")
        )
        a_venir = [
            un
            for un in creneaux
            if un.fin > instant and _se_suit(un, instant) and not _interrompu(parcours, un)
        ]
        presences = presences_de(parcours)
        suivis.append(
            SuiviDeFormation(
                parcours,
                avancement(parcours, presences, creneaux, maintenant=instant),
                _suivis(parcours, a_venir[:PROCHAINS], instant),
                len(a_signer(presences)),
            )
        )
    return suivis


def _se_suit(creneau: Creneau, instant: datetime) -> bool:
    """Whether a slot that is not over is told: counter-signed before its end, it goes on all the same."""
    return creneau.etat in VIVANTS or (
        creneau.etat == EtatDeCreneau.GELE and creneau.debut <= instant
    )


def _interrompu(parcours: Parcours, creneau: Creneau) -> bool:
    """Whether a slot comes after the path stopped for a while: nobody is awaited there."""
    fuseau = creneau.session.site.fuseau
    return parcours.du is not None and creneau.debut.astimezone(fuseau).date() >= parcours.du


def _suivis(
    parcours: Parcours, creneaux: Sequence[Creneau], instant: datetime
) -> list[CreneauProche]:
    siennes = Signature.objects.filter(
        parcours=parcours, creneau__in=creneaux, etat=EtatDeSignature.RECUE
    )
    lues = siennes.order_by("-signee_le", "-pk").values_list("creneau", "signee_le")
    signees = dict(lues)  # the first that was made comes last, and stays
    return [
        CreneauProche(une, une.creneau.debut <= instant, signees.get(une.creneau.pk))
        for une in lignes_des_creneaux(creneaux)
    ]
