"""A made-up world of rows, as many and as shared out as the report says of mid-2023; nobody in it exists.

Calibrated on IGAS 2023-015R: tables 5 and 6, ¶90-91, the box of ¶142, ¶168. Counts come out to the unit, shares to half
a row: within 0.1 point. It holds what the report itself does not reconcile: 1,308 trainees of the CQP in the branch's base
(table 5) and 1,235 entries at the Opco (table 6). `fois` repeats it, to measure. The demonstration's own world is not calibrated.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain, cycle, islice
from typing import TYPE_CHECKING, Any, Final

from binome.trames.cadres import trames

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from binome.trames.cadres import Trames

AU: Final = date(2023, 6, 30)
SIGNES: Final = {2019: 272, 2020: 1_605, 2021: 666, 2022: 1_526}
ENTRES: Final = {2021: 236, 2022: 721, 2023: 278}
DIPLOMES: Final = {(4, None): 694, (5, None): 316, (3, 36): 128, (3, 12): 170}
"""CQP trainees by level and months of experience: « Bac » with « Bac + 1 »; « niveau bac », « brevet » and below together."""
STAGIAIRES: Final = 1_444
"""1,308 of the CQP, 90.6 % of all (¶142)."""
ORIGINES: Final = {
    "secretaire": 1_155, "ide": 64, "aide_soignant": 79, "auxiliaire_puericulture": 10, "assistant_dentaire": 4, "autre": 132,
}  # fmt: skip
SECRETAIRES_DISPENSEES: Final = 47
GENERALISTES: Final = 77
ORGANISMES: Final = 12
SANS_DISTANCE: Final = 3
"""Organisations with little or nothing at a distance (¶182); what the others do is made up here."""
MINUTES: Final = 384 * 60


def _repartir(parts: Mapping[Any, int]) -> Iterator[Any]:
    """Each key as many times as it is said."""
    return chain.from_iterable([cle] * nombre for cle, nombre in parts.items())


def _jour(annee: int, rang: int) -> date:
    """A day of a year, of its first half."""
    return date(annee, 1, 1) + timedelta(days=rang % 180)


def _contrats(fois: int) -> Iterator[tuple[Any, ...]]:
    lieux = cycle(("09", "13", "31", "59", "75", "93"))
    annees = islice(cycle(_repartir(SIGNES)), fois * sum(SIGNES.values()))
    for rang, annee in enumerate(annees):
        jour = _jour(annee, rang)
        specialite = "medecine_generale" if rang * GENERALISTES % 100 < GENERALISTES else "autre"
        yield rang, 1, next(lieux), specialite, "demi", jour, jour, None, False, 5_000


def _dossiers(fois: int) -> Iterator[tuple[Any, ...]]:
    faits = islice(
        cycle(chain(_repartir(DIPLOMES), [(6, None)] * (STAGIAIRES - 1_308))), fois * STAGIAIRES
    )
    origines = cycle(_repartir(ORIGINES))
    for rang, ((niveau, mois), origine) in enumerate(zip(faits, origines, strict=False)):
        depose = _jour(2021 + rang % 2, rang)
        yield (
            rang, rang % ORGANISMES, "assistant-medical", depose, depose, False, niveau, mois, origine,
        )  # fmt: skip


def _parcours(fois: int) -> Iterator[tuple[Any, ...]]:
    for rang in range(fois * STAGIAIRES):
        voie = "cqp" if rang % STAGIAIRES < 1_308 else "fae"
        dispense = rang * SECRETAIRES_DISPENSEES % 100 < SECRETAIRES_DISPENSEES
        yield (
            rang, rang, rang % ORGANISMES, "assistant-medical", voie, "ouvert", _jour(2021, rang), None,
            MINUTES, 780, 2_940 if dispense else 0,
        )  # fmt: skip


def _presences(fois: int) -> Iterator[tuple[Any, ...]]:
    annees = islice(cycle(_repartir(ENTRES)), fois * sum(ENTRES.values()))
    for rang, annee in enumerate(annees):
        organisme = rang % ORGANISMES
        premiere = _jour(annee, rang)
        yield rang, organisme, False, 6_000, premiere
        if organisme >= SANS_DISTANCE:
            yield rang, organisme, True, 500 * organisme, premiere + timedelta(days=30)


def monde_du_rapport(fois: int = 1) -> Trames:
    """The frames of that world on 30 June 2023; `fois` times its 1,444 trainees and 4,069 contracts."""
    return trames(
        AU,
        {
            "contrats": _contrats(fois),
            "dossiers": _dossiers(fois),
            "parcours": _parcours(fois),
            "presences": _presences(fois),
            "argent": ((rang, 1, rang % ORGANISMES, 2022, None if rang % 10 == 0 else 400_000, 300_000, 200_000, 100_000)
                       for rang in range(fois * 100)),
        },
    )  # fmt: skip
