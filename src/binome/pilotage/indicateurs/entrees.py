"""Entries: the first day attended, by route."""

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


def _douze_mois(faits: FaitsComptes, voie: str) -> Mesuree:
    """Entries of the twelve months that end on the day."""
    depuis = ajouter_mois(faits.au, -12)
    return compte(
        sum(
            un.voie == voie and un.entree is not None and depuis < un.entree <= faits.au
            for un in faits.parcours
        )
    )


def toutes(faits: FaitsComptes) -> Mesuree:
    """Entries since the beginning, whatever the route."""
    return compte(sum(un.entree is not None for un in faits.parcours))


def au_cqp(faits: FaitsComptes) -> Mesuree:
    """Entries by the CQP."""
    return _douze_mois(faits, "cqp")


def a_la_fae(faits: FaitsComptes) -> Mesuree:
    """Entries by the FAE."""
    return _douze_mois(faits, "fae")


DEPUIS_LE_DEBUT: Final = IndicateurSuivi(
    code="entrees",
    nom="Entrées en formation depuis le début",
    question="L’entrée en formation",
    definition="Les personnes qui ont suivi au moins un créneau contresigné. Un dossier accepté, ou un financement engagé, n’est pas une entrée.",
    numerateur="Parcours dont un premier jour est suivi",
    denominateur="",
    date_dite="Le premier jour suivi",
    unite=UniteDeMesure.NOMBRE,
    voient=frozenset({A.BRANCHE, A.ORGANISME, A.OPCO, A.PILOTE}),
    genres=DES_PARCOURS,
    mesurer=toutes,
    regle="Fiche de pilotage, §6",
    seuil="personnes",
    publiees=(
        ValeurPubliee(
            1_235,
            date(2023, 6, 30),
            "rapport de l’IGAS de 2023, ¶150",
            "B",
            "Date de clôture du compte inconnue.",
        ),
    ),
    ecart="nombre-de-stagiaires",
)

PAR_LE_CQP: Final = IndicateurSuivi(
    code="entrees_cqp",
    nom="Entrées par le CQP en douze mois",
    question="L’entrée en formation",
    definition="Les premiers jours suivis par la voie du CQP, dans les douze mois qui finissent ce jour-là.",
    numerateur="Entrées par le CQP",
    denominateur="",
    date_dite="Le premier jour suivi",
    unite=UniteDeMesure.NOMBRE,
    voient=frozenset({A.BRANCHE, A.ORGANISME, A.OPCO, A.PILOTE}),
    genres=DES_PARCOURS,
    mesurer=au_cqp,
    regle="Fiche de pilotage, §6",
    seuil="personnes",
    publiees=(
        ValeurPubliee(
            721, date(2022, 12, 31), "rapport de l’IGAS de 2023, ¶150", "B", "Toutes voies."
        ),
    ),
)

PAR_LA_FAE: Final = IndicateurSuivi(
    code="entrees_fae",
    nom="Entrées par la FAE en douze mois",
    question="L’entrée en formation",
    definition="Les premiers jours suivis par la formation d’adaptation à l’emploi (FAE), dans les douze mois qui finissent ce jour-là.",
    numerateur="Entrées par la FAE",
    denominateur="",
    date_dite="Le premier jour suivi",
    unite=UniteDeMesure.NOMBRE,
    voient=frozenset({A.BRANCHE, A.ORGANISME, A.OPCO, A.PILOTE}),
    genres=DES_PARCOURS,
    mesurer=a_la_fae,
    regle="Fiche de pilotage, §6",
    seuil="personnes",
)
