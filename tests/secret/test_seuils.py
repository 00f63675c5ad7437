"""The thresholds of this installation, and what each rule says of one count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.reglages.reglage import ReglageRefuse
from binome.secret.seuils import (
    Seuils,
    montrable,
    montrable_par_organisme,
    repartition,
    seuils,
    taux,
)


@pytest.mark.parametrize(
    ("comptes", "montres"),
    [
        ({"53": 20, "35": 15}, {"53": 20, "35": 15}),
        ({"53": 11}, {"53": 11}),
        ({"53": 20, "35": 15, "44": 2}, {}),
        # Shown in part, 11 of 31 left twenty for two cells of ten at most: both were known.
        ({"53": 11, "72": 10, "49": 10}, {}),
        ({"53": 3}, {}),
        ({}, {}),
    ],
)
def test_des_cas_ecrits_a_la_main(comptes: dict[str, int], montres: dict[str, int]) -> None:
    assert repartition(comptes) == montres


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(1, 40), max_size=8))
def test_rien_ou_tout_et_jamais_un_petit_nombre(comptes: dict[str, int]) -> None:
    montres = repartition(comptes)
    assert montres in ({}, comptes)
    assert all(montrable(nombre) == nombre for nombre in montres.values())


def test_le_seuil_est_montre_et_pas_en_dessous() -> None:
    seuil = seuils().personnes
    assert (montrable(seuil), montrable(seuil - 1), montrable(0)) == (seuil, None, None)


def test_les_seuils_sont_des_reglages(monkeypatch: pytest.MonkeyPatch) -> None:
    assert seuils() == Seuils(personnes=11, contrats=5, organismes=3, dominance=85)
    monkeypatch.setenv("BINOME_SEUIL_PERSONNES", "20")
    assert (montrable(19), montrable(20)) == (None, 20)
    monkeypatch.setenv("BINOME_SEUIL_DOMINANCE", "120")
    with pytest.raises(ReglageRefuse, match="BINOME_SEUIL_DOMINANCE"):
        seuils()


@pytest.mark.parametrize(
    ("parts", "somme"),
    [
        ((30, 30, 40), 100),
        ((50, 50), None),
        ((50, 50, 0), None),
        ((85, 10, 5), 100),
        ((86, 10, 4), None),
        ((), None),
    ],
)
def test_une_somme_d_organismes(parts: tuple[int, ...], somme: int | None) -> None:
    assert montrable_par_organisme(parts) == somme


@pytest.mark.parametrize(
    ("numerateur", "denominateur", "attendu"),
    [(5, 11, 5 / 11), (5, 10, None), (0, 40, None), (40, 40, None), (1, 40, 1 / 40)],
)
def test_un_taux(numerateur: int, denominateur: int, attendu: float | None) -> None:
    assert taux(numerateur, denominateur) == attendu
