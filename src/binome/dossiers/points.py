"""The alerts that the branch settles once for all its dossiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from binome.dossiers.lettrables import indessinable
from binome.dossiers.models import PointTranche
from binome.gestes.refus import Depasse, GesteImpossible
from binome.journal.lignes import lignes
from binome.journal.services import Ecriture, ecrire
from binome.regles.courante import code_par_defaut

if TYPE_CHECKING:
    from binome.comptes.acteur import Acteur


def positions(certification: str) -> dict[str, str]:
    """The position of the branch on each alert of a certification that it has settled, by code."""
    return dict(
        PointTranche.objects.filter(certification=certification, leve_le__isnull=True)
        .order_by("code")
        .values_list("code", "position")
    )


def points_tranches(certification: str) -> frozenset[str]:
    """The alerts of a certification that the branch has settled."""
    return frozenset(positions(certification))


def nom_du_point(certification: str, code: str) -> str:
    """How the journal names an alert; one of the certification by default, by its code alone."""
    return (
        f"alerte:{code}" if certification == code_par_defaut() else f"alerte:{certification}/{code}"
    )


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
