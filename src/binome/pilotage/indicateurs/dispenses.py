"""Paths by the CQP with at least a minute of exemption."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import (
    DES_PARCOURS,
    A,
    IndicateurSuivi,
    UniteDeMesure,
    ValeurPubliee,
    part,
)

if TYPE_CHECKING:
    from binome.pilotage.indicateur import Mesuree
    from binome.pilotage.lignes import FaitsComptes


def mesurer(faits: FaitsComptes) -> Mesuree:
    """Measured over one perimeter."""
    cqp = [un for un in faits.parcours if un.voie == "cqp"]
    connus = [un for un in cqp if un.dispensees is not None]
    return part(
        sum(bool(un.dispensees) for un in connus), len(connus), lus=len(connus), total=len(cqp)
    )


INDICATEUR: Final = IndicateurSuivi(
    code="dispenses",
    nom="Parcours avec une dispense",
    question="L’entrée en formation",
    definition="Les parcours du CQP auxquels la décision a donné au moins une dispense. La part des secrétaires qui y ont droit et l’obtiennent, que le rapport dit de 47 %, demande de rejouer chaque dossier : elle n’est pas ici.",
    numerateur="Parcours du CQP avec une dispense",
    denominateur="Parcours du CQP dont les dispenses sont connues",
    date_dite="La décision",
    unite=UniteDeMesure.POUR_DIX_MILLE,
    voient=frozenset({A.BRANCHE, A.PILOTE, A.ORGANISME}),
    genres=DES_PARCOURS,
    mesurer=mesurer,
    regle="rapport de l’IGAS de 2023, ¶168 et recommandation 10",
    seuil="taux",
    publiees=(
        ValeurPubliee(
            3_500, date(2023, 6, 30), "65 % sans dispense, rapport de l’IGAS de 2023, ¶168", "DER"
        ),
    ),
    ecart="dispenses-65-47",
)
