"""The columnar reading says what the scalar one says, on the whole boundary grid, on two engines."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from binome.regles.courante import base_courante
from binome.regles.grille import grille
from binome.regles.lot import codes_d_alerte, decider_lot
from binome.regles.quantites import compteur
from binome.regles.regle import Alerte
from tests.regles.essais import COLONNES, base_avec, regle, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from binome.regles.base import Base
    from binome.regles.faits import DefinitionDeFait, Dossier, Valeur


TYPES: dict[str, Any] = {
    "date": pl.Date,
    "entier": pl.Int64,
    "choix": pl.String,
    "liste": pl.String,
}


def en_colonnes(dossiers: list[Dossier], base: Base) -> pl.DataFrame:
    colonnes = [pl.Series("rang", range(len(dossiers)))]
    for fait in base.faits.values():
        valeurs: list[Any] = [dossier[fait.nom] for dossier in dossiers]
        if fait.type == "liste":
            valeurs = [None if v is None else ";".join(sorted(v)) for v in valeurs]
        colonnes.append(pl.Series(fait.nom, valeurs, TYPES[fait.type]))
    return pl.DataFrame(colonnes)


def une_par_une(dossiers: Iterable[Dossier], base: Base) -> pl.DataFrame:
    """The same decisions, by the scalar reading."""
    codes = codes_d_alerte(base)
    lignes = []
    for dossier in dossiers:
        conclusion = base.moteur.decider(dossier)
        etabli = conclusion.etabli
        minutes = compteur(base).compter(etabli)
        effets = [e.regle.effet for e in conclusion.etapes if e.issue == "oui"]
        levees = {effet.code for effet in effets if isinstance(effet, Alerte)}
        referentiel = etabli.retenues["referentiel"]
        lignes.append(
            [
                etabli.retenues["voie"] or "indetermine",
                referentiel if referentiel in base.referentiels else None,
                *minutes.values(),
                *(code in levees for code in codes),
            ]
        )
    noms = [*COLONNES, *(f"alerte:{code}" for code in codes)]
    types = [pl.String, pl.String, *[pl.Int32] * 5, *[pl.Boolean] * len(codes)]
    return pl.DataFrame(lignes, schema=dict(zip(noms, types, strict=True)), orient="row")


def comparer(lot: pl.DataFrame, temoin: pl.DataFrame) -> None:
    ecarts = [nom for nom in temoin.columns if not lot[nom].equals(temoin[nom], null_equal=True)]
    assert ecarts == []


def polars(frame: pl.DataFrame, base: Base) -> pl.DataFrame:
    resultat: pl.DataFrame = decider_lot(frame.lazy(), base, alertes=True).collect()
    return resultat


def duck(frame: pl.DataFrame, base: Base) -> pl.DataFrame:
    relation: Any = decider_lot(duckdb.from_arrow(frame.to_arrow()), base, alertes=True)
    resultat: pl.DataFrame = relation.pl()
    return resultat.sort("rang")


@pytest.mark.lourd
@pytest.mark.parametrize(
    "avec",
    [
        pytest.param(avec, marks=pytest.mark.long(12))
        for avec in ((), ("igas-8",), ("igas-9",), ("igas-11",))
    ],
    ids=lambda avec: "+".join(avec) or "courante",
)
def test_toute_la_grille_aux_bornes_dit_la_meme_chose(avec: tuple[str, ...]) -> None:
    base = base_courante(*avec)
    dossiers = list(grille(base))
    assert len(dossiers) > 40_000
    _dire_pareil(dossiers, base)


@pytest.mark.lourd
@pytest.mark.parametrize(
    ("avec", "un_sur"),
    [
        ((), 59),
        pytest.param(("igas-9",), 67, marks=pytest.mark.long(3)),
        *(pytest.param((un,), 41, marks=pytest.mark.long(3)) for un in ("igas-8", "igas-11")),
    ],
)
def test_un_echantillon_le_dit_deja_avec_chaque_recommandation(
    avec: tuple[str, ...], un_sur: int
) -> None:
    base = base_courante(*avec)
    _dire_pareil(list(islice(grille(base), 0, None, un_sur)), base)


def _dire_pareil(dossiers: list[Dossier], base: Base) -> None:
    temoin = une_par_une(dossiers, base)
    frame = en_colonnes(dossiers, base)
    comparer(polars(frame, base), temoin)
    comparer(duck(frame, base), temoin)
    assert set(temoin["voie"]) == {"cqp", "fae", "deja_certifie", "refus", "indetermine"}
    assert set(temoin["referentiel"]) == {None, *base.referentiels}


def dossiers_quelconques(base: Base) -> st.SearchStrategy[list[Dossier]]:
    """Any dossiers, unknown facts and impossible orders of dates included."""
    jours = st.dates(date(2019, 1, 1), date(2031, 12, 31))
    par_type: dict[str, Callable[[DefinitionDeFait], st.SearchStrategy[Valeur]]] = {
        "date": lambda _: jours,
        "entier": lambda fait: st.integers(0, min(fait.maximum or 60, 60)),
        "choix": lambda fait: st.sampled_from(list(fait.valeurs)),
        "liste": lambda fait: st.frozensets(st.sampled_from(list(fait.valeurs)), max_size=3),
    }
    un = st.fixed_dictionaries(
        {nom: st.none() | par_type[fait.type](fait) for nom, fait in base.faits.items()}
    )
    return st.lists(un, min_size=1, max_size=30)


@settings(max_examples=40)
@given(st.data())
def test_des_dossiers_quelconques_aussi(base: Base, data: st.DataObject) -> None:
    dossiers = data.draw(dossiers_quelconques(base))
    comparer(polars(en_colonnes(dossiers, base), base), une_par_une(dossiers, base))


def test_une_colonne_absente_est_inconnue_partout(base: Base) -> None:
    frame = pl.DataFrame({"date_entree": [date(2026, 1, 15)], "niveau_diplome": [4]})
    lot = decider_lot(frame, base)
    assert lot.columns == ["date_entree", "niveau_diplome", *COLONNES]
    assert lot["voie"].to_list() == ["indetermine"]
    assert lot["minutes_total"].to_list() == [None]
    assert lot["referentiel"].to_list() == ["rncp40913"]


def test_une_liste_se_lit_sous_ses_trois_formes(base: Base) -> None:
    valeurs = [None, [], ["secretaire_medical"], ["aide_dentaire", "secretaire_medical"], ["ide"]]
    socle = {
        "date_entree": [date(2026, 1, 15)] * 5,
        "niveau_diplome": [4] * 5,
        "experience_secretaire_mois": [0] * 5,
    }
    texte = pl.DataFrame(
        {**socle, "diplomes": [None if v is None else "; ".join(v) for v in valeurs]},
        schema_overrides={"diplomes": pl.String},
    )
    liste = pl.DataFrame(
        {**socle, "diplomes": valeurs}, schema_overrides={"diplomes": pl.List(pl.String)}
    )
    codes = list(base.faits["diplomes"].valeurs)
    eclate = pl.DataFrame(
        {
            **socle,
            **{f"diplomes.{c}": [None if v is None else c in v for v in valeurs] for c in codes},
        }
    )
    attendu = ["indetermine", "cqp", "cqp", "cqp", "fae"]
    minutes = [None, 16740, 12960, 11700, 4500]
    for frame in (texte, liste, eclate):
        lot = decider_lot(frame, base)
        assert lot["voie"].to_list() == attendu
        assert lot["minutes_total"].to_list() == minutes


def test_un_code_n_est_pas_pris_pour_un_autre_qui_le_contient(base: Base) -> None:
    frame = pl.DataFrame(
        {
            "date_entree": [date(2026, 1, 15)] * 2,
            "niveau_diplome": [0, 0],
            "experience_secretaire_mois": [0, 0],
            "diplomes": ["xide", "idex"],
        }
    )
    assert decider_lot(frame, base)["voie"].to_list() == ["refus", "refus"]


def test_une_frame_differee_reste_differee(base: Base) -> None:
    frame = pl.LazyFrame({"date_entree": [date(2026, 1, 15)]})
    assert isinstance(decider_lot(frame, base), pl.LazyFrame)


def test_les_colonnes_de_travail_ne_sortent_pas(base: Base) -> None:
    frame = pl.DataFrame({"moi": ["a"], "date_entree": [date(2026, 1, 15)], "voie": ["ancienne"]})
    lot = decider_lot(frame, base, alertes=True)
    assert lot.columns[:2] == ["moi", "date_entree"]
    assert lot.columns[2:9] == list(COLONNES)
    assert all(nom.startswith("alerte:") for nom in lot.columns[9:])
    assert lot["voie"].to_list() == ["indetermine"]


def test_chaque_comparaison_a_sa_colonne() -> None:
    """Operators that today's rules do not use are translated all the same."""
    conditions = {
        "est": {"fait": "niveau_diplome", "est": 4},
        "parmi": {"fait": "niveau_diplome", "parmi": [3, 5]},
        "entre": {"fait": "niveau_diplome", "entre": [3, 5]},
        "avant": {"fait": "date_jury", "avant": date(2025, 2, 28)},
        "apres": {"fait": "date_jury", "apres": date(2025, 2, 28)},
        "avant_lie": {"fait": "date_jury", "avant": {"fait": "afgsu_date", "plus_mois": 12}},
        "apres_lie": {"fait": "date_jury", "apres": {"fait": "afgsu_date", "plus_mois": 12}},
        "moins_lie": {"fait": "date_jury", "au_moins": {"fait": "afgsu_date", "plus_mois": 12}},
        "plus_lie": {"fait": "date_jury", "au_plus": {"fait": "afgsu_date", "plus_mois": 12}},
        "connu": {"fait": "contrat", "connu": True},
        "choix": {"fait": "contrat", "parmi": ["cdi", "cdd"]},
    }
    regles = [
        regle(f"essai.{n}", c, alors={"alerte": {"code": n, "texte": n}})
        for n, c in conditions.items()
    ]
    base = base_avec(table(*regles, role="alerte"))
    jours = [date(2024, 2, 27) + timedelta(days=n) for n in range(5)]
    dossiers = [
        base.lire(
            {"niveau_diplome": niveau, "date_jury": jury, "afgsu_date": afgsu, "contrat": contrat}
        )
        for niveau in (None, 2, 3, 4, 5, 6)
        for jury in (None, "2025-02-27", "2025-02-28", "2025-03-01")
        for afgsu in (None, *map(str, jours))
        for contrat in (None, "cdi", "aucun")
    ]
    comparer(polars(en_colonnes(dossiers, base), base), une_par_une(dossiers, base))
    comparer(duck(en_colonnes(dossiers, base), base), une_par_une(dossiers, base))


def test_une_base_sans_date_liee_ni_liste() -> None:
    """The preparation of columns has nothing to add then."""
    base = base_courante()
    complet = en_colonnes([base.lire({"date_entree": "2026-01-15", "diplomes": ["ide"]})], base)
    assert decider_lot(complet, base)["voie"].to_list() == ["fae"]


@pytest.mark.long(60)
def test_pyspark_dit_la_meme_chose() -> None:
    """Runs where Java and the `spark` extra are present; skips loudly elsewhere."""
    if shutil.which("java") is None:
        pytest.skip("Java n’est pas installé : PySpark n’a pas été essayé")
    sql = pytest.importorskip("pyspark.sql", reason="l’extra « spark » n’est pas installé")
    base = base_courante()
    dossiers = list(grille(base))[::25]
    frame = en_colonnes(dossiers, base)
    session = (
        sql.SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    try:
        resultat = decider_lot(session.createDataFrame(frame.to_arrow()), base, alertes=True)
        lot = pl.from_arrow(resultat.toArrow())
    finally:
        session.stop()
    assert isinstance(lot, pl.DataFrame)
    comparer(lot.sort("rang"), une_par_une(dossiers, base))
