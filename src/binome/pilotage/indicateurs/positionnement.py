"""How long the branch takes to decide, and what waits."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import (
    DES_DOSSIERS,
    A,
    IndicateurSuivi,
    Mesuree,
    Pourquoi,
    UniteDeMesure,
    compte,
)
from binome.pilotage.survie import centile

if TYPE_CHECKING:
    from binome.pilotage.lignes import FaitsComptes

UN_MOIS: Final = 30
"""Days after which a dossier has waited long."""


def _delais(faits: FaitsComptes) -> list[int]:
    return [
        (un.decide_le - un.complet_le).days for un in faits.dossiers if un.decide_le is not None
    ]


def _centile(faits: FaitsComptes, rang: Fraction) -> Mesuree:
    delais = _delais(faits)
    valeur = centile(delais, rang)
    pourquoi = "" if delais else Pourquoi.RIEN
    return Mesuree(valeur, None, len(delais), pourquoi=pourquoi)


def mediane(faits: FaitsComptes) -> Mesuree:
    """The median, in days."""
    return _centile(faits, Fraction(1, 2))


def neuf_sur_dix(faits: FaitsComptes) -> Mesuree:
    """The ninth decile, in days."""
    return _centile(faits, Fraction(9, 10))


def en_attente(faits: FaitsComptes) -> Mesuree:
    """Dossiers that wait for more than thirty days."""
    return compte(
        sum(un.en_attente and (faits.au - un.complet_le).days > UN_MOIS for un in faits.dossiers)
    )


MEDIANE: Final = IndicateurSuivi(
    code="delai_de_decision",
    nom="Délai de décision de la branche",
    question="Les délais de la branche",
    definition="Le délai que la moitié des dossiers décidés ne dépasse pas, du dépôt du dossier à la décision.",
    numerateur="",
    denominateur="Dossiers décidés",
    date_dite="Le jour de la décision",
    unite=UniteDeMesure.JOURS,
    voient=frozenset({A.BRANCHE, A.ORGANISME, A.PILOTE}),
    genres=DES_DOSSIERS,
    mesurer=mediane,
    regle="Fiche de pilotage, §6 ; rapport de l’IGAS de 2023, ¶218",
    seuil="denominateur",
)

P90: Final = IndicateurSuivi(
    code="delai_de_decision_p90",
    nom="Délai que neuf dossiers sur dix ne dépassent pas",
    question="Les délais de la branche",
    definition="Le délai que neuf dossiers décidés sur dix ne dépassent pas, du dépôt à la décision.",
    numerateur="",
    denominateur="Dossiers décidés",
    date_dite="Le jour de la décision",
    unite=UniteDeMesure.JOURS,
    voient=frozenset({A.BRANCHE, A.ORGANISME, A.PILOTE}),
    genres=DES_DOSSIERS,
    mesurer=neuf_sur_dix,
    regle="Fiche de pilotage, §6 ; rapport de l’IGAS de 2023, ¶218",
    seuil="denominateur",
)

STOCK: Final = IndicateurSuivi(
    code="dossiers_en_attente",
    nom="Dossiers en attente depuis plus de trente jours",
    question="Les délais de la branche",
    definition="Les dossiers déposés depuis plus de trente jours et pas encore décidés.",
    numerateur="Dossiers en attente depuis plus de trente jours",
    denominateur="",
    date_dite="Le dernier jour du mois",
    unite=UniteDeMesure.NOMBRE,
    voient=frozenset({A.BRANCHE, A.ORGANISME, A.PILOTE}),
    genres=DES_DOSSIERS,
    mesurer=en_attente,
    regle="Fiche de pilotage, §6 ; rapport de l’IGAS de 2023, ¶218",
    seuil="personnes",
)
