"""Seats opened over twelve months, and how full sessions are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import DES_SESSIONS, A, IndicateurSuivi, UniteDeMesure, compte, part
from binome.regles.calendrier import ajouter_mois

if TYPE_CHECKING:
    from binome.pilotage.indicateur import Mesuree
    from binome.pilotage.lignes import FaitsComptes, SessionComptee


def _des_douze_mois(faits: FaitsComptes) -> list[SessionComptee]:
    depuis = ajouter_mois(faits.au, -12)
    return [une for une in faits.sessions if depuis < une.debut <= faits.au]


def ouvertes(faits: FaitsComptes) -> Mesuree:
    """Seats of the sessions that began in the twelve months that end on the day."""
    return compte(sum(une.places for une in _des_douze_mois(faits)))


def remplissage(faits: FaitsComptes) -> Mesuree:
    """Those who came, of the seats opened."""
    lues = _des_douze_mois(faits)
    return part(sum(une.entres for une in lues), sum(une.places for une in lues))


def a_venir(faits: FaitsComptes) -> Mesuree:
    """Seats left in the sessions that begin after the day."""
    return compte(
        sum(max(0, une.places - une.inscrits) for une in faits.sessions if une.debut > faits.au)
    )


OUVERTES: Final = IndicateurSuivi(
    code="places_ouvertes",
    nom="Places ouvertes en douze mois",
    question="Les places",
    definition="Les places des sessions commencées dans les douze mois qui finissent ce jour-là.",
    numerateur="Places",
    denominateur="",
    date_dite="Le premier jour de la session",
    unite=UniteDeMesure.NOMBRE,
    voient=frozenset({A.ORGANISME, A.PILOTE, A.BRANCHE}),
    genres=DES_SESSIONS,
    mesurer=ouvertes,
    regle="Fiche de pilotage, §6",
    seuil="organismes",
)

REMPLISSAGE: Final = IndicateurSuivi(
    code="remplissage",
    nom="Remplissage des sessions",
    question="Les places",
    definition="Les personnes venues au moins une fois, pour une place ouverte en douze mois.",
    numerateur="Personnes venues",
    denominateur="Places ouvertes",
    date_dite="Le premier jour de la session",
    unite=UniteDeMesure.POUR_DIX_MILLE,
    voient=frozenset({A.ORGANISME, A.PILOTE, A.BRANCHE}),
    genres=DES_SESSIONS,
    mesurer=remplissage,
    regle="Fiche de pilotage, §6",
    seuil="organismes",
)

A_VENIR: Final = IndicateurSuivi(
    code="places_a_venir",
    nom="Places libres à venir",
    question="Les places",
    definition="Les places qui restent dans les sessions publiées qui commencent après ce jour.",
    numerateur="Places moins inscriptions",
    denominateur="",
    date_dite="Le dernier jour du mois",
    unite=UniteDeMesure.NOMBRE,
    voient=frozenset({A.ORGANISME, A.PILOTE, A.BRANCHE}),
    genres=DES_SESSIONS,
    mesurer=a_venir,
    regle="Fiche de pilotage, §6",
    seuil="organismes",
)
