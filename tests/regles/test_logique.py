"""Three-valued logic: the same truth tables for one dossier and for every columnar engine."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
import pytest

from binome.regles.logique import et, non, ou
from binome.regles.lot import decider_lot
from tests.regles.essais import base_avec, regle, table

if TYPE_CHECKING:
    from binome.regles.logique import Verite

VALEURS: tuple[Verite, ...] = (True, False, None)
V, F, N = VALEURS
ET = {
    (V, V): V,
    (V, F): F,
    (V, N): N,
    (F, V): F,
    (F, F): F,
    (F, N): F,
    (N, V): N,
    (N, F): F,
    (N, N): N,
}
OU = {
    (V, V): V,
    (V, F): V,
    (V, N): V,
    (F, V): V,
    (F, F): F,
    (F, N): N,
    (N, V): V,
    (N, F): N,
    (N, N): N,
}
NON = {V: F, F: V, N: N}

# Two facts that can each be true, false or unknown: a level, and an experience.
UN = {"fait": "niveau_diplome", "au_moins": 4}
DEUX = {"fait": "experience_secretaire_mois", "au_moins": 12}
NIVEAU = {V: 4, F: 3, N: None}
MOIS = {V: 12, F: 11, N: None}


@pytest.fixture(scope="module")
def essai() -> Any:
    return base_avec(
        table(
            regle("essai.et", {"et": [UN, DEUX]}),
            regle("essai.ou", {"ou": [UN, DEUX]}),
            regle("essai.non", {"non": UN}),
            regle("essai.trois-et", {"et": [UN, DEUX, UN]}),
            regle("essai.trois-ou", {"ou": [UN, DEUX, UN]}),
        )
    )


def test_les_tables_de_verite() -> None:
    for paire in product(VALEURS, VALEURS):
        assert et(paire) is ET[paire]
        assert ou(paire) is OU[paire]
    for valeur in VALEURS:
        assert non(valeur) is NON[valeur]
    assert et([]) is True
    assert ou([]) is False


@pytest.mark.parametrize("triplet", list(product(VALEURS, repeat=3)))
def test_et_et_ou_s_enchainent(triplet: tuple[Verite, ...]) -> None:
    a, b, c = triplet
    assert et(triplet) is ET[ET[a, b], c]
    assert ou(triplet) is OU[OU[a, b], c]


@pytest.mark.parametrize("paire", list(product(VALEURS, VALEURS)))
def test_le_moteur_scalaire_suit_les_tables(essai: Any, paire: tuple[Verite, Verite]) -> None:
    un, deux = paire
    dossier = essai.lire({"niveau_diplome": NIVEAU[un], "experience_secretaire_mois": MOIS[deux]})
    verites = essai.moteur.decider(dossier).etabli.verites
    assert verites["essai.et"] is verites["essai.trois-et"] is ET[paire]
    assert verites["essai.ou"] is verites["essai.trois-ou"] is OU[paire]
    assert verites["essai.non"] is NON[un]


def _frame() -> pl.DataFrame:
    paires = list(product(VALEURS, VALEURS))
    return pl.DataFrame(
        {
            "rang": range(len(paires)),
            "niveau_diplome": [NIVEAU[un] for un, _ in paires],
            "experience_secretaire_mois": [MOIS[deux] for _, deux in paires],
        }
    )


@pytest.mark.parametrize("moteur", ["polars", "polars différé", "duckdb"])
def test_les_colonnes_suivent_les_tables(moteur: str) -> None:
    """Seen through alerts, the columns that the batch gives out one by one."""
    conditions = {"et": {"et": [UN, DEUX]}, "ou": {"ou": [UN, DEUX]}, "non": {"non": UN}}
    # An unknown alert is not raised: asking also for the contrary tells unknown from false.
    regles = [
        regle(f"essai.{nom}{suite}", si, alors={"alerte": {"code": f"{nom}{suite}", "texte": nom}})
        for nom, condition in conditions.items()
        for suite, si in (("", condition), ("_faux", {"non": condition}))
    ]
    base = base_avec(table(*regles, role="alerte"))
    frame: Any = _frame()
    if moteur == "polars différé":
        frame = frame.lazy()
    if moteur == "duckdb":
        frame = duckdb.from_arrow(frame.to_arrow())
    resultat: Any = decider_lot(frame, base, alertes=True)
    lu: pl.DataFrame = (
        resultat.collect()
        if moteur == "polars différé"
        else resultat.pl()
        if moteur == "duckdb"
        else resultat
    )
    lu = lu.sort("rang")

    def verites(nom: str) -> list[Verite]:
        vrais, faux = lu[f"alerte:{nom}"].to_list(), lu[f"alerte:{nom}_faux"].to_list()
        return [
            True if vrai else False if contraire else None
            for vrai, contraire in zip(vrais, faux, strict=True)
        ]

    paires = list(product(VALEURS, VALEURS))
    assert verites("et") == [ET[paire] for paire in paires]
    assert verites("ou") == [OU[paire] for paire in paires]
    assert verites("non") == [NON[un] for un, _ in paires]
