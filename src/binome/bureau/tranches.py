"""Settling an alert once for every dossier of a certification, and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from binome.dossiers.models import PointTranche
from binome.dossiers.points import nom_du_point, points_tranches
from binome.gestes.refus import Depasse, GesteImpossible
from binome.impression.dessin import indessinable
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur


@transaction.atomic
def trancher(certification: str, code: str, position: str, acteur: Acteur) -> PointTranche:
    """Settles an alert for every dossier of a certification to come. Raises GesteImpossible."""
    if certification not in acteur.certifications("administrateur"):
        raise GesteImpossible("Seule l’administration de la branche peut trancher un point.")
    if not position.strip():
        raise GesteImpossible("Écrivez la position de la branche, et ce qui la fonde.")
    if (faute := indessinable({"La position": position})) is not None:
        raise GesteImpossible(faute)
    if code in points_tranches(certification):
        raise GesteImpossible("Ce point est déjà tranché. Levez d’abord la position en vigueur.")
    point = PointTranche.objects.create(
        certification=certification,
        code=code,
        position=position.strip(),
        par=acteur.personne,
        le=timezone.now(),
    )
    ecrire(
        Ecriture(
            "point.tranche",
            nom_du_point(certification, code),
            auteur=acteur.nom_au_journal,
            motif=position.strip(),
            lignes=lignes([point]),
        )
    )
    return point


@transaction.atomic
def lever(point: PointTranche, acteur: Acteur, motif: str) -> None:
    """Opens a settled alert again. Raises GesteImpossible."""
    if point.certification not in acteur.certifications("administrateur"):
        raise GesteImpossible("Seule l’administration de la branche peut lever une position.")
    leves = PointTranche.objects.filter(pk=point.pk, leve_le__isnull=True).update(
        leve_le=timezone.now()
    )
    if not leves:
        raise Depasse
    ecrire(
        Ecriture(
            "point.leve",
            nom_du_point(point.certification, point.code),
            auteur=acteur.nom_au_journal,
            motif=motif.strip(),
            lignes=lignes([point], "leve_le"),
        )
    )
