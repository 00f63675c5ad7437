"""A measure in words: its value in its unit, what it stands on, what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.pilotage.indicateur import POURQUOI_DIT, Pourquoi, UniteDeMesure
from binome.regles.calendrier import montant_en_clair, nombre_en_clair

if TYPE_CHECKING:
    from binome.pilotage.indicateur import IndicateurSuivi
    from binome.pilotage.models import MesureRelevee


def valeur_dite(valeur: int, unite: str) -> str:
    """A value in its unit, as one says it."""
    if unite == UniteDeMesure.NOMBRE:
        return nombre_en_clair(valeur)
    if unite == UniteDeMesure.CENTS:
        return montant_en_clair(valeur)
    if unite == UniteDeMesure.JOURS:
        return f"{nombre_en_clair(valeur)} jour{'s' if abs(valeur) > 1 else ''}"
    if unite == UniteDeMesure.CENTIEMES:
        return _decimale(valeur, 100, 2)
    return f"{_decimale(valeur, 100, 1)} %"


def _decimale(valeur: int, diviseur: int, chiffres: int) -> str:
    dite = f"{valeur / diviseur:.{chiffres}f}".rstrip("0").rstrip(".")
    return dite.replace(".", ",")


def ecart_dit(avant: int, apres: int, unite: str) -> str:
    """What changed between two values, with its sign; a share moves by points."""
    ecart = apres - avant
    if not ecart:
        return "sans changement"
    signe = "+" if ecart > 0 else "−"
    if unite == UniteDeMesure.POUR_DIX_MILLE:
        points = _decimale(abs(ecart), 100, 1)
        return f"{signe}{points} point{'s' if abs(ecart) >= 200 else ''}"
    return f"{signe}{valeur_dite(abs(ecart), unite)}"


def pourquoi_dit(mesure: MesureRelevee | None) -> str:
    """Why there is no value, in a sentence."""
    if mesure is None:
        return POURQUOI_DIT[Pourquoi.RIEN]
    return POURQUOI_DIT[Pourquoi(mesure.pourquoi)]


def fraction_dite(mesure: MesureRelevee, indicateur: IndicateurSuivi) -> str:
    """The numerator and the denominator with what they count; empty where there is none."""
    if mesure.denominateur is None or not indicateur.denominateur:
        return ""
    dit = f"{indicateur.denominateur} : {_nombre(mesure.denominateur)}"
    if mesure.numerateur is None or not indicateur.numerateur:
        return dit
    return f"{indicateur.numerateur} : {_nombre(mesure.numerateur)}. {dit}"


def _nombre(valeur: int) -> str:
    return f"−{nombre_en_clair(-valeur)}" if valeur < 0 else nombre_en_clair(valeur)


def couverture_dite(mesure: MesureRelevee) -> str:
    """How many rows had what the indicator needs; empty where all rows always have it."""
    if mesure.lus is None or not mesure.total:
        return ""
    return f"{nombre_en_clair(mesure.lus)} sur {nombre_en_clair(mesure.total)} le disent"
