"""Take-up among general practitioners who may have the aid: the house has no denominator."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import (
    DES_CONTRATS,
    A,
    IndicateurSuivi,
    Mesuree,
    Pourquoi,
    UniteDeMesure,
    ValeurPubliee,
)

if TYPE_CHECKING:
    from binome.pilotage.lignes import FaitsComptes


def mesurer(faits: FaitsComptes) -> Mesuree:
    """Measured over one perimeter."""
    return Mesuree(
        None, sum(un.en_vigueur(faits.au) for un in faits.contrats), pourquoi=Pourquoi.HORS
    )


INDICATEUR: Final = IndicateurSuivi(
    code="taux_de_recours",
    nom="Recours à l’aide des généralistes éligibles",
    question="Les contrats d’aide",
    definition="Les contrats en vigueur, rapportés aux généralistes qui pourraient signer. Ce ne sont ni tous les généralistes, ni tous les médecins libéraux.",
    numerateur="Contrats en vigueur",
    denominateur="Généralistes éligibles : secteur 1 ou Optam, activité au-delà du seuil P30",
    date_dite="Le dernier jour du mois",
    unite=UniteDeMesure.POUR_DIX_MILLE,
    voient=frozenset({A.CPAM, A.PILOTE}),
    genres=DES_CONTRATS,
    mesurer=mesurer,
    regle="Fiche de pilotage, §6",
    publiees=(
        ValeurPubliee(
            1_500,
            date(2024, 10, 31),
            "ameli, bilan d’octobre 2024",
            "A",
            "Encore 15 % en juin 2025, selon l’Observatoire.",
        ),
    ),
)
