"""Two bases over the same columns: what changes, for whom, because of which rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from binome.dossiers.etats import Etat
from binome.regles.lot import codes_d_alerte, decider_avec_regles, nom_de_verite

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from binome.regles.base import Base
    from binome.regles.regle import Regle

GROUPES: Final[Mapping[str, str]] = {
    "admis": "Une voie s’ouvre",
    "refuses": "La voie se ferme",
    "voie": "Une autre voie",
    "moins": "Moins d’heures à suivre",
    "plus": "Plus d’heures à suivre",
    "alertes": "Une alerte apparaît",
    "levees": "Une alerte disparaît",
    "autres": "Un autre changement",
}
"""What may change; a dossier may be of several groups."""
OUVERTES: Final = ("cqp", "fae")
COMPARES: Final = ("voie", "referentiel", "minutes_total", "minutes_dispensees")


def regles_qui_changent(avant: Base, apres: Base) -> tuple[str, ...]:
    """The rules that only one base has, or that both do not write alike."""
    return tuple(
        nom
        for nom in sorted({*avant.regles, *apres.regles})
        if avant.regles.get(nom) != apres.regles.get(nom)
    )


def comparer(frame: pl.DataFrame, avant: Base, apres: Base) -> pl.DataFrame:
    """One row per dossier that changes: before, after, the groups it is of, the rules that do it.

    `regles` names, among the rules that change, those that answer yes for the dossier under one base
    or the other; it is empty where only a length or a scale moved.
    """
    import polars as pl  # noqa: PLC0415 - only a lot pays for it

    bougent = regles_qui_changent(avant, apres)
    lus = []
    for base in (avant, apres):
        decide = decider_avec_regles(frame, base, bougent)
        verites = [nom for nom in bougent if nom_de_verite(nom) in decide.columns]
        lus.append(
            decide.select(
                "dossier", "reference", "etat", *COMPARES,
                _noms({f"alerte:{code}": code for code in codes_d_alerte(base)}).alias("alertes"),
                _noms({nom_de_verite(nom): nom for nom in verites}).alias("regles"),
            )
        )  # fmt: skip
    un, autre = lus
    cote = pl.concat(
        [un, autre.drop("dossier", "reference", "etat").rename(lambda nom: f"{nom}_apres")],
        how="horizontal",
    )
    change = [~pl.col(nom).eq_missing(pl.col(f"{nom}_apres")) for nom in (*COMPARES, "alertes")]
    changent: pl.DataFrame = (
        cote.filter(pl.any_horizontal(change))
        .with_columns(
            pl.col("regles").list.set_union("regles_apres").list.sort().list.join(";"),
            pl.col("alertes_apres").list.set_difference("alertes").list.sort().list.join(";").alias("parues"),
            pl.col("alertes").list.set_difference("alertes_apres").list.sort().list.join(";").alias("levees"),
        )
        .drop("regles_apres", "alertes", "alertes_apres")
        .with_columns(**{f"g_{nom}": condition for nom, condition in _groupes().items()})
        .with_columns(g_autres=~pl.any_horizontal(f"g_{nom}" for nom in GROUPES if nom != "autres"))
    )  # fmt: skip
    return changent


def _noms(colonnes: Mapping[str, str]) -> pl.Expr:
    """The list of the words whose column is true."""
    import polars as pl  # noqa: PLC0415

    if not colonnes:
        return pl.lit([], dtype=pl.List(pl.String))
    return pl.concat_list(
        pl.when(pl.col(nom)).then(pl.lit(mot)) for nom, mot in colonnes.items()
    ).list.drop_nulls()


def _groupes() -> dict[str, pl.Expr]:
    import polars as pl  # noqa: PLC0415

    ouverte, ouverte_apres = (pl.col(nom).is_in(OUVERTES) for nom in ("voie", "voie_apres"))
    admis = ~ouverte & ouverte_apres
    refuses = (pl.col("voie") != "refus") & (pl.col("voie_apres") == "refus")
    # Hours are only compared where a route was and stays open: none is no gain for who is refused.
    suivies = ouverte & ouverte_apres
    minutes, minutes_apres = pl.col("minutes_total"), pl.col("minutes_total_apres")
    return {
        "admis": admis,
        "refuses": refuses,
        "voie": (pl.col("voie") != pl.col("voie_apres")) & ~admis & ~refuses,
        "moins": suivies & (minutes_apres < minutes).fill_null(False),
        "plus": suivies & (minutes_apres > minutes).fill_null(False),
        "alertes": pl.col("parues") != "",
        "levees": pl.col("levees") != "",
    }


def bilan(lignes: pl.DataFrame, avant: Base, apres: Base) -> dict[str, Any]:
    """The counts of a replay, and the rules behind it with their sources on both sides, as JSON."""
    import polars as pl  # noqa: PLC0415

    regles = lignes["regles"].value_counts(sort=True).rows()
    passages = (
        lignes.group_by("voie", "voie_apres").len().sort("len", "voie", descending=[True, False])
    )
    noms = sorted({nom for ensemble, _ in regles for nom in ensemble.split(";") if nom})
    return {
        "groupes": {nom: int(lignes[f"g_{nom}"].sum()) for nom in GROUPES},
        "decides": lignes.filter(
            pl.col("etat").is_in([Etat.ARRETE, Etat.DECIDE, Etat.RECOURS])
        ).height,
        "par_regles": [[ensemble, nombre] for ensemble, nombre in regles],
        "passages": [list(ligne) for ligne in passages.rows()],
        "regles": {
            nom: {
                "avant": _dite(avant.regles.get(nom)),
                "apres": _dite(apres.regles.get(nom)),
            }
            for nom in noms
        },
    }


def _dite(regle: Regle | None) -> dict[str, Any] | None:
    if regle is None:
        return None
    return {
        "titre": regle.titre,
        "du": None if regle.du is None else regle.du.isoformat(),
        "au": None if regle.au is None else regle.au.isoformat(),
        "sources": [str(une) for une in regle.sources],
    }
