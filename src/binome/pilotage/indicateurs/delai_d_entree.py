"""From the first day of the job to the first day attended: the median of Kaplan and Meier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from binome.pilotage.indicateur import (
    DES_PARCOURS,
    A,
    IndicateurSuivi,
    Mesuree,
    Pourquoi,
    UniteDeMesure,
)
from binome.pilotage.survie import mediane_de_survie

if TYPE_CHECKING:
    from binome.pilotage.lignes import FaitsComptes


def mesurer(faits: FaitsComptes) -> Mesuree:
    """Measured over one perimeter."""
    durees = []
    for un in faits.parcours:
        if un.embauche is None or (un.entree is not None and un.entree < un.embauche):
            continue
        fins = [
            jour for jour in (un.entree, un.parti_le, un.abandon_le, faits.au) if jour is not None
        ]
        fin = min(fins)
        if fin >= un.embauche:
            durees.append(((fin - un.embauche).days, un.entree == fin))
    lus, total = len(durees), len(faits.parcours)
    if not durees:
        return Mesuree(
            None, lus=lus, total=total, pourquoi=Pourquoi.CHAMP if total else Pourquoi.RIEN
        )
    valeur = mediane_de_survie(durees)
    entres = sum(entre for _, entre in durees)
    pourquoi = "" if valeur is not None else Pourquoi.PAS_ENCORE
    return Mesuree(valeur, entres, lus, lus, total, pourquoi)


INDICATEUR: Final = IndicateurSuivi(
    code="delai_d_entree",
    nom="Délai entre l’embauche et la formation",
    question="L’entrée en formation",
    definition="Le délai au bout duquel la moitié des personnes sont entrées, de l’embauche au premier jour suivi. Celles qui attendent encore, ou sont parties, comptent jusqu’à ce jour (Kaplan-Meier). Une moyenne de celles qui sont entrées serait trop courte.",
    numerateur="Personnes entrées",
    denominateur="Personnes dont l’embauche est datée",
    date_dite="Le premier jour suivi",
    unite=UniteDeMesure.JOURS,
    voient=frozenset({A.PILOTE, A.BRANCHE, A.ORGANISME}),
    genres=DES_PARCOURS,
    mesurer=mesurer,
    regle="Fiche de pilotage, §6",
    seuil="denominateur",
)
