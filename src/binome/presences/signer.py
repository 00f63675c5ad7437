"""Signing with the code that a trainer shows: what a telephone proves of it, and what it writes."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.core import signing
from django.utils import timezone

from binome.gestes.auteur import Maison
from binome.presences.etats import EtatDeSignature, MoyenDeSignature
from binome.presences.indices import apres, avant
from binome.presences.models import Signature
from binome.presences.recevoir import Issue, SignatureRecue, recevoir
from binome.sessions.attendus import attendus
from binome.sessions.etats import EtatDeCreneau
from binome.sessions.models import Creneau

if TYPE_CHECKING:
    from datetime import datetime

    from binome.comptes.acteur import Acteur
    from binome.presences.recevoir import Reception
    from binome.sessions.models import Inscription

SEL: Final = "binome.presences.preuve"
DUREE: Final = timedelta(minutes=15)
"""How long a telephone that showed a fresh code has to sign: the time to find a password."""
APPAREIL: Final = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class CodeVu:
    """That a browser showed the code of a slot while it was fresh."""

    creneau: UUID

    def ecrite(self) -> str:
        """What the browser keeps of it: signed, with the instant."""
        return signing.dumps(str(self.creneau), salt=SEL)


def lire_la_preuve(ecrite: str) -> CodeVu | None:
    """What a browser proves; None for nothing, or too long ago."""
    try:
        return CodeVu(UUID(signing.loads(ecrite, salt=SEL, max_age=DUREE)))
    except (signing.BadSignature, ValueError):
        return None


def appareil(tenu: str) -> str:
    """The number of a telephone: the one that it keeps for the day, or another."""
    return tenu if APPAREIL.fullmatch(tenu) else secrets.token_hex(8)


def creneau_public(uid: UUID) -> Creneau | None:
    """A slot by its identifier, for whoever holds its code."""
    return (
        Creneau.objects.filter(uid=uid)
        .select_related("session__site", "session__organisme", "formateur")
        .first()
    )


def creneaux_ouverts(instant: datetime) -> list[Creneau]:
    """The slots whose code is shown somewhere at an instant."""
    return list(
        Creneau.objects.filter(
            etat=EtatDeCreneau.OUVERT,
            debut__lte=instant + avant(),
            fin__gte=instant - apres(),
        ).select_related("session__site", "session__organisme", "formateur")
    )


def celle_de(acteur: Acteur | None, creneau: Creneau) -> Inscription | None:
    """The enrolment of the person who signed in, when they are expected."""
    if acteur is None:
        return None
    return next(
        (
            une
            for une in attendus(creneau)
            if une.parcours.dossier.candidat_id == acteur.personne.pk
        ),
        None,
    )


def deja(inscription: Inscription, creneau: Creneau) -> Signature | None:
    """What the person signed of the slot with the code already."""
    return Signature.objects.filter(
        creneau=creneau,
        parcours=inscription.parcours_id,
        etat=EtatDeSignature.RECUE,
        moyen=MoyenDeSignature.CODE,
    ).first()


def ailleurs(inscription: Inscription, creneau: Creneau) -> list[Creneau]:
    """The slots of the same hours that the person signed: said to them, and to who counter-signs."""
    signes = Creneau.objects.filter(
        signatures__parcours=inscription.parcours_id,
        signatures__etat=EtatDeSignature.RECUE,
        debut__lt=creneau.fin,
        fin__gt=creneau.debut,
    ).exclude(pk=creneau.pk)
    return list(signes.select_related("session__site").distinct())


def signer(
    acteur: Acteur | None, creneau: Creneau, inscription: Inscription, uid: UUID, telephone: str
) -> Reception:
    """Writes that a person signed now; who signed in signs as themselves, who gave a code of the session as nobody."""
    maintenant = timezone.now()
    sienne = acteur is not None and inscription.parcours.dossier.candidat_id == acteur.personne.pk
    recue = SignatureRecue(
        uid=uid,
        parcours=inscription.parcours_id,
        moyen=MoyenDeSignature.CODE,
        signee_le=maintenant,
        retard_d_horloge=0,
        appareil=telephone,
    )
    auteur = acteur if acteur is not None and sienne else Maison()
    (reception,) = recevoir(auteur, creneau, [recue], maintenant=maintenant)
    return reception


def est_signee(reception: Reception) -> bool:
    """Whether the signature is kept, now or since before."""
    return reception.issue != Issue.REFUSEE
