"""What of the measures of territories may be shown: thresholds, complements, and what two readings give away together.

Who answers for an organisation, a branch, a payer or a caisse reads its dossiers one by one: nothing is hidden from them there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from binome.formations.territoires import departements, regions
from binome.pilotage.indicateur import Mesuree, Pourquoi, UniteDeMesure
from binome.pilotage.lignes import FaitsComptes
from binome.pilotage.perimetres import FRANCE, TERRITOIRES, Perimetre
from binome.secret.masquer import SecretImpossible, masquer
from binome.secret.seuils import montrable_par_organisme, taux
from binome.secret.tableau import SommeDeCellules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from binome.pilotage.indicateur import IndicateurSuivi
    from binome.secret.seuils import Seuils
    from binome.secret.tableau import Cellule

AILLEURS: Final = "ailleurs"
"""What a total counts and no part of it does: rows without a territory, or a person counted in two."""


def cacher(
    indicateur: IndicateurSuivi,
    mesurees: Mapping[Perimetre, Mesuree],
    faits: Mapping[Perimetre, FaitsComptes],
    montrees: Mapping[Perimetre, int],
    tenus: Seuils,
) -> dict[Perimetre, Mesuree]:
    """The measures of an indicator, those that may not be shown without any number; `montrees`: the last value shown of each.

    A count of persons by territory that moved by less than the threshold since it was shown is hidden: the difference
    would be a small count. Where nothing less would do, every territory is hidden. Raises PublicationsContraires.
    """
    cachees = {
        ou
        for ou, une in mesurees.items()
        if ou.genre in TERRITOIRES
        and une.valeur is not None
        and _trop_petite(indicateur, une, faits[ou], tenus)
    }
    if indicateur.unite == UniteDeMesure.NOMBRE and indicateur.seuil in {"personnes", "contrats"}:
        if indicateur.seuil == "personnes":
            cachees |= {
                ou
                for ou, une in mesurees.items()
                if ou in montrees
                and une.valeur is not None
                and 0 < abs(une.valeur - montrees[ou]) < tenus.personnes
            }
        cachees |= _complements(mesurees, cachees)
    return {
        ou: Mesuree(None, pourquoi=Pourquoi.PETIT)
        if ou in cachees
        else (replace(une, numerateur=None) if _sans_numerateur(ou, une, tenus) else une)
        for ou, une in mesurees.items()
    }


def _sans_numerateur(ou: Perimetre, une: Mesuree, tenus: Seuils) -> bool:
    """Whether an unknown value would still tell a small count beside it."""
    petit = une.numerateur is not None and 0 <= une.numerateur < tenus.personnes
    return ou.genre in TERRITOIRES and une.valeur is None and petit


def _trop_petite(
    indicateur: IndicateurSuivi, une: Mesuree, faits: FaitsComptes, tenus: Seuils
) -> bool:
    valeur = une.valeur or 0
    if indicateur.seuil == "personnes":
        return valeur < tenus.personnes
    if indicateur.seuil == "contrats":
        return valeur < tenus.contrats
    if indicateur.seuil == "taux":
        return taux(une.numerateur or 0, une.denominateur or 0, tenus) is None
    if indicateur.seuil == "denominateur":
        return (une.denominateur or 0) < tenus.personnes
    if indicateur.seuil == "lus":
        return (une.lus or 0) < tenus.personnes
    if indicateur.seuil == "organismes":
        return montrable_par_organisme(_par_organisme(indicateur, faits), tenus) is None
    return False


def _par_organisme(indicateur: IndicateurSuivi, faits: FaitsComptes) -> list[int]:
    """What each organisation brings to a measure: to its denominator where it has one."""
    par: dict[str, FaitsComptes] = {}
    for sorte in ("sessions", "heures", "argent", "parcours"):
        for ligne in getattr(faits, sorte):
            siens = par.setdefault(ligne.organisme, FaitsComptes(faits.au))
            getattr(siens, sorte).append(ligne)
    mesurees = [indicateur.mesurer(siens) for siens in par.values()]
    return [(une.valeur or 0) if une.denominateur is None else une.denominateur for une in mesurees]


def _complements(mesurees: Mapping[Perimetre, Mesuree], cachees: set[Perimetre]) -> set[Perimetre]:
    """Those hidden so that no total, less its other parts, gives a hidden one away; all of them where it takes that."""
    valeurs: dict[Cellule, int] = {
        (ou.genre, ou.code): une.valeur
        for ou, une in mesurees.items()
        if ou.genre in TERRITOIRES and une.valeur is not None
    }
    if not cachees or tuple(FRANCE) not in valeurs:
        return set()
    sommes = []
    masquees: set[Cellule] = {(ou.genre, ou.code) for ou in cachees}
    totaux: list[tuple[Cellule, list[Cellule]]] = [
        (
            ("region", code),
            [("departement", un.code) for un in departements().values() if un.region.code == code],
        )
        for code in regions()
    ]
    totaux.append((tuple(FRANCE), [("region", code) for code in regions()]))
    for total, parts in totaux:
        connues = tuple(une for une in parts if une in valeurs)
        if total not in valeurs or not connues:
            continue
        reste = valeurs[total] - sum(valeurs[une] for une in connues)
        # A reader who sees no other row supposes that there is nothing else: then the sum is audited as if it held.
        if reste == 0:
            sommes.append(SommeDeCellules(total, connues))
        elif reste > 0:
            ailleurs: Cellule = (*total, AILLEURS)
            valeurs[ailleurs] = reste
            masquees.add(ailleurs)
            sommes.append(SommeDeCellules(total, (*connues, ailleurs)))
    try:
        publication = masquer("relevé", valeurs, tuple(sommes), masquees)
    except SecretImpossible:
        return {Perimetre(*cle) for cle in valeurs if len(cle) == 2}
    return {
        Perimetre(*cle)
        for cle, valeur in publication.valeurs.items()
        if valeur is None and len(cle) == 2
    }
