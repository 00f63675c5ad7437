"""The only place where a lot is made, changes state, and goes."""

from __future__ import annotations

import hashlib
import secrets
from functools import partial
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from binome.api import fichiers
from binome.api.models import EN_VIE, SILENCE, VIE, EtatDeLot, Lot
from binome.api.problemes import Probleme
from binome.socle.adresse_reseau import adresse_comptee

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from binome.regles.base import Base

EN_FILE: Final = 100
"""Lots that may wait or run at a time."""
EN_FILE_PAR_ADRESSE: Final = 5
"""Of which sent from one address."""
GARDES: Final = 500
"""Lots kept at a time, finished ones included: the disk has an end."""
GARDES_PAR_ADRESSE: Final = 50
"""Of which sent from one address; its oldest finished one makes room for the next."""
PLACE: Final = 2_000_000_000
"""Bytes that all of them may hold."""
PORTEUR: Final = secrets.token_hex(8)
"""This process, as its lots name it. A fork would share it: servers import after forking."""


def _cle(jeton: str) -> str:
    return hashlib.sha256(jeton.encode("utf-8", "replace")).hexdigest()


def origine_de(adresse: str) -> str:
    """An address as lots keep it: a keyed hash, another each day, by which no address can be looked up."""
    jour = timezone.localdate().isoformat()
    return salted_hmac(
        "binome.api.lots", f"{jour} {adresse_comptee(adresse)}", algorithm="sha256"
    ).hexdigest()[:32]


def creer(
    morceaux: Iterable[bytes],
    sorte: str,
    base: Base,
    question: str = "positionner",
    origine: str = "",
) -> tuple[Lot, str]:
    """Keeps a table for later work; gives back the lot and its token, told this once.

    Raises Probleme when too many lots wait.
    """
    purger()
    maintenant = timezone.now()
    jeton = secrets.token_urlsafe(32)
    lot = Lot(
        cle=_cle(jeton),
        fichier=fichiers.nouveau_nom(),
        sorte=sorte,
        question=question,
        certification=base.certification.code,
        reformes=list(base.reformes),
        base=base.empreinte,
        porteur=PORTEUR,
        origine=origine,
        cree_le=maintenant,
        vu_le=maintenant,
        expire_le=maintenant + VIE,
    )
    try:
        with fichiers.recu(lot).open("xb") as fichier:
            fichier.writelines(morceaux)
            lot.octets = fichier.tell()
        with transaction.atomic():
            _refuser_si_trop_attendent(origine)
            _faire_place(origine, lot.octets)
            lot.save(force_insert=True)
    except BaseException:
        fichiers.effacer(lot)
        raise
    return lot, jeton


def _refuser_si_trop_attendent(origine: str) -> None:
    attendent = Lot.objects.filter(etat__in=EN_VIE, vu_le__gte=timezone.now() - SILENCE)
    if attendent.count() >= EN_FILE:
        raise _plein("Trop de lots attendent déjà.")
    if attendent.filter(origine=origine).count() >= EN_FILE_PAR_ADRESSE:
        raise _plein(
            f"{EN_FILE_PAR_ADRESSE} lots envoyés de la même adresse attendent déjà. Laissez-les finir."
        )


def _plein(detail: str) -> Probleme:
    return Probleme("file_pleine", detail, entetes={"Retry-After": "300"})


def _faire_place(origine: str, octets: int) -> None:
    """Lets go of finished lots, the oldest of the address first, then of the busiest one.

    Raises Probleme when none is finished.
    """
    while Lot.objects.filter(origine=origine).count() >= GARDES_PAR_ADRESSE:
        _laisser(Lot.objects.filter(origine=origine))
    while True:
        tenus = Lot.objects.aggregate(nombre=Count("pk"), octets=Sum("octets"))
        if tenus["nombre"] < GARDES and (tenus["octets"] or 0) + octets <= PLACE:
            return
        _laisser(Lot.objects.filter(origine=_la_plus_chargee()))


def _la_plus_chargee() -> str:
    """The address whose finished lots hold the most, counted as a part of what may be kept."""
    finis = Lot.objects.exclude(etat__in=EN_VIE).values("origine")
    parts = finis.annotate(nombre=Count("pk"), octets_tenus=Sum("octets")).order_by("origine")
    return max(
        parts,
        key=lambda part: max(part["nombre"] / GARDES, part["octets_tenus"] / PLACE),
        default={"origine": ""},
    )["origine"]


def _laisser(lots: QuerySet[Lot]) -> None:
    """Deletes the oldest finished lot, with its files. Raises Probleme when there is none."""
    ancien = lots.exclude(etat__in=EN_VIE).order_by("cree_le").first()
    if ancien is None:
        raise _plein("Trop de lots attendent déjà.")
    transaction.on_commit(partial(fichiers.effacer, ancien))
    Lot.objects.filter(pk=ancien.pk).delete()


def trouver(jeton: str) -> Lot:
    """The lot of a token. Raises Probleme when there is none, or no longer."""
    lot = Lot.objects.filter(cle=_cle(jeton), expire_le__gt=timezone.now()).first()
    if lot is None:
        raise Probleme(
            "introuvable",
            "Ce lot n’existe pas, ou il a été effacé : après 24 heures, ou pour faire place à d’autres.",
        )
    return lot


def commencer(lot: Lot) -> bool:
    """From waiting to running; false when the lot is no longer there to be worked on."""
    return _changer(lot, (EtatDeLot.ATTENTE,), etat=EtatDeLot.EN_COURS)


def avancer(lot: Lot, *, lues: int, ecartees: int) -> bool:
    """Says how many rows were read; false when the lot was deleted in between."""
    return _changer(lot, (EtatDeLot.EN_COURS,), lues=lues, ecartees=ecartees)


def terminer(
    lot: Lot, *, decidees: int, ecartees: int, octets: int = 0, avis: Sequence[str] = ()
) -> bool:
    """Running to finished; `octets` is what its files weigh from now on, `avis` what its reader says."""
    lues = decidees + ecartees
    etat = EtatDeLot.TERMINE
    return _changer(
        lot, (EtatDeLot.EN_COURS,), etat=etat, lues=lues, decidees=decidees, ecartees=ecartees,
        octets=octets, avis=list(avis),
    )  # fmt: skip


def echouer(lot: Lot, raison: str) -> bool:
    """Waiting or running to failed, with the reason in French."""
    return _changer(lot, EN_VIE, etat=EtatDeLot.ECHOUE, raison=raison)


def interrompre() -> None:
    """Says that the lots of this process will not be finished: it is ending."""
    Lot.objects.filter(porteur=PORTEUR, etat__in=EN_VIE).update(
        etat=EtatDeLot.INTERROMPU, raison=INTERRUPTION
    )


def battre() -> None:
    """A sign of life for every lot that this process waits to do or does."""
    Lot.objects.filter(porteur=PORTEUR, etat__in=EN_VIE).update(vu_le=timezone.now())


def purger() -> int:
    """Deletes the lots past their time, with their files, and records those that lost their worker.

    Gives back how many were deleted.
    """
    maintenant = timezone.now()
    Lot.objects.filter(etat__in=EN_VIE, vu_le__lt=maintenant - SILENCE).update(
        etat=EtatDeLot.INTERROMPU, raison=INTERRUPTION
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
