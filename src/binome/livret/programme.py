"""The competences of a path: those of its référentiel, in the rule base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.regles.competences import competences

if TYPE_CHECKING:
    from binome.parcours.models import Parcours
    from binome.regles.competences import Competence


def competences_du_parcours(parcours: Parcours) -> tuple[Competence, ...]:
    """Every competence of its référentiel, in order; empty where no source lists any."""
    return competences(parcours.referentiel)
