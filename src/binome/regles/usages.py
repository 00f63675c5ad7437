"""Where a rule is used: the rules that lean on it, the alerts, the overlays that touch it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.regles.conditions import RenvoiRegle, Sortie, UneRegleDe, parcourir
from binome.regles.courante import certifications, reformes
from binome.regles.regle import valeur_de

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.regles.base import Base
    from binome.regles.conditions import Condition
    from binome.regles.lecture import Brut
    from binome.regles.regle import Regle


def _lit(condition: Condition, regle: Regle) -> bool:
    for noeud in parcourir(condition):
        match noeud:
            case RenvoiRegle(nom) if nom == regle.id:
                return True
            case UneRegleDe(table) if table == regle.table:
                return True
            case Sortie(table, valeurs) if table == regle.table and valeur_de(regle) in valeurs:
                return True
    return False


def _reformes_de(base: Base) -> Mapping[str, Brut]:
    """The overlays of the base's certification; none when it is of a folder of somebody's own."""
    code = base.certification.code
    return reformes(code) if code in certifications() else {}


def usages(base: Base, regle: Regle) -> list[str]:
    """What leans on a rule, in words."""
    lus = [f"{base.tables[regle.table].titre} : {base.tables[regle.table].question}"]
    for table in base.tables.values():
        if table.quand is not None and _lit(table.quand, regle):
            lus.append(f"ouvre la table « {table.titre} »")
        lus += [f"règle {autre.id}" for autre in table.regles if _lit(autre.si, regle)]
    lus += [
        f"réforme {nom}, qui la remplacerait"
        for nom, reforme in _reformes_de(base).items()
        if regle.id in reforme.get("remplace", ())
    ]
    return lus
