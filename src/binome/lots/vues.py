"""Decides the good rows of a lot for the money, the aid contract and the clocks, in columns.

What a view stands on (the positioning, the year of a contract) is laid down row by row, as it is for
one dossier; the rules themselves are decided together, on the batch engine.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from binome.lots.decision import en_frame
from binome.lots.lecture import REFERENCE
from binome.regles.calendrier import ajouter_mois
from binome.regles.metiers.aide import ANNEES, ELIGIBILITE, VERSION
from binome.regles.metiers.financement import code_de_la_voie
from binome.regles.metiers.situer import situer
from binome.regles.regle import NON

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from binome.lots.lecture import LigneLue
    from binome.regles.base import Base
    from binome.regles.faits import Dossier

SOMMES = ("aide_max_cents", "reste_employeur_cents")


def _decider(
    lignes: list[LigneLue], base: Base, situer_ligne: Callable[[Dossier], Dossier]
) -> pl.DataFrame:
    """The decisions of a view, and nothing of the facts but the row and its reference."""

    from binome.regles.lot import colonnes_decidees, decider_lot  # noqa: PLC0415

    situees = [ligne.situee(situer_ligne(ligne.dossier)) for ligne in lignes]
    decide: pl.DataFrame = decider_lot(en_frame(situees, base), base)
    reference = [REFERENCE] if REFERENCE in decide.columns else []
    return decide.select("ligne", *reference, *colonnes_decidees(base))


def _signer(decide: pl.DataFrame, base: Base) -> pl.DataFrame:
    import polars as pl  # noqa: PLC0415 - only a lot pays for it

    return decide.with_columns(pl.lit(base.empreinte).alias("base"))


def financer_lot(lignes: list[LigneLue], base: Base) -> pl.DataFrame:
    """One row per dossier: each route's answer, then each amount in cents; a closed one has none."""
    import polars as pl  # noqa: PLC0415 - only a lot pays for it

    decide = _decider(lignes, base, lambda dossier: situer(base, dossier))
    codes = {cible: code_de_la_voie(cible) for cible in base.question.cibles}
    montants = [
        pl.when(pl.col(cible) != NON).then(pl.col(nom)).alias(nom)
        for cible, code in codes.items()
        for nom in decide.columns
        if nom.startswith(f"{code}_")
    ]
    return _signer(decide.with_columns(*montants).rename(codes), base)


def echeances_du_lot(lignes: list[LigneLue], base: Base) -> pl.DataFrame:
    """One row per dossier: the earliest day of each clock that runs, or may run."""
    return _signer(_decider(lignes, base, lambda dossier: situer(base, dossier)), base)


def aider_lot(lignes: list[LigneLue], base: Base) -> pl.DataFrame:
    """Five rows per dossier, one a year of the contract; a refused one promises no money."""
    import polars as pl  # noqa: PLC0415 - only a lot pays for it

    annees = []
    for rang in range(1, ANNEES + 1):
        decide = _decider(lignes, base, lambda dossier, rang=rang: _annee(dossier, rang))  # type: ignore[misc] # the rank of this turn of the loop
        debuts = [_debut(ligne.dossier, rang) for ligne in lignes]
        annees.append(
            decide.with_columns(
                pl.lit(rang, dtype=pl.Int64).alias("annee"), pl.Series("du", debuts, pl.Date)
            )
        )
    toutes = pl.concat(annees).sort("ligne", "annee")
    promises = [pl.when(pl.col(ELIGIBILITE) != NON).then(pl.col(nom)).alias(nom) for nom in SOMMES]
    toutes = toutes.with_columns(*promises).rename({ELIGIBILITE: "eligible", VERSION: "version"})
    tete = [nom for nom in ("ligne", REFERENCE, "annee", "du") if nom in toutes.columns]
    return _signer(toutes.select(*tete, pl.exclude(tete)), base)


def _debut(dossier: Dossier, rang: int) -> date | None:
    signature = dossier["date_signature_contrat_aide"]
    return ajouter_mois(signature, 12 * (rang - 1)) if isinstance(signature, date) else None


def _annee(dossier: Dossier, rang: int) -> Dossier:
    return {**dossier, "annee": rang, "debut_annee": _debut(dossier, rang)}
