"""The alerts that the branch settles once for all its dossiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from binome.dossiers.models import PointTranche
from binome.gestes.refus import Depasse, GesteImpossible
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur


def positions() -> dict[str, str]:
    """The position of the branch on each alert that it has settled, by code."""
    return dict(
        PointTranche.objects.filter(leve_le__isnull=True)
        .order_by("code")
        .values_list("code", "position")
    )


def points_tranches() -> frozenset[str]:
    """The alerts that the branch has settled."""
    return frozenset(positions())


@transaction.atomic
def trancher(code: str, position: str, acteur: Acteur) -> PointTranche:
    """Settles an alert for every dossier to come. Raises GesteImpossible."""
    if not acteur.a_role("administrateur"):
        raise GesteImpossible("Seule l’administration de la branche peut trancher un point.")
    if not position.strip():
        raise GesteImpossible("Écrivez la position de la branche, et ce qui la fonde.")
    if PointTranche.objects.filter(code=code, leve_le__isnull=True).exists():
        raise GesteImpossible("Ce point est déjà tranché. Levez d’abord la position en vigueur.")
    point = PointTranche.objects.create(
        code=code, position=position.strip(), par=acteur.personne, le=timezone.now()
    )
    ecrire(
        Ecriture(
            "point.tranche",
            f"alerte:{code}",
            auteur=acteur.nom_au_journal,
            motif=position.strip(),
            lignes=lignes([point]),
        )
    )
    return point


@transaction.atomic
def lever(point: PointTranche, acteur: Acteur, motif: str) -> None:
    """Opens a settled alert again. Raises GesteImpossible."""
    if not acteur.a_role("administrateur"):
        raise GesteImpossible("Seule l’administration de la branche peut lever une position.")
    leves = PointTranche.objects.filter(pk=point.pk, leve_le__isnull=True).update(
        leve_le=timezone.now()
    )
    if not leves:
        raise Depasse
    ecrire(
        Ecriture(
            "point.leve",
            f"alerte:{point.code}",
            auteur=acteur.nom_au_journal,
            motif=motif.strip(),
            lignes=lignes([point], "leve_le"),
        )
    )
