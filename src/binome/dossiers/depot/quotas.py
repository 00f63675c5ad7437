"""How much is kept: for a dossier, a person's day, an organisation; and the disk that must stay free.

Withdrawn documents and suspect files count as long as they are kept, and so do the files of imports
until their rows are settled. A day's count is of what was sent, kept or not.
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Sum
from django.utils import timezone

from binome.comptes.models import Organisation, Personne
from binome.dossiers.imports.models import EtatDImport, Import
from binome.dossiers.models import Piece, Quarantaine
from binome.socle.etat_de_la_machine import place_manque

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from binome.dossiers.models import Dossier


class Compte(NamedTuple):
    """What is kept: how many files, and their bytes."""

    fichiers: int
    octets: int


def exiger_la_place() -> None:
    """Raises OSError, as a full disk does, when less than `PLACE_MINIMALE` would stay free."""
    if place_manque():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def verrouiller(organisme: int, personne: int) -> None:
    """Makes who counts for the same organisation or person wait for the end of this transaction.

    SQLite has one writer at a time already. Always in this order: two deposits never hold each other up.
    """
    for modele, numero in ((Organisation, organisme), (Personne, personne)):
        modele._default_manager.select_for_update(no_key=True).values_list("pk").get(pk=numero)


def atteint(organisme: int, personne: int, octets: int, dossier: Dossier | None = None) -> str:
    """The quota that one more file of so many bytes would pass, as a reason of `refus`; empty for none.

    Only after `verrouiller`, in its transaction, does the answer hold until the file is written.
    """
    if dossier is not None:
        garde = _du_dossier(dossier)
        if (
            garde.fichiers >= settings.QUOTA_DOSSIER_DOCUMENTS
            or garde.octets + octets > settings.QUOTA_DOSSIER
        ):
            return "quota_dossier"
    envoye = _du_jour(personne)
    if (
        envoye.fichiers >= settings.QUOTA_JOUR_FICHIERS
        or envoye.octets + octets > settings.QUOTA_JOUR
    ):
        return "quota_jour"
    if _de_l_organisation(organisme).octets + octets > settings.QUOTA_ORGANISATION:
        return "quota_organisation"
    return ""


def _compter(*lignes: QuerySet[Any]) -> Compte:
    lues = [une.aggregate(fichiers=Count("pk"), octets=Sum("octets")) for une in lignes]
    return Compte(sum(une["fichiers"] for une in lues), sum(une["octets"] or 0 for une in lues))


def _du_dossier(dossier: Dossier) -> Compte:
    return _compter(
        Piece.objects.filter(dossier=dossier),
        Quarantaine.objects.filter(dossier=dossier).exclude(fichier=""),
    )


def _du_jour(personne: int) -> Compte:
    minuit = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return _compter(
        Piece.objects.filter(deposee_par=personne, deposee_le__gte=minuit),
        Quarantaine.objects.filter(par=personne, le__gte=minuit),
        Import.objects.filter(par=personne, cree_le__gte=minuit),
    )


def _de_l_organisation(organisme: int) -> Compte:
    """The rows of an erased dossier's documents stay, their files do not."""
    return _compter(
        Piece.objects.filter(dossier__organisme=organisme, dossier__anonyme_le=None),
        Quarantaine.objects.filter(dossier__organisme=organisme).exclude(fichier=""),
        Import.objects.filter(
            organisme=organisme, etat__in=(EtatDImport.OUVERT, EtatDImport.EN_COURS)
        ),
    )
