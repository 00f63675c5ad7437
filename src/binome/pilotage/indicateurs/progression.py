"""Progress to the target of the State, uncapped, on the State's own count: the house does not hold every contract."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import A, IndicateurSuivi, Mesuree, Pourquoi, UniteDeMesure
from binome.pilotage.perimetres import GenreDePerimetre
from binome.projection.parametres import observations

if TYPE_CHECKING:
    from binome.pilotage.lignes import FaitsComptes

DEPART: Final = date(2022, 12, 31)


def avancement(initiale: int, actuelle: int, cible: int) -> int:
    """(VA − VI) / (VC − VI), in ten-thousandths, rounded half up, never capped: it may pass 10 000, or be below zero."""
    ecart = cible - initiale
    return ((actuelle - initiale) * 20_000 + ecart) // (2 * ecart)


def mesurer(faits: FaitsComptes) -> Mesuree:
    """The last count of the State known on the day, from that of the end of 2022 to its target."""
    comptes = {un.jour: round(un.valeur) for un in observations().contrats["A"]}
    connus = [jour for jour in comptes if DEPART < jour <= faits.au]
    if not connus:
        return Mesuree(None, pourquoi=Pourquoi.HORS)
    initiale, cible = comptes[DEPART], round(observations().cible_de_l_etat.valeur)
    actuelle = comptes[max(connus)]
    return Mesuree(avancement(initiale, actuelle, cible), actuelle - initiale, cible - initiale)


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
)
