"""The years of many contracts, decided together as columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from binome.contrats_d_aide.versements import AnneeComptee, annees_a_compter, annees_comptees
from binome.regles.lot import decider_lot
from binome.regles.metiers.aide import VUE
from binome.regles.quantites import colonne_de, quantites

if TYPE_CHECKING:
    from collections.abc import Sequence

    from binome.contrats_d_aide.lire_les_vies import VieLue
    from binome.regles.base import Base

ENSEMBLE: Final = 40
"""From so many contracts on, their years are decided as columns."""


def annees_de(base: Base, vies: Sequence[VieLue]) -> list[tuple[AnneeComptee, ...]]:
    """The years of each contract; as columns where there are many."""
    if len(vies) < ENSEMBLE:
        return [annees_comptees(base, lue.vie) for lue in vies]
    vue = base.vue(VUE)
    lignes = [annee for lue in vies for annee in annees_a_compter(lue.vie)]
    montants = _en_colonnes(vue, [faits for _, _, _, faits in lignes])
    toutes = [
        AnneeComptee(rang, du, au, siens)
        for (rang, du, au, _), siens in zip(lignes, montants, strict=True)
    ]
    par_contrat = len(lignes) // len(vies)
    return [tuple(toutes[i : i + par_contrat]) for i in range(0, len(toutes), par_contrat)]


_TYPES: Final[dict[str, Any]] = {
    "date": pl.Date,
    "entier": pl.Int64,
    "decimal": pl.Int64,
    "booleen": pl.Boolean,
    "choix": pl.String,
    "liste": pl.String,
}


def _en_colonnes(vue: Base, faits: Sequence[dict[str, Any]]) -> list[dict[str, int | None]]:
    """The amounts of the view for each line, decided together; a fact that nobody gave is unknown throughout."""
    dits = {nom for siens in faits for nom, valeur in siens.items() if valeur is not None}
    noms = [nom for nom, fait in vue.faits.items() if nom in dits and fait.calcul is None]
    colonnes = {
        nom: pl.Series(
            nom,
            [
                ";".join(sorted(valeur))
                if isinstance(valeur := siens.get(nom), frozenset)
                else valeur
                for siens in faits
            ],
            dtype=_TYPES[vue.faits[nom].type],
        )
        for nom in noms
    }
    decidees = decider_lot(pl.DataFrame(colonnes), vue)
    quantite_de = {colonne_de(vue, nom): nom for nom in quantites(vue)}
    voulues = decidees.select([pl.col(colonne).alias(nom) for colonne, nom in quantite_de.items()])
    return voulues.to_dicts()  # type: ignore[no-any-return] # a frame of whole numbers
