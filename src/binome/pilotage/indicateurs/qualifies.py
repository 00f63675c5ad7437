"""Those who hold a title: CQP delivered and FAE attested."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import (
    DES_PARCOURS,
    A,
    IndicateurSuivi,
    UniteDeMesure,
    ValeurPubliee,
    compte,
)
from binome.regles.calendrier import ajouter_mois

if TYPE_CHECKING:
    from binome.pilotage.indicateur import Mesuree
    from binome.pilotage.lignes import FaitsComptes


def en_tout(faits: FaitsComptes) -> Mesuree:
    """Titles that hold on the day."""
    return compte(sum(un.titre_le is not None for un in faits.parcours))


def en_douze_mois(faits: FaitsComptes) -> Mesuree:
    """Those delivered in the twelve months that end on the day."""
    depuis = ajouter_mois(faits.au, -12)
    return compte(sum(un.titre_le is not None and un.titre_le > depuis for un in faits.parcours))


EN_TOUT: Final = IndicateurSuivi(
    code="qualifies",
    nom="Personnes qualifiées",
    question="Les certifications",
    definition="Les parcours qui ont donné un certificat (CQP) ou une attestation d’adaptation (FAE) qui tient encore. Les attestations de blocs n’y sont pas.",
    numerateur="Titres délivrés, non retirés",
    denominateur="",
    date_dite="Le jour du titre",
    unite=UniteDeMesure.NOMBRE,
    voient=frozenset({A.BRANCHE, A.PILOTE, A.ORGANISME, A.OPCO}),
    genres=DES_PARCOURS,
    mesurer=en_tout,
    regle="Fiche de pilotage, §6",
    seuil="personnes",
    publiees=(
        ValeurPubliee(
            400,
            date(2022, 12, 31),
            "rapport de l’IGAS de 2023, ¶14 et ¶74",
            "B",
            "CQP seul, ou CQP et FAE : le rapport dit les deux.",
        ),
    ),
    ecart="cqp-ou-fae-400",
)

EN_DOUZE_MOIS: Final = IndicateurSuivi(
    code="qualifies_12",
    nom="Personnes qualifiées en douze mois",
    question="Les certifications",
    definition="Les titres délivrés dans les douze mois qui finissent ce jour-là.",
    numerateur="Titres délivrés en douze mois",
    denominateur="",
    date_dite="Le jour du titre",
    unite=UniteDeMesure.NOMBRE,
    voient=frozenset({A.BRANCHE, A.PILOTE, A.ORGANISME, A.OPCO}),
    genres=DES_PARCOURS,
    mesurer=en_douze_mois,
    regle="Fiche de pilotage, §6",
    seuil="personnes",
)
