"""`python -m outils.calibrer`: draws the posterior of the projection, and writes what the package ships.

Weighs 300,000 draws of the laws of parametres.yaml by how near they come to what was counted up to the end of 2022
(observations.yaml, `calage`), then draws 2,000 of them. Nothing after that day is read. The same run writes the same
bytes; a test holds a part of it.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from binome.projection.demande import DemandeDeProjection
from binome.projection.flux import couler
from binome.projection.leviers import leviers, regime
from binome.projection.mois import rang
from binome.projection.parametres import CALE_JUSQU_AU, FAMILLES, observations, parametres
from binome.projection.registre import DONNEES
from binome.projection.signatures import passe
from binome.projection.tirages import TIRAGES, hasard, tirer

if TYPE_CHECKING:
    from binome.projection.tirages import Nombres

TIRES: Final = 300_000
LOT: Final = 20_000
AU: Final = date.fromisoformat(CALE_JUSQU_AU)


def a_priori(famille: str, nombre: int) -> dict[str, Nombres]:
    """Draws of every law, streams apart from those of the projection."""
    return {
        nom: tirer(une.loi(famille), f"calage.{nom}", nombre)
        for nom, une in parametres().items()
        if une.lois
    }


def log_poids(famille: str, tires: dict[str, Nombres]) -> Nombres:
    """How well each draw meets what was counted, as a log of likelihood."""
    demande = DemandeDeProjection(AU, rang(AU), famille=famille)
    mois = rang(AU) + 1
    nombre = len(tires["part_fae"])
    signes = np.repeat(passe(famille, AU).connus[:, None], nombre, axis=1)
    flux = couler(signes, tires, regime(demande, mois, tires, leviers(demande)))
    total = np.zeros(nombre)
    for un in observations().calage:
        du = 0 if un.du is None else rang(un.du)
        jusqu_a = rang(un.jour) + 1
        if un.serie == "personnes":
            rendu = flux.personnes[jusqu_a - 1]
        else:
            rendu = getattr(flux, un.serie)[du:jusqu_a].sum(axis=0)
        total -= ((rendu / un.valeur - 1) / un.erreur) ** 2 / 2
    return total


def calibrer(famille: str, nombre: int = TIRES) -> tuple[dict[str, Nombres], float]:
    """The posterior of the fitted parameters, and how many draws it is worth."""
    tires = a_priori(famille, nombre)
    logs = np.concatenate(
        [
            log_poids(famille, {nom: un[debut : debut + LOT] for nom, un in tires.items()})
            for debut in range(0, nombre, LOT)
        ]
    )
    poids = np.exp(logs - logs.max())
    poids /= poids.sum()
    choisis = hasard(f"calage.{famille}").choice(nombre, TIRAGES, p=poids)
    cales = {nom: tires[nom][choisis] for nom, une in parametres().items() if une.cale}
    return cales, float(1 / (poids**2).sum())


def ecrire(famille: str, cales: dict[str, Nombres]) -> None:
    """The table that is shipped: one row a draw, four significant digits."""
    lignes = [",".join(cales)]
    lignes += [",".join(f"{un:.4g}" for un in rang_) for rang_ in zip(*cales.values(), strict=True)]
    (DONNEES / f"tirages-{famille}.csv").write_text("\n".join(lignes) + "\n", encoding="utf-8")


def main() -> None:
    """Writes both families."""
    for famille in FAMILLES:
        cales, efficaces = calibrer(famille)
        ecrire(famille, cales)
        print(f"{famille} : {efficaces:.0f} tirages efficaces sur {TIRES}", file=sys.stderr)


if __name__ == "__main__":
    main()
