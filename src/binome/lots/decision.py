"""Decides the good rows of a lot together, on the batch engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from binome.lots.lecture import REFERENCE
from binome.regles.metiers.heures import VOIE

if TYPE_CHECKING:
    import polars as pl

    from binome.lots.lecture import LigneLue
    from binome.regles.base import Base


def en_frame(lignes: list[LigneLue], base: Base) -> pl.DataFrame:
    """The good rows as columns of facts."""
    import polars as pl  # noqa: PLC0415 - only a lot pays for it

    types: dict[str, Any] = {
        "date": pl.Date,
        "entier": pl.Int64,
        "decimal": pl.Int64,
        "booleen": pl.Boolean,
        "choix": pl.String,
        "liste": pl.String,
    }
    colonnes = [pl.Series("ligne", [ligne.numero for ligne in lignes], pl.Int64)]
    if any(ligne.reference for ligne in lignes):
        colonnes.append(pl.Series(REFERENCE, [ligne.reference for ligne in lignes], pl.String))
    for fait in base.faits.values():
        valeurs: list[Any] = [ligne.dossier[fait.nom] for ligne in lignes]
        if fait.type == "liste":
            valeurs = [None if v is None else ";".join(sorted(v)) for v in valeurs]
        colonnes.append(pl.Series(fait.nom, valeurs, types[fait.type]))
    return pl.DataFrame(colonnes)


def decider(frame: pl.DataFrame, base: Base) -> pl.DataFrame:
    """One row of decision per row of facts: route, hours, alerts, the base that decided."""
    import polars as pl  # noqa: PLC0415 - only a lot pays for it

    from binome.regles.lot import codes_d_alerte, colonnes_decidees, decider_lot  # noqa: PLC0415

    decide: pl.DataFrame = decider_lot(frame, base, alertes=True)
    codes = list(codes_d_alerte(base))
    levees = pl.concat_list(
        pl.when(pl.col(f"alerte:{code}")).then(pl.lit(code)) for code in codes
    ).list.drop_nulls()
    return decide.select(
        "ligne",
        *([REFERENCE] if REFERENCE in decide.columns else []),
        pl.col(base.tables[VOIE].decide_par).alias("au"),
        *colonnes_decidees(base),
        levees.list.join(";").alias("alertes"),
        pl.lit(base.empreinte).alias("base"),
    )
