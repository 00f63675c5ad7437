"""What is added up of the frames gives the report's counts, and the same on every engine."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, Final

import duckdb
import narwhals as nw
import pytest

from binome.trames import agregats
from binome.trames.cadres import Trames, trames
from binome.trames.colonnes import TRAMES
from tests.trames.monde_du_rapport import AU, ENTRES, ORGANISMES, SIGNES, monde_du_rapport

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from binome.trames.cadres import Cadre

AGREGATS: Final[dict[str, Callable[[Trames], Cadre]]] = {
    "signés": lambda t: agregats.par_annee(t.contrats, "signe_le"),
    "en vigueur": lambda t: agregats.par_code(agregats.en_vigueur(t.contrats, AU), "departement"),
    "entrées": lambda t: agregats.par_annee(agregats.entrees(t.parcours, t.presences), "entree"),
    "diplômes": lambda t: agregats.diplomes(t.dossiers),
    "dispenses": lambda t: agregats.dispenses(t.parcours, t.dossiers),
    "distance": lambda t: agregats.a_distance(t.presences),
    "argent": lambda t: agregats.argent_par_annee(t.argent),
}


def _lignes(cadre: Cadre) -> list[tuple[Any, ...]]:
    rendu = cadre.collect()
    return sorted(rendu.select(sorted(rendu.columns)).rows(), key=repr)


def _sous(convertir: Callable[[pl.DataFrame], Any]) -> Trames:
    """The frames of the report's world, given to another engine."""
    monde = monde_du_rapport()
    return Trames(
        AU,
        **{
            nom: nw.from_native(convertir(getattr(monde, nom).collect().to_native())).lazy()
            for nom in TRAMES
        },
    )


def test_le_monde_du_rapport_redonne_ses_tableaux() -> None:
    monde = monde_du_rapport()
    assert agregats.comptes(agregats.par_annee(monde.contrats, "signe_le"), "annee") == {
        str(annee): nombre for annee, nombre in SIGNES.items()
    }
    entrees = agregats.entrees(monde.parcours, monde.presences)
    assert agregats.comptes(agregats.par_annee(entrees, "entree"), "annee") == {
        str(annee): nombre for annee, nombre in ENTRES.items()
    }
    cqp = monde.dossiers.join(monde.parcours, on="dossier").filter(nw.col("voie") == "cqp")
    assert agregats.comptes(agregats.diplomes(cqp)) == {
        "bac": 694, "bac_2": 316, "experience": 128, "sous_bac": 170,
    }  # fmt: skip
    ligne = agregats.dispenses(monde.parcours, monde.dossiers).collect().rows(named=True)[0]
    assert abs(100 * ligne["dispenses"] / ligne["lus"] - 47) <= 0.1
    specialites = agregats.comptes(agregats.par_code(monde.contrats, "specialite"))
    assert abs(100 * specialites["medecine_generale"] / sum(specialites.values()) - 77) <= 0.1


def test_l_inconnu_n_est_ni_zero_ni_non() -> None:
    t = trames(
        AU,
        {
            "dossiers": [(1, 1, "c", AU, None, True, None, None, "")],
            "argent": [(1, 1, 1, 2022, None, 5, 4, 3), (2, 1, 1, 2022, 10, 0, 0, 0)],
        },
    )
    assert agregats.comptes(agregats.diplomes(t.dossiers)) == {"": 1}
    (ligne,) = agregats.argent_par_annee(t.argent).collect().rows(named=True)
    assert (ligne["accorde"], ligne["connus"], ligne["nombre"]) == (10, 1, 2)
    assert agregats.premiers_jours(t.presences).collect().is_empty()


def test_duckdb_dit_la_meme_chose() -> None:
    ici, la = monde_du_rapport(), _sous(duckdb.from_arrow)
    for nom, calculer in AGREGATS.items():
        assert _lignes(calculer(la)) == _lignes(calculer(ici)), nom
    assert len(_lignes(AGREGATS["distance"](la))) == ORGANISMES


@pytest.mark.long(60)
def test_spark_dit_la_meme_chose() -> None:
    """Runs where Java and the `spark` extra are present; skips loudly elsewhere."""
    if shutil.which("java") is None:
        pytest.skip("Java n’est pas installé : PySpark n’a pas été essayé")
    sql = pytest.importorskip("pyspark.sql", reason="l’extra « spark » n’est pas installé")
    session = (
        sql.SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    try:
        ici = monde_du_rapport()
        la = _sous(lambda cadre: session.createDataFrame(cadre.to_arrow()))
        for nom, calculer in AGREGATS.items():
            assert _lignes(calculer(la)) == _lignes(calculer(ici)), nom
    finally:
        session.stop()
