"""The dossiers of the bench: complete, plausible, the same for everyone, drawn from a seed.

Entries from 2021 to 2026, most of them in September and January, with a share put on the days when
rules change and on the thresholds of experience, where an answer may tip. The mix is ours: no
source gives the distribution of candidates, and no figure of the bench should be read as one.

Drawn with the standard library, whose generator gives the same numbers on every machine.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, Final, TypeVar

from bench.colonnes import (
    AUTRES_FAITS,
    CONTRATS,
    DIPLOMES,
    EMPLOYEURS,
    FAITS,
    SITUATIONS,
    en_jours,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")

GRAINE: Final = 36358
"""The seed; the number of the first certification, for want of a better reason."""

_BASCULES: Final = (
    date(2021, 1, 1),
    date(2022, 3, 17),
    date(2024, 1, 1),
    date(2025, 4, 25),
    date(2025, 6, 25),
)
"""The days, from 2021 to 2026, when the rules of positioning change."""

_PART_AUX_BASCULES: Final = 8  # percent of the entries put on such a day, or one day off

_MOIS: Final = {1: 20, 2: 6, 3: 8, 4: 6, 5: 4, 6: 5, 7: 2, 8: 1, 9: 30, 10: 10, 11: 6, 12: 2}

_BAGAGES: Final[Mapping[tuple[str, ...], int]] = {
    (): 44,
    ("secretaire_medical",): 20,
    ("aide_soignant",): 9,
    ("ide",): 6,
    ("auxiliaire_puericulture",): 5,
    ("assistant_dentaire",): 5,
    ("aide_dentaire",): 4,
    ("secretaire_medical", "aide_dentaire"): 2,
    ("ide", "secretaire_medical"): 2,
    ("sage_femme",): 1,
    ("cqp_assistant_medical",): 1,
    ("aide_soignant", "cqp_assistant_medical"): 1,
    ("aide_soignant", "attestation_fae"): 1,
    ("bloc_cqp",): 1,
}
_NIVEAUX: Final = {0: 3, 3: 24, 4: 45, 5: 16, 6: 9, 7: 2, 8: 1}
_MOIS_SECRETAIRE: Final = (
    dict.fromkeys(range(1, 121), 0.3)
    | {0: 40.0}
    | dict.fromkeys((11, 12, 13, 23, 24, 25, 35, 36, 37), 3.0)
)
_MOIS_DENTAIRE: Final = (
    dict.fromkeys(range(1, 121), 0.1) | {0: 80.0} | dict.fromkeys((11, 12, 13), 3.0)
)
_AFGSU: Final = {0: 55, 1: 30, 2: 15}
_SITUATIONS: Final = (55, 15, 10, 15, 5)
_CONTRATS: Final = (40, 20, 5, 20, 15)
_EMPLOYEURS: Final = (70, 20, 10)


class _Tirage:
    """Draws whole columns from weighted values."""

    def __init__(self, graine: int, nombre: int) -> None:
        self._hasard = Random(graine)  # noqa: S311 - a bench needs the same numbers, not secret ones
        self._nombre = nombre

    def parmi(self, valeurs: Sequence[T], poids: Sequence[float] | None = None) -> list[T]:
        cumul = None if poids is None else list(accumulate(poids))
        return self._hasard.choices(valeurs, cum_weights=cumul, k=self._nombre)

    def selon(self, poids: Mapping[T, float]) -> list[T]:
        return self.parmi(list(poids), list(poids.values()))


def _entrees(tirage: _Tirage) -> list[int]:
    """Days of entry, and the share put on the days when rules change or one day off."""
    jours = [date(2021, 1, 1) + timedelta(days=n) for n in range(6 * 365 + 1)]
    ordinaires = sum(_MOIS[jour.month] for jour in jours)
    poids = {en_jours(jour): float(_MOIS[jour.month]) for jour in jours}
    voisins = [en_jours(jour) + ecart for jour in _BASCULES for ecart in (-1, 0, 1)]
    supplement = ordinaires * _PART_AUX_BASCULES / (100 - _PART_AUX_BASCULES) / len(voisins)
    for voisin in voisins:
        poids[voisin] = poids.get(voisin, 0.0) + supplement
    return tirage.selon(poids)


def _attestations(tirage: _Tirage, entrees: list[int]) -> list[int]:
    """AFGSU up to six years old at entry; a share of them exactly one or four years old."""
    ages = dict.fromkeys(range(2200), 1.0) | dict.fromkeys(
        (364, 365, 366, 367, 1460, 1461, 1462, 1463), 40.0
    )
    return [entree - age for entree, age in zip(entrees, tirage.selon(ages), strict=True)]


def _jurys(tirage: _Tirage, entrees: list[int], attestations: list[int]) -> list[int]:
    """A jury seven to fourteen months after entry; a share of them when the AFGSU runs out."""
    delais = tirage.parmi(range(200, 420))
    quatre_ans = 1461
    ecarts: list[int | None] = tirage.parmi([None, -1, 0, 1], [94, 2, 2, 2])
    return [
        entree + delai if ecart is None else max(entree, attestation + quatre_ans + ecart)
        for entree, delai, attestation, ecart in zip(
            entrees, delais, attestations, ecarts, strict=True
        )
    ]


def tirer(nombre: int, graine: int = GRAINE) -> dict[str, list[int]]:
    """That many complete dossiers, as columns. The first ones depend on how many are drawn."""
    tirage = _Tirage(graine, nombre)
    entrees = _entrees(tirage)
    attestations = _attestations(tirage, entrees)
    bagages = tirage.selon(_BAGAGES)
    colonnes = {
        "date_entree": entrees,
        "afgsu_date": attestations,
        "date_jury": _jurys(tirage, entrees, attestations),
        "niveau_diplome": tirage.selon(_NIVEAUX),
        "experience_secretaire_mois": tirage.selon(_MOIS_SECRETAIRE),
        "experience_dentaire_mois": tirage.selon(_MOIS_DENTAIRE),
        "afgsu_niveau": tirage.selon(_AFGSU),
        "situation": tirage.parmi(range(len(SITUATIONS)), _SITUATIONS),
        "contrat": tirage.parmi(range(len(CONTRATS)), _CONTRATS),
        "employeur_contrat": tirage.parmi(range(len(EMPLOYEURS)), _EMPLOYEURS),
        "heures_experience_vae": tirage.parmi((0, 400, 1606, 1607, 1608, 5000)),
    }
    for code in DIPLOMES:
        porteurs = {bagage: int(code in bagage) for bagage in _BAGAGES}
        colonnes[code] = [porteurs[bagage] for bagage in bagages]
    recules = {
        "date_prise_fonction": (0, 900),
        "date_signature_contrat_aide": (0, 900),
        "date_depot": (10, 120),
        "date_naissance": (18 * 366, 60 * 365),
    }
    for nom, (au_moins, au_plus) in recules.items():
        reculs = tirage.parmi(range(au_moins, au_plus))
        colonnes[nom] = [entree - recul for entree, recul in zip(entrees, reculs, strict=True)]
    return {nom: colonnes[nom] for nom in (*FAITS, *AUTRES_FAITS)}
