"""Progress to the target of the State, uncapped, on the State's own count: the house does not hold every contract."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import (
    A,
    IndicateurSuivi,
    Mesuree,
    Pourquoi,
    UniteDeMesure,
    ValeurPubliee,
)
from binome.pilotage.perimetres import GenreDePerimetre
from binome.projection.parametres import observations

if TYPE_CHECKING:
    from binome.pilotage.lignes import FaitsComptes

UN_AN: Final = 12
DEPART: Final = date(2022, 12, 31)
INITIALE: Final = 3_827
"""The count of that day: Baromètre de l’État, IND-679."""


def avancement(initiale: int, actuelle: int, cible: int) -> int:
    """(VA − VI) / (VC − VI), in ten-thousandths, rounded half up, never capped: it may pass 10 000, or be below zero."""
    ecart = cible - initiale
    return ((actuelle - initiale) * 20_000 + ecart) // (2 * ecart)


def _dernier(au: date) -> tuple[date, int] | None:
    """The last count of the State known on a day, after that of the end of 2022."""
    comptes = {un.jour: round(un.valeur) for un in observations().contrats["A"]}
    connus = [jour for jour in comptes if DEPART < jour <= au]
    return (max(connus), comptes[max(connus)]) if connus else None


def mesurer(faits: FaitsComptes) -> Mesuree:
    """The last count of the State known on the day, from that of the end of 2022 to its target."""
    dernier = _dernier(faits.au)
    if dernier is None:
        return Mesuree(None, pourquoi=Pourquoi.HORS)
    cible = round(observations().cible_de_l_etat.valeur)
    return Mesuree(avancement(INITIALE, dernier[1], cible), dernier[1] - INITIALE, cible - INITIALE)


def rythme(faits: FaitsComptes) -> Mesuree:
    """The contracts that each month needs from the last count of the State to the day of its target, rounded up; none after it."""
    dernier, cible = _dernier(faits.au), observations().cible_de_l_etat
    if dernier is None or dernier[0] >= cible.jour:
        return Mesuree(None, pourquoi=Pourquoi.HORS)
    manque = max(0, round(cible.valeur) - dernier[1])
    mois = (cible.jour.year - dernier[0].year) * UN_AN + cible.jour.month - dernier[0].month
    return Mesuree(-(-manque // max(mois, 1)), manque, mois)


INDICATEUR: Final = IndicateurSuivi(
    code="progression",
    nom="Chemin fait vers 10 000 contrats à la fin de 2026",
    question="Les contrats d’aide",
    definition="La hausse depuis la fin de 2022, rapportée à celle qu’il faut jusqu’à la cible. Elle n’est pas plafonnée. La valeur actuelle est le dernier compte de l’État, car Binôme ne tient pas tous les contrats.",
    numerateur="Contrats de plus depuis le 31 décembre 2022",
    denominateur="Contrats de plus jusqu’à la cible",
    date_dite="Le dernier compte de l’État",
    unite=UniteDeMesure.POUR_DIX_MILLE,
    voient=frozenset({A.PILOTE, A.CPAM, A.BRANCHE}),
    genres=frozenset({GenreDePerimetre.FRANCE}),
    mesurer=mesurer,
    regle="(VA − VI) / (VC − VI), Baromètre de l’État, IND-679",
    ecart="cible-10000",
    publiees=(
        ValeurPubliee(
            8_333,
            date(2025, 11, 30),
            "8 971 contrats au Baromètre de l’État",
            "DER",
            "D’autres textes datent la même cible de la fin de 2024 ou de 2025.",
        ),
    ),
)
RYTHME: Final = IndicateurSuivi(
    code="rythme",
    nom="Contrats de plus par mois, pour être à 10 000 à la fin de 2026",
    question="Les contrats d’aide",
    definition="Ce qui manque au dernier compte de l’État, par mois jusqu’au 31 décembre 2026, arrondi au-dessus.",
    numerateur="Contrats qui manquent",
    denominateur="Mois du dernier compte à la cible",
    date_dite="Le dernier compte de l’État",
    unite=UniteDeMesure.NOMBRE,
    voient=frozenset({A.PILOTE, A.CPAM, A.BRANCHE}),
    genres=frozenset({GenreDePerimetre.FRANCE}),
    mesurer=rythme,
    regle="Fiche de pilotage, §6 ; Baromètre de l’État, IND-679",
    publiees=(
        ValeurPubliee(119, date(2025, 11, 30), "le rythme de 2025 au Baromètre de l’État", "DER"),
    ),
    ecart="cible-10000",
)
