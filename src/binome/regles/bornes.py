"""The values at which an answer may change: every threshold of the rules, and its neighbours.

Random dossiers miss the errors that hide on a boundary; these values are where they are. They
serve the boundary grid, the order of the questions and the counterfactuals alike.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from binome.regles.calendrier import ajouter_mois
from binome.regles.conditions import Decale, Part, atomes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from binome.regles.base import Base
    from binome.regles.conditions import Atome
    from binome.regles.faits import DefinitionDeFait, Dossier, Valeur

UN_JOUR = timedelta(days=1)
ENTIERS = (54_600, 109_200)
"""Wholes around which shares are tried, large enough for each hundredth to be a whole number."""


def _voisins(fait: DefinitionDeFait, borne: object) -> set[Valeur]:
    """A bound with the value just before and the value just after, within the fact's limits."""
    if isinstance(borne, date):
        return {borne - UN_JOUR, borne, borne + UN_JOUR}
    if isinstance(borne, int) and not isinstance(borne, bool):
        bas = borne if fait.minimum is None else max(fait.minimum, borne - 1)
        haut = borne + 1 if fait.maximum is None else min(fait.maximum, borne + 1)
        return {bas, borne, haut}
    return set()


def _ordre(valeur: Valeur) -> str:
    return ",".join(sorted(valeur)) if isinstance(valeur, frozenset) else f"{valeur!s:>12}"


def valeurs_aux_bornes(comparaisons: Iterable[Atome], base: Base) -> Mapping[str, list[Valeur]]:
    """For each fact compared, the values around each fixed bound, in a stable order."""
    essais: dict[str, set[Valeur]] = {}
    for atome in comparaisons:
        fait = base.faits[atome.fait]
        valeurs = essais.setdefault(atome.fait, set())
        bornes = atome.attendu if isinstance(atome.attendu, tuple) else (atome.attendu,)
        match fait.type:
            case "liste":
                codes = [str(borne) for borne in bornes]
                valeurs |= {frozenset(), frozenset(codes), *(frozenset({code}) for code in codes)}
            case "choix":
                valeurs |= set(fait.valeurs)
            case "booleen":
                valeurs |= {False, True}
            case _:
                for borne in bornes:
                    valeurs |= _voisins(fait, borne)
                    if isinstance(borne, Decale):
                        essais.setdefault(borne.fait, set())
                    if isinstance(borne, Part):
                        essais.setdefault(borne.fait, set()).update(ENTIERS)
                        for entier in ENTIERS:
                            valeurs |= _voisins(fait, entier * borne.pour_cent // 100)
    return {nom: sorted(valeurs, key=_ordre) for nom, valeurs in essais.items()}


@lru_cache(maxsize=64)
def comparaisons(base: Base, *roles: str) -> tuple[Atome, ...]:
    """Every comparison made by the tables of these roles (all tables when none is named)."""
    return tuple(
        atome
        for table in base.tables.values()
        if not roles or table.role in roles
        for regle in table.regles
        for atome in atomes(regle.si)
    )


@lru_cache(maxsize=256)
def dates_de_fenetre(base: Base, fait: str, *roles: str) -> tuple[date, ...]:
    """The days when the rules decided by that date start, and the days after they end."""
    jours: set[date] = set()
    for table in base.tables.values():
        if table.decide_par == fait and (not roles or table.role in roles):
            jours |= {regle.du for regle in table.regles if regle.du is not None}
            jours |= {regle.au + UN_JOUR for regle in table.regles if regle.au is not None}
    return tuple(sorted(jours))


def dates_liees(comparaisons: Iterable[Atome], fait: str, dossier: Dossier) -> set[date]:
    """The dates of one fact at which a comparison with another known date tips over."""
    jours: set[date] = set()
    for atome in comparaisons:
        if not isinstance(atome.attendu, Decale):
            continue
        autre, mois = atome.attendu.fait, atome.attendu.mois
        if atome.fait == fait and isinstance(connue := dossier[autre], date):
            jours.add(ajouter_mois(connue, mois))
        if autre == fait and isinstance(connue := dossier[atome.fait], date):
            jours.add(ajouter_mois(connue, -mois))
    return {voisin for jour in jours for voisin in (jour - UN_JOUR, jour, jour + UN_JOUR)}
