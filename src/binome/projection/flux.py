"""The engine: from contracts to people, entries (the least of demand, places, money), certified people, money.

Cohorts of a month, one column a draw. Invariants, in each draw: entries ≤ places, spent ≤ money, certified ≤
entries; who leaves is replaced, and whoever replaces has to be trained.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from binome.projection.tirages import Nombres

CONTRAINTES: Final = ("demande", "places", "argent")
ETAPES_DE_L_ATTENTE: Final = 2
"""The wait before an entry is the sum of two alike: few enter at once, a tail is late."""


@dataclass(frozen=True, slots=True)
class Regime:
    """What holds month by month, over the whole calendar of the question.

    `delais` in months by month of hiring, `durees` in months by month of entry, at least and at most, `organismes` in number, `ouvert` the
    first month of entries, `a_venir` the first month that is not over. `argent_annuel` and `reserve` in euros; None:
    money holds nobody back. `prix` of a CQP and of a FAE, before and after `depuis`, the month from which the reforms
    count; from then on `entrants`, `rotation` and `places` multiply, `part_de_plus` and `fae_de_plus` add.
    """

    delais: Sequence[int]
    durees: Sequence[tuple[int, int]]
    organismes: Sequence[float]
    ouvert: int
    a_venir: int
    prix: tuple[tuple[Nombres, Nombres], tuple[Nombres, Nombres]]
    argent_annuel: float | None
    reserve: float
    depuis: int
    entrants: Nombres
    part_de_plus: Nombres
    rotation: Nombres
    places: Nombres
    fae_de_plus: Nombres


@dataclass(frozen=True, slots=True)
class FluxProjetes:
    """What comes out, one row a month, one column a draw.

    `personnes` in post at the end of the month; `entrees` and `certifies` of the month; `euros` of the month, from
    `a_venir` on; `retient`: which of CONTRAINTES holds the entries back.
    """

    personnes: Nombres
    entrees: Nombres
    certifies: Nombres
    euros: Nombres
    retient: NDArray[np.int8]


def couler(contrats: Nombres, tires: Mapping[str, Nombres], regime: Regime) -> FluxProjetes:
    """The flows that so many contracts make under a regime."""
    mois, tirages = contrats.shape
    personnes = contrats * tires["personnes_par_contrat"]
    entrees, euros = np.zeros((mois, tirages)), np.zeros((mois, tirages))
    retient = np.zeros((mois, tirages), dtype=np.int8)
    certifies = _Certifies(mois, tires)
    attentes = {
        delai: np.zeros((ETAPES_DE_L_ATTENTE, tirages)) for delai in sorted(set(regime.delais))
    }
    passages = {
        delai: 1 - np.exp(-ETAPES_DE_L_ATTENTE / np.maximum(tires["part_du_delai"] * delai, 0.5))
        for delai in attentes
    }
    file, caisse = np.zeros(tirages), np.full(tirages, regime.reserve)
    rotation = tires["rotation_annuelle"] / 12
    reste = (1 - rotation, 1 - rotation * regime.rotation)
    part = tires["part_qui_entre"]
    entrants = (part, np.minimum(part + regime.part_de_plus, 1.0) * regime.entrants)
    fae = (tires["part_fae"], np.minimum(tires["part_fae"] + regime.fae_de_plus, 1.0))
    places = (tires["places_par_organisme"], tires["places_par_organisme"] * regime.places)
    prix = [
        (1 - de) * cqp + de * adaptation
        for de, (cqp, adaptation) in zip(fae, regime.prix, strict=True)
    ]
    avant = np.zeros(tirages)
    for numero in range(mois):
        apres = int(numero >= regime.depuis)
        restent = reste[apres]
        embauches = np.maximum(personnes[numero] - avant * restent, 0.0)
        avant = personnes[numero]
        arrivees = np.zeros(tirages)
        attentes[regime.delais[numero]][0] += embauches * entrants[apres]
        for delai, attente in attentes.items():
            sort = attente * passages[delai]
            attentes[delai] = suite = (attente - sort) * restent
            suite[1] += sort[0]
            arrivees += sort[1]
        file = file * restent * (1 - tires["retrait_mensuel"]) + arrivees
        if numero < regime.ouvert:
            continue
        montee = np.minimum((numero - regime.ouvert + 1) / tires["montee_mois"], 1.0)
        capacite = regime.organismes[numero] * places[apres] * montee
        entre = np.minimum(file, capacite)
        retient[numero] = file > capacite
        if numero >= regime.a_venir:
            if regime.argent_annuel is not None:
                caisse = caisse + regime.argent_annuel / 12
                payables = caisse / prix[apres]
                retient[numero] = np.where(payables < entre, 2, retient[numero])
                entre = np.minimum(entre, payables)
                caisse = np.maximum(caisse - entre * prix[apres], 0.0)
            euros[numero] = entre * prix[apres]
        file = file - entre
        entrees[numero] = entre
        certifies.ajouter(numero, entre, fae[apres], regime.durees[numero])
    return FluxProjetes(personnes, entrees, certifies.par_mois(), euros, retient)


class _Certifies:
    """Who comes out with the CQP or the attestation of the FAE, by month of the jury."""

    def __init__(self, mois: int, tires: Mapping[str, Nombres]) -> None:
        self.mois, self.tires = mois, tires
        self.jury = tires["delai_jury_mois"]
        self.second = int(tires["attente_second_passage_mois"][0])
        self.fae = int(tires["duree_fae_mois"][0])
        self.premiers = (1 - tires["abandon"]) * tires["reussite"]
        self.suivants = (1 - tires["abandon"]) * (1 - tires["reussite"]) * tires["reussite"]
        self.sortis = np.zeros((mois + 36, len(self.jury)))
        self.rangs = np.arange(len(self.jury))

    def ajouter(self, numero: int, entre: Nombres, fae: Nombres, duree: tuple[int, int]) -> None:
        """Whoever enters that month, by the months when they come out."""
        cqp = entre * (1 - fae)
        bas, haut = duree
        cours = bas + (haut - bas) * self.tires["part_de_la_duree"]
        jury = numero + np.rint(cours + self.jury).astype(np.intp)
        # One row a draw: no index comes twice.
        self.sortis[jury, self.rangs] += cqp * self.premiers
        self.sortis[jury + self.second, self.rangs] += cqp * self.suivants
        self.sortis[numero + self.fae] += entre * fae

    def par_mois(self) -> Nombres:
        """One row a month."""
        return self.sortis[: self.mois]
