"""Months and durations: one definition, checked against the calendar and against columns."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.regles.calendrier import (
    ajouter_mois,
    cle,
    cle_de,
    date_en_clair,
    decaler,
    duree_en_clair,
    jours_du_mois,
    lire_duree,
    lire_montant,
    montant_en_clair,
)

JOURS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
MOIS = st.integers(-600, 600)


def test_chaque_mois_de_deux_siecles_a_ses_jours() -> None:
    for annee in range(1899, 2102):
        for mois in range(1, 13):
            assert jours_du_mois(annee * 12 + mois - 1) == calendar.monthrange(annee, mois)[1]


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2022, 1, 15), 48, date(2026, 1, 15)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 12, 31), 1, date(2025, 1, 31)),
        (date(2024, 5, 31), 1, date(2024, 6, 30)),
        (date(2024, 1, 31), 0, date(2024, 1, 31)),
    ],
)
def test_ajouter_des_mois_se_borne_a_la_fin_du_mois(jour: date, mois: int, attendu: date) -> None:
    assert ajouter_mois(jour, mois) == attendu


@given(JOURS, MOIS)
def test_ajouter_des_mois_garde_le_quantieme_ou_le_dernier_jour(jour: date, mois: int) -> None:
    obtenu = ajouter_mois(jour, mois)
    total = jour.year * 12 + jour.month - 1 + mois
    assert (obtenu.year, obtenu.month) == (total // 12, total % 12 + 1)
    assert obtenu.day == min(jour.day, calendar.monthrange(obtenu.year, obtenu.month)[1])


@given(JOURS, JOURS)
def test_la_cle_range_comme_les_dates(un: date, autre: date) -> None:
    assert (cle_de(un) < cle_de(autre)) == (un < autre)
    assert cle_de(un) == cle(un.year, un.month, un.day)


@given(JOURS, JOURS, MOIS)
def test_sans_borner_au_plus_et_apres_disent_la_meme_chose(
    un: date, autre: date, mois: int
) -> None:
    """The claim at the top of the module: clamping changes neither `at most` nor `after`."""
    limite = ajouter_mois(autre, mois)
    brute = decaler(cle_de(autre), mois, borner=False)
    assert (cle_de(un) <= brute) == (un <= limite)
    assert decaler(cle_de(autre), mois, borner=True) == cle_de(limite)


def test_sans_borner_au_moins_se_tromperait() -> None:
    """Why the other comparisons do clamp."""
    brute = decaler(cle_de(date(2024, 2, 29)), 12, borner=False)
    assert not cle_de(date(2025, 2, 28)) >= brute
    assert cle_de(date(2025, 2, 28)) >= decaler(cle_de(date(2024, 2, 29)), 12, borner=True)


def test_une_colonne_se_decale_comme_une_date() -> None:
    jours = [date(2023, 1, 1) + timedelta(days=n) for n in range(0, 1500, 1)]
    frame = nw.from_native(pl.DataFrame({"jour": jours}))
    colonne = nw.col("jour").dt
    depart = cle(*(un.cast(nw.Int64) for un in (colonne.year(), colonne.month(), colonne.day())))
    for mois in (0, 1, 6, 11, 12, 48):
        for borner in (True, False):
            cles = frame.select(decaler(depart, mois, borner=borner).alias("cle"))["cle"].to_list()
            assert cles == [decaler(cle_de(jour), mois, borner=borner) for jour in jours]


@pytest.mark.parametrize(
    ("texte", "minutes"),
    [
        ("98 h", 5880),
        ("2 h 30", 150),
        ("45 min", 45),
        ("0", 0),
        ("0 h", 0),
        (" 283 h 30 ", 17010),
        ("2h05", 125),
    ],
)
def test_une_duree_se_lit(texte: str, minutes: int) -> None:
    assert lire_duree(texte) == minutes


@pytest.mark.parametrize("texte", ["", "12", "h", "2 h 5", "deux heures", "-3 h", "1,5 h", "min"])
def test_une_duree_illisible_est_refusee_avec_un_exemple(texte: str) -> None:
    with pytest.raises(
        ValueError,
        match=r"^durée illisible : « .* » \(écrivez par exemple « 2 h 30 » ou « 45 min »\)$",
    ):
        lire_duree(texte)


@pytest.mark.parametrize(
    ("minutes", "texte"),
    [
        (17010, "283 h 30"),
        (3780, "63 h"),
        (45, "45 min"),
        (0, "0 h"),
        (125, "2 h 05"),
        (60, "1 h"),
        (1, "1 min"),
    ],
)
def test_une_duree_s_ecrit_comme_on_la_dit(minutes: int, texte: str) -> None:
    assert duree_en_clair(minutes) == texte


@given(st.integers(0, 100_000))
def test_une_duree_ecrite_se_relit(minutes: int) -> None:
    assert lire_duree(duree_en_clair(minutes)) == minutes


def test_une_date_s_ecrit_en_francais() -> None:
    assert date_en_clair(date(2026, 1, 15)) == "15 janvier 2026"
    assert date_en_clair(date(2025, 6, 1)) == "1er juin 2025"
    mois = [date_en_clair(date(2026, numero, 2)).split()[1] for numero in range(1, 13)]
    assert mois == (
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
    )


@pytest.mark.parametrize(
    ("texte", "cents"),
    [("36 000 €", 36_000_00), ("9,15 €", 915), ("0,05 €", 5), (" 20 € ", 2000)],
)
def test_un_montant_se_lit(texte: str, cents: int) -> None:
    assert lire_montant(texte) == cents
    assert lire_montant(montant_en_clair(cents)) == cents


def test_un_montant_illisible_est_refuse_avec_un_exemple() -> None:
    with pytest.raises(ValueError, match="montant illisible") as refus:
        lire_montant("36 k€")
    assert str(refus.value) == (
        "montant illisible : « 36 k€ » (écrivez par exemple « 36 000 € » ou « 9,15 € »)"
    )


def test_un_montant_negatif_porte_son_signe() -> None:
    assert montant_en_clair(-2_000_00) == "−2 000 €"
    assert montant_en_clair(-915) == "−9,15 €"
    assert montant_en_clair(0) == "0 €"
