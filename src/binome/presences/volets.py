"""What the page of a path shows of presence: its progress to all who read it, each slot to who it concerns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from binome.presences.apres_coup import se_signe
from binome.presences.avancement import avancement, lignee, presences_de
from binome.presences.codes import personnel
from binome.presences.etats import EtatDePresence, EtatDeSignature, MoyenDeSignature
from binome.presences.models import Presence, Signature
from binome.presences.prouvees import RIEN, dire_le_double, prouvees
from binome.sessions.attendus import creneaux_de
from binome.sessions.etats import (
    EtatDeCreneau,
    EtatDeSession,
    EtatDInscription,
    ModaliteDeCreneau,
)
from binome.sessions.models import Inscription

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.http import HttpRequest

    from binome.comptes.acteur import Acteur
    from binome.gestes.volets import GesteTente
    from binome.parcours.models import Parcours
    from binome.presences.prouvees import Comptee
    from binome.sessions.models import Creneau

PROCHAINS: Final = 10
"""Slots to come that the page shows."""


@dataclass(frozen=True)
class CreneauVecu:
    """A slot of a path: what was signed, what holds, and what that replaced, the last first."""

    creneau: Creneau
    signatures: tuple[Signature, ...]
    tenue: Presence | None
    anciennes: tuple[Presence, ...]
    comptee: Comptee = RIEN
    apres_coup: Signature | None = None

    @property
    def se_signe(self) -> bool:
        """Whether the person may still sign it, after the fact."""
        return self.apres_coup is None and not self.signatures and se_signe(self.tenue)

    @property
    def double(self) -> str:
        """Which minutes do not count here, and why; empty when all do."""
        return dire_le_double(self.creneau, self.comptee)


def avancement_du_parcours(
    request: HttpRequest,  # noqa: ARG001 - what every part of a page is given
    acteur: Acteur,
    parcours: Parcours,
    tentative: GesteTente,  # noqa: ARG001 - the same
) -> Mapping[str, Any] | None:
    """Minutes by module; the slots one by one to the person and to who trains, absences to who employs.

    Nothing while no slot was ever laid for it.
    """
    creneaux = [un for un in creneaux_de(parcours) if un.session.etat != EtatDeSession.PREPAREE]
    presences = presences_de(parcours)
    if not (creneaux or presences or _a_signe(parcours)):
        return None
    sien = parcours.dossier.candidat_id == acteur.personne.pk
    forme = parcours.organisme_id in acteur.organisations("gestionnaire", "formateur")
    maintenant = timezone.now()
    vecus = [un for un in creneaux if un.debut <= maintenant]
    return {
        "parcours": parcours,
        "avancement": avancement(parcours, presences, creneaux, maintenant=maintenant),
        "vecus": _vecus(parcours, [*{une.creneau.pk: une.creneau for une in presences}.values(), *vecus])
        if sien or forme
        else [],
        "absences": [] if sien or forme else [une for une in presences if une.creneau.minutes > une.minutes],
        "prochains": [un for un in creneaux if un.debut > maintenant][:PROCHAINS],
        "a_rendre": [un for un in vecus if sien and un.modalite == ModaliteDeCreneau.A_DISTANCE and un.etat != EtatDeCreneau.GELE],
        "codes": _codes(parcours) if sien and acteur.soutien is None else [],
        "forme": forme,
        "sien": sien and acteur.soutien is None,
    }  # fmt: skip


def _a_signe(parcours: Parcours) -> bool:
    return Signature.objects.filter(parcours__in=lignee(parcours)).exists()


def _codes(parcours: Parcours) -> list[str]:
    siennes = Inscription.objects.filter(
        parcours=parcours,
        etat=EtatDInscription.INSCRITE,
        session__etat=EtatDeSession.PUBLIEE,
    )
    return [personnel(une) for une in siennes.order_by("pk")]


def creneaux_vecus(parcours: Parcours) -> list[CreneauVecu]:
    """Every slot of a path that began, the last first."""
    maintenant = timezone.now()
    commences = [un for un in creneaux_de(parcours) if un.debut <= maintenant]
    return _vecus(parcours, [*(une.creneau for une in presences_de(parcours)), *commences])


def _vecus(parcours: Parcours, creneaux: Iterable[Creneau]) -> list[CreneauVecu]:
    """The slots that began, the last first, each with what was signed and said of it."""
    tous = {un.pk: un for un in creneaux}
    numeros = lignee(parcours)
    signees: defaultdict[int, list[Signature]] = defaultdict(list)
    apres_coup: dict[int, Signature] = {}
    leurs = Signature.objects.filter(parcours__in=numeros).select_related("creneau__session__site")
    for signature in leurs.order_by("signee_le", "pk"):
        # What was signed stays seen by who signed it, cancelled since or not.
        tous.setdefault(signature.creneau_id, signature.creneau)
        if (
            signature.moyen == MoyenDeSignature.APRES_COUP
            and signature.etat != EtatDeSignature.RECUE
        ):
            apres_coup[signature.creneau_id] = signature
        else:
            signees[signature.creneau_id].append(signature)
    uniques = sorted(tous.values(), key=lambda un: un.debut, reverse=True)
    dites: defaultdict[int, list[Presence]] = defaultdict(list)
    lues = Presence.objects.filter(parcours__in=numeros).exclude(etat=EtatDePresence.NOTEE)
    liees = lues.select_related("par", "remplacante__par", "parcours__dossier")
    for presence in liees.order_by("-pk"):
        if presence.creneau_id in tous:
            presence.creneau = tous[presence.creneau_id]
            dites[presence.creneau_id].append(presence)
    comptees = prouvees(une for siennes in dites.values() for une in siennes)
    return [
        _vecu(un, signees[un.pk], dites[un.pk], comptees, apres_coup.get(un.pk)) for un in uniques
    ]


def _vecu(
    creneau: Creneau,
    signees: Sequence[Signature],
    dites: Sequence[Presence],
    comptees: Mapping[int, Comptee],
    apres_coup: Signature | None,
) -> CreneauVecu:
    gele = creneau.etat == EtatDeCreneau.GELE
    tenue = next((une for une in dites if une.etat == EtatDePresence.EN_VIGUEUR), None)
    anciennes = tuple(une for une in dites if une.etat == EtatDePresence.REMPLACEE)
    comptee = comptees.get(tenue.pk, RIEN) if tenue is not None else RIEN
    return CreneauVecu(
        creneau, tuple(signees), tenue if gele else None, anciennes, comptee, apres_coup
    )
