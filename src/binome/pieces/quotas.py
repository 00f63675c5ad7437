"""How much is kept: for a dossier, a person's day, an organisation.

Withdrawn documents and suspect files count as long as they are kept, and so do the files of imports
until their rows are settled. A day's count is of what was sent, kept or not.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from binome.comptes.models import Organisation, Personne
from binome.depot import quotas
from binome.depot.quotas import Occupation, Quota, compter
from binome.dossiers.models import Piece, Quarantaine
from binome.dossiers.receptions import EtatDImport, Import

if TYPE_CHECKING:
    from binome.dossiers.models import Dossier


def verrouiller(organisme: int, personne: int) -> None:
    """Makes who counts for the same organisation or person wait for the end of this transaction."""
    quotas.verrouiller((Organisation, organisme), (Personne, personne))


def atteint(organisme: int, personne: int, octets: int, dossier: Dossier | None = None) -> str:
    """The quota that one more file of so many bytes would pass, as a reason of `refus`; empty for none.

    Only after `verrouiller`, in its transaction, does the answer hold until the file is written.
    """
    tenus = [
        Quota(
            "quota_jour",
            partial(_du_jour, personne),
            settings.QUOTA_JOUR,
            settings.QUOTA_JOUR_FICHIERS,
        ),
        Quota(
            "quota_organisation",
            partial(_de_l_organisation, organisme),
            settings.QUOTA_ORGANISATION,
        ),
    ]
    if dossier is not None:
        documents = settings.QUOTA_DOSSIER_DOCUMENTS
        garde = partial(_du_dossier, dossier)
        tenus.insert(0, Quota("quota_dossier", garde, settings.QUOTA_DOSSIER, documents))
    return quotas.atteint(tenus, octets)


def _du_dossier(dossier: Dossier) -> Occupation:
    return compter(
        Piece.objects.filter(dossier=dossier),
        Quarantaine.objects.filter(dossier=dossier).exclude(fichier=""),
    )


def _du_jour(personne: int) -> Occupation:
    minuit = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return compter(
        Piece.objects.filter(deposee_par=personne, deposee_le__gte=minuit),
        Quarantaine.objects.filter(par=personne, le__gte=minuit),
        Import.objects.filter(par=personne, cree_le__gte=minuit),
    )


def _de_l_organisation(organisme: int) -> Occupation:
    """The rows of an erased dossier's documents stay, their files do not."""
    return compter(
        Piece.objects.filter(dossier__organisme=organisme, dossier__anonyme_le=None),
        Quarantaine.objects.filter(dossier__organisme=organisme).exclude(fichier=""),
        Import.objects.filter(
            organisme=organisme, etat__in=(EtatDImport.OUVERT, EtatDImport.EN_COURS)
        ),
    )
