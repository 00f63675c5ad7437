"""What is paid: never more than agreed nor than proven, whatever the order, and not a cent lost."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.prises_en_charge.compter import (
    Deja,
    Payable,
    Termes,
    au_centime,
    engage,
    payable,
    repartir,
)
from binome.regles.calendrier import ajouter_mois

TERMES = st.builds(
    Termes,
    minutes=st.integers(1, 30_000),
    taux_cents=st.integers(1, 5_000),
    plafond_cents=st.none() | st.integers(0, 1_500_000),
    deja=st.builds(Deja, minutes=st.integers(0, 20_000), cents=st.integers(0, 800_000)),
)
MOIS = st.dictionaries(
    st.integers(0, 23).map(lambda plus: ajouter_mois(date(2026, 1, 1), plus)),
    st.integers(0, 6_000),
    max_size=14,
)


def test_the_report_pays_384_hours_at_20_and_12_euros() -> None:
    minutes = 384 * 60
    assert payable(minutes, minutes, 2_000) == 768_000
    assert payable(minutes, minutes, 1_200) == 460_800
    # 12 600 € on average: what is left is annex costs.
    assert 1_260_000 - engage(minutes, 2_000, None, 1_200) == 31_200


def test_one_trainee_in_two_hours_of_a_day_is_paid_to_the_cent() -> None:
    assert au_centime(50, 2_000) == 1_667
    assert au_centime(10, 915) == 153  # 152.5 goes up
    assert payable(60 * 100, 60 * 200, 2_000) == 200_000
    assert payable(60 * 100, 60 * 200, 2_000, 150_000) == 150_000
    assert payable(60 * 100, 60 * 200, 2_000, 150_000, Deja(60 * 90, 140_000)) == 10_000


@given(termes=TERMES, prouvees=MOIS)
def test_months_together_are_paid_what_all_their_minutes_are(termes: Termes, prouvees: dict[date, int]) -> None:  # fmt: skip
    payes = repartir(termes, prouvees)
    total = payable(
        termes.minutes, sum(prouvees.values()), termes.taux_cents, termes.plafond_cents, termes.deja
    )
    assert sum(un.cents for un in payes.values()) == total
    assert total <= au_centime(sum(prouvees.values()), termes.taux_cents)
    for mois, un in payes.items():
        assert 0 <= un.minutes <= prouvees[mois]
        assert un.cents >= 0
        assert un.minutes or not un.cents
    agrees = max(0, termes.minutes - termes.deja.minutes)
    assert sum(un.minutes for un in payes.values()) <= agrees
    if termes.plafond_cents is not None:
        assert total <= max(0, termes.plafond_cents - termes.deja.cents)


@given(termes=TERMES, prouvees=MOIS, graine=st.integers(0, 99))
def test_months_said_in_any_order_come_to_the_same(
    termes: Termes, prouvees: dict[date, int], graine: int
) -> None:
    ordre = sorted(prouvees)
    Random(graine).shuffle(ordre)  # noqa: S311 - an order, not a secret
    connus: dict[date, int] = {}
    tenus: dict[date, Payable] = {}
    for mois in ordre:
        connus[mois] = prouvees[mois]
        tenus = repartir(termes, connus, tenus)
    d_un_coup = repartir(termes, prouvees)
    assert sum(un.cents for un in tenus.values()) == sum(un.cents for un in d_un_coup.values())
    assert {mois: un.minutes for mois, un in tenus.items()} == {
        mois: un.minutes for mois, un in d_un_coup.items()
    }


def test_a_correction_of_a_month_leaves_the_others_their_cents() -> None:
    termes = Termes(minutes=10_000, taux_cents=2_000)
    mois = [date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1)]
    avant = repartir(termes, dict.fromkeys(mois, 100))
    apres = repartir(termes, {mois[0]: 80, mois[1]: 100, mois[2]: 100}, avant)
    assert [apres[un] for un in mois[1:]] == [avant[un] for un in mois[1:]]
    assert sum(un.cents for un in apres.values()) == payable(10_000, 280, 2_000)


def test_minutes_freed_by_a_correction_go_to_the_month_that_lacked_them() -> None:
    termes = Termes(minutes=80, taux_cents=6_000)
    janvier, fevrier = date(2027, 1, 1), date(2027, 2, 1)
    avant = repartir(termes, {janvier: 50, fevrier: 50})
    assert [avant[janvier].minutes, avant[fevrier].minutes] == [50, 30]
    apres = repartir(termes, {janvier: 40, fevrier: 50}, avant)
    assert [apres[janvier].minutes, apres[fevrier].minutes] == [40, 40]


@pytest.mark.parametrize("plafond", [0, 1, 5_000])
def test_nothing_is_paid_beyond_a_ceiling(plafond: int) -> None:
    payes = repartir(Termes(10_000, 2_000, plafond), {date(2027, 1, 1): 600, date(2027, 2, 1): 600})
    assert sum(un.cents for un in payes.values()) == plafond
