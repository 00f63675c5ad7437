"""What is added up of the frames, written once as Narwhals expressions: Polars here, DuckDB or Spark by the same.

Each function takes lazy frames and gives one back; nothing is computed before `collect`. Groups come in no order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import narwhals as nw

if TYPE_CHECKING:
    from datetime import date

    from binome.trames.cadres import Cadre

NIVEAU_BAC: Final = 4
NIVEAU_BAC_2: Final = 5
TROIS_ANS: Final = 36
"""Months of the experience that let in without a diploma of level 4 (report, table 4)."""


def par_annee(trame: Cadre, jour: str) -> Cadre:
    """How many rows by year of a day, those without it aside: `annee`, `nombre`."""
    datees = trame.filter(~nw.col(jour).is_null())
    return (
        datees.with_columns(annee=nw.col(jour).dt.year().cast(nw.Int64))
        .group_by("annee")
        .agg(nombre=nw.len().cast(nw.Int64))
    )


def par_code(trame: Cadre, code: str) -> Cadre:
    """How many rows by code; the empty one is « nobody said »: `code`, `nombre`."""
    return (
        trame.with_columns(code=nw.col(code)).group_by("code").agg(nombre=nw.len().cast(nw.Int64))
    )


def premiers_jours(presences: Cadre) -> Cadre:
    """By path, the first day attended: `parcours`, `entree`."""
    return presences.group_by("parcours").agg(entree=nw.col("premiere").min())


def entrees(parcours: Cadre, presences: Cadre) -> Cadre:
    """The paths of those who came at least once, with `entree`: a file that was accepted is not an entry."""
    return parcours.join(premiers_jours(presences), on="parcours", how="inner")


def en_vigueur(contrats: Cadre, au: date) -> Cadre:
    """The contracts under which somebody may work that day: begun, neither over nor suspended."""
    fini = nw.col("fini_le")
    return contrats.filter(
        ~nw.col("debut").is_null(),
        nw.col("debut") <= au,
        ~nw.col("suspendu"),
        fini.is_null() | (fini > au),
    )


def diplomes(dossiers: Cadre) -> Cadre:
    """How many by what they had before entering: `code` (bac, bac_2, bac_3, experience, sous_bac, empty), `nombre`."""
    niveau, mois = nw.col("niveau"), nw.col("experience")
    classe = (
        nw.when(niveau.is_null())
        .then(nw.lit(""))
        .otherwise(
            nw.when(niveau > NIVEAU_BAC_2)
            .then(nw.lit("bac_3"))
            .otherwise(
                nw.when(niveau == NIVEAU_BAC_2)
                .then(nw.lit("bac_2"))
                .otherwise(
                    nw.when(niveau == NIVEAU_BAC)
                    .then(nw.lit("bac"))
                    .otherwise(
                        nw.when(~mois.is_null() & (mois >= TROIS_ANS))
                        .then(nw.lit("experience"))
                        .otherwise(nw.lit("sous_bac"))
                    )
                )
            )
        )
    )
    return par_code(dossiers.with_columns(classe=classe), "classe")


def du_cqp(dossiers: Cadre, parcours: Cadre) -> Cadre:
    """The dossiers that a path of the CQP follows, each once."""
    siens = parcours.filter(nw.col("voie") == "cqp").select("dossier").unique()
    return dossiers.join(siens, on="dossier", how="inner")


def dispenses(parcours: Cadre, dossiers: Cadre) -> Cadre:
    """Of the CQP paths of secretaries: `lus` whose minutes taken off are known, `dispenses` with some, `total`."""
    siens = dossiers.filter(nw.col("origine") == "secretaire").select("dossier")
    cqp = parcours.filter(nw.col("voie") == "cqp").join(siens, on="dossier", how="inner")
    connues = ~nw.col("dispensees").is_null()
    return cqp.select(
        lus=connues.cast(nw.Int64).sum(),
        dispenses=(connues & (nw.col("dispensees") > 0)).cast(nw.Int64).sum(),
        total=nw.len().cast(nw.Int64),
    )


def a_distance(presences: Cadre) -> Cadre:
    """By organisation, the minutes followed and those at a distance: `organisme`, `minutes`, `loin`."""
    return (
        presences.with_columns(
            loin=nw.when(nw.col("a_distance")).then(nw.col("minutes")).otherwise(0)
        )
        .group_by("organisme")
        .agg(minutes=nw.col("minutes").sum(), loin=nw.col("loin").sum())
    )


def argent_par_annee(argent: Cadre) -> Cadre:
    """By year of funding, in cents: `annee`, `accorde`, `prouve`, `facture`, `paye`; `connus` agreements whose amount is known."""
    sommes = {nom: nw.col(nom).sum() for nom in ("accorde", "prouve", "facture", "paye")}
    return (
        argent.with_columns(connu=(~nw.col("accorde").is_null()).cast(nw.Int64))
        .group_by("annee")
        .agg(**sommes, connus=nw.col("connu").sum(), nombre=nw.len().cast(nw.Int64))
    )


def comptes(trame: Cadre, cle: str = "code") -> dict[str, int]:
    """The `nombre` of each group, computed, in the order of the keys."""
    lignes = trame.collect().rows(named=True)
    return {str(une[cle]): int(une["nombre"]) for une in sorted(lignes, key=lambda une: une[cle])}
