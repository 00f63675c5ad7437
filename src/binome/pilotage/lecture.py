"""Reads what was kept: the readings, and the measures of one perimeter; two queries whatever the size of the house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from binome.pilotage.indicateurs.tous import INDICATEURS
from binome.pilotage.models import MesureRelevee, ReleveDuMois

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from binome.pilotage.perimetres import Perimetre

MOIS_MONTRES: Final = 13
"""Readings behind a curve: a year, and the same month of the year before."""
LUS_AU_PLUS: Final = 120
"""Readings that the list shows, the newest first: ten years of months."""


@dataclass(frozen=True)
class SerieDeReleves:
    """The readings behind a page, the oldest first, the last of each day; and what they measured, by indicator then by reading."""

    releves: tuple[ReleveDuMois, ...]
    mesures: dict[str, dict[int, MesureRelevee]]

    @property
    def dernier(self) -> ReleveDuMois | None:
        """The reading that the page shows."""
        return self.releves[-1] if self.releves else None

    @property
    def precedent(self) -> ReleveDuMois | None:
        """The one before it."""
        return self.releves[-2] if len(self.releves) > 1 else None

    def mesure(self, code: str) -> MesureRelevee | None:
        """What the shown reading measured of an indicator."""
        dernier = self.dernier
        return None if dernier is None else self.mesures.get(code, {}).get(dernier.pk)

    def avant(self, code: str) -> MesureRelevee | None:
        """What the one before measured of it."""
        precedent = self.precedent
        return None if precedent is None else self.mesures.get(code, {}).get(precedent.pk)


def releves() -> list[ReleveDuMois]:
    """The last readings, the newest first; one query."""
    return list(ReleveDuMois.objects.order_by("-au", "-pk")[:LUS_AU_PLUS])


def un_par_jour(lus: Iterable[ReleveDuMois]) -> list[ReleveDuMois]:
    """Of readings given the newest first, the last one of each day."""
    retenus: dict[object, ReleveDuMois] = {}
    for un in lus:
        retenus.setdefault(un.au, un)
    return list(retenus.values())


def releves_du_mois(mois: str, avant: ReleveDuMois | None = None) -> list[ReleveDuMois]:
    """One reading a day, the newest first, up to a month as « 2026-10 », or to a reading, that comes first; one query."""
    tous = un_par_jour(releves())
    if avant is not None:
        return [avant, *(un for un in tous if un.au < avant.au)]
    return [un for un in tous if not mois or un.au.isoformat()[:7] <= mois]


def serie(lus: Sequence[ReleveDuMois], ou: Perimetre, codes: Iterable[str]) -> SerieDeReleves:
    """The measures of a perimeter in readings given the newest first; one query."""
    retenus = tuple(reversed(lus[:MOIS_MONTRES]))
    mesures: dict[str, dict[int, MesureRelevee]] = {}
    lues = MesureRelevee.objects.filter(
        releve__in=[un.pk for un in retenus],
        genre=ou.genre,
        perimetre=ou.code,
        indicateur__in=list(codes),
    ).order_by("releve", "pk")
    for une in lues:
        mesures.setdefault(une.indicateur, {})[une.releve_id] = une
    return SerieDeReleves(retenus, mesures)


ENTETE: Final = (
    "indicateur", "nom", "perimetre", "au", "valeur", "unite", "numerateur", "denominateur", "lus", "total",
    "pourquoi", "releve", "calcule_le",
)  # fmt: skip
"""The columns of an export, in order."""


def en_lignes(lue: SerieDeReleves, ou: Perimetre, codes: Iterable[str]) -> list[dict[str, Any]]:
    """What a page shows, as rows for a file or a program: every reading of every indicator, the integers as kept."""
    lignes = []
    for code in codes:
        indicateur = INDICATEURS[code]
        for releve in lue.releves:
            une = lue.mesures.get(code, {}).get(releve.pk)
            lignes.append(
                dict(
                    zip(
                        ENTETE,
                        (
                            code,
                            indicateur.nom,
                            f"{ou.genre}:{ou.code}",
                            releve.au.isoformat(),
                            une and une.valeur,
                            indicateur.unite.value,
                            une and une.numerateur,
                            une and une.denominateur,
                            une and une.lus,
                            une and une.total,
                            "rien_compte" if une is None else une.pourquoi,
                            releve.pk,
                            releve.fait_le.isoformat(),
                        ),
                        strict=True,
                    )
                )
            )
    return lignes
