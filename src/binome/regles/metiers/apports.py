"""What the trades bring to the language, gathered: the hours, for the positioning.

The funding and the aid contract need nothing more than their data: scales, requirements, formulas.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from binome.regles.base import Apport
from binome.regles.metiers.controles import fautes
from binome.regles.metiers.effets import EFFETS
from binome.regles.metiers.heures import POSITIONNEMENT, heures
from binome.regles.metiers.juge import JugeDuPositionnement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from binome.regles.base import Base, Levier
    from binome.regles.faits import Dossier, Valeur

DIPLOMES: Final = "diplomes"
DOUBLES: Final = (
    ("secretaire_medical", "aide_dentaire"),
    ("ide", "secretaire_medical"),
)
"""Pairs whose exemptions could add up."""


def _obtenir_l_afgsu(levier: Levier, dossier: Dossier) -> Iterator[Mapping[str, Valeur]]:
    """The attestation brought up to date on the day of entry, by who holds one.

    Without one, its course lasts as long as the module that it spares.
    """
    if dossier[levier.fait] == 1 and isinstance(entree := dossier["date_entree"], date):
        yield {levier.fait: 1, "afgsu_date": entree}


def _bagages(base: Base) -> Mapping[str, Sequence[Valeur | None]]:
    """Unknown, none, each diploma, and two that the exemptions could add up."""
    if DIPLOMES not in base.faits:
        return {}
    codes = base.faits[DIPLOMES].valeurs
    doubles = (paire for paire in DOUBLES if set(paire) <= set(codes))
    seuls = ((code,) for code in codes)
    return {DIPLOMES: [None, frozenset(), *(frozenset(un) for un in (*seuls, *doubles))]}


APPORTS: Final = (
    Apport(
        POSITIONNEMENT,
        effets=EFFETS,
        montants=heures,
        prefixe="minutes_",
        etroit=True,
        fautes=fautes,
        juge=JugeDuPositionnement,
        leviers={"afgsu": _obtenir_l_afgsu},
        croiser=_bagages,
    ),
)
"""The first is the view of who names none."""
