"""The alerts that the branch settles once for all its dossiers."""

from __future__ import annotations

from binome.dossiers.models import PointTranche
from binome.regles.courante import code_par_defaut


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
