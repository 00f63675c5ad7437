"""The only place where a lot is made, changes state, and goes."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from binome.api import fichiers
from binome.api.models import EN_VIE, SILENCE, VIE, Etat, Lot
from binome.api.problemes import Probleme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from binome.regles.base import Base

EN_FILE: Final = 20
"""Lots that may wait or run at a time."""
GARDES: Final = 500
"""Lots kept at a time, finished ones included: the disk has an end."""
PORTEUR: Final = secrets.token_hex(8)
"""This process, as its lots name it. A fork would share it: servers import after forking."""


def _cle(jeton: str) -> str:
    return hashlib.sha256(jeton.encode("utf-8", "replace")).hexdigest()


def creer(
    morceaux: Iterable[bytes], sorte: str, base: Base, question: str = "positionner"
) -> tuple[Lot, str]:
    """Keeps a table for later work; gives back the lot and its token, told this once.

    Raises Probleme when too many lots are kept already.
    """
    purger()
    maintenant = timezone.now()
    jeton = secrets.token_urlsafe(32)
    lot = Lot(
        cle=_cle(jeton),
        fichier=fichiers.nouveau_nom(),
        sorte=sorte,
        question=question,
        reformes=list(base.reformes),
        base=base.empreinte,
        porteur=PORTEUR,
        cree_le=maintenant,
        vu_le=maintenant,
        expire_le=maintenant + VIE,
    )
    try:
        with fichiers.recu(lot).open("xb") as fichier:
            fichier.writelines(morceaux)
        with transaction.atomic():
            _refuser_si_plein()
            lot.save(force_insert=True)
    except BaseException:
        fichiers.effacer(lot)
        raise
    return lot, jeton


def _refuser_si_plein() -> None:
    attendent = Lot.objects.filter(etat__in=EN_VIE, vu_le__gte=timezone.now() - SILENCE).count()
    if attendent >= EN_FILE or Lot.objects.count() >= GARDES:
        raise Probleme(
            "file_pleine", "Trop de lots attendent déjà.", entetes={"Retry-After": "300"}
        )


def trouver(jeton: str) -> Lot:
    """The lot of a token. Raises Probleme when there is none, or no longer."""
    lot = Lot.objects.filter(cle=_cle(jeton), expire_le__gt=timezone.now()).first()
    if lot is None:
        raise Probleme("introuvable", "Ce lot n’existe pas, ou il a été effacé après 24 heures.")
    return lot


def commencer(lot: Lot) -> bool:
    """From waiting to running; false when the lot is no longer there to be worked on."""
    return _changer(lot, (Etat.ATTENTE,), etat=Etat.EN_COURS)


def avancer(lot: Lot, *, lues: int, ecartees: int) -> bool:
    """Says how many rows were read; false when the lot was deleted in between."""
    return _changer(lot, (Etat.EN_COURS,), lues=lues, ecartees=ecartees)


def terminer(lot: Lot, *, decidees: int, ecartees: int) -> bool:
    """Running to finished."""
    lues = decidees + ecartees
    etat = Etat.TERMINE
    return _changer(
        lot, (Etat.EN_COURS,), etat=etat, lues=lues, decidees=decidees, ecartees=ecartees
    )


def echouer(lot: Lot, raison: str) -> bool:
    """Waiting or running to failed, with the reason in French."""
    return _changer(lot, EN_VIE, etat=Etat.ECHOUE, raison=raison)


def battre() -> None:
    """A sign of life for every lot that this process waits to do or does."""
    Lot.objects.filter(porteur=PORTEUR, etat__in=EN_VIE).update(vu_le=timezone.now())


def purger() -> int:
    """Deletes the lots past their time, with their files, and records those that lost their worker.

    Gives back how many were deleted.
    """
    maintenant = timezone.now()
    Lot.objects.filter(etat__in=EN_VIE, vu_le__lt=maintenant - SILENCE).update(
        etat=Etat.INTERROMPU, raison=INTERRUPTION
    )
    passes = list(Lot.objects.filter(expire_le__lte=maintenant))
    for lot in passes:
        fichiers.effacer(lot)
        lot.delete()
    return len(passes)


INTERRUPTION: Final = "Le serveur s’est arrêté avant la fin. Renvoyez le fichier."


def _changer(lot: Lot, depuis: Iterable[str], **valeurs: object) -> bool:
    """A change that holds only if the lot is still in one of these states."""
    change = Lot.objects.filter(pk=lot.pk, etat__in=list(depuis)).update(
        vu_le=timezone.now(), **valeurs
    )
    return change == 1
