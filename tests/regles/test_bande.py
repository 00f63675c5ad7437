"""Operations written down once, then run on columns: the same answers, each shared part worked out once."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from binome.regles.bande import Bande, Col, Fixe, MotsDeBande, Noeud, choisir

A = pl.Series("a", [1, 2, 3, None], dtype=pl.Int32)
B = pl.Series("b", [3, 2, 1, 1], dtype=pl.Int32)


def derouler(noeud: Noeud) -> list[Any]:
    lus: list[Any] = Bande(noeud).derouler({"a": A, "b": B}).to_list()
    return lus


@pytest.mark.parametrize(
    ("noeud", "attendu"),
    [
        (Col("a") == 2, [False, True, False, None]),
        (Col("a") >= 2, [False, True, True, None]),
        (Col("a") > 2, [False, False, True, None]),
        (Col("a") <= Col("b"), [True, True, False, None]),
        (Col("a") < Col("b"), [True, False, False, None]),
        ((Col("a") >= 2) & (Col("b") >= 2), [False, True, False, False]),
        ((Col("a") >= 2) | (Col("b") >= 2), [True, True, True, None]),
        ((Col("a") >= 2) ^ (Col("b") >= 2), [True, False, True, None]),
        (~(Col("a") >= 2), [True, False, False, None]),
        (Col("a") + Col("b"), [4, 4, 4, None]),
        (Col("a") - Col("b"), [-2, 0, 2, None]),
        (Col("a") * 3, [3, 6, 9, None]),
        (Col("a").is_null(), [False, False, False, True]),
        (Col("a").cast(pl.String), ["1", "2", "3", None]),
    ],
)
def test_chaque_operation_est_celle_du_moteur(noeud: Noeud, attendu: list[Any]) -> None:
    assert derouler(noeud) == attendu


def test_un_choix_prend_la_seconde_valeur_sur_un_inconnu() -> None:
    sept, zero = (pl.Series([un], dtype=pl.UInt8) for un in (7, 0))
    choisi = choisir(Col("a") >= 2, sept, zero)
    assert derouler(choisi) == [0, 7, 7, 0]
    assert Bande(choisi).derouler({"a": A}).dtype == pl.UInt8


def test_ce_qui_est_partage_ne_se_fait_qu_une_fois() -> None:
    fois = []

    def compter(serie: pl.Series) -> pl.Series:
        fois.append(serie.name)
        return serie + 1

    partage, encore = (Noeud("compter", compter, Col("a")) for _ in range(2))
    assert derouler((partage + encore) * Col("b")) == [12, 12, 8, None]
    assert fois == ["a"]


def test_deux_constantes_de_meme_valeur_et_d_autre_type_ne_se_confondent_pas() -> None:
    vrai, un = Col("a") == True, Col("a") == 1  # noqa: E712 - a comparison to write down
    assert vrai.cle != un.cle
    court, long = (Fixe(pl.Series([1], dtype=type_)) for type_ in (pl.UInt8, pl.UInt32))
    assert court.cle != long.cle
    assert Bande(Col("a").cast(pl.UInt32) + long).derouler({"a": A}).dtype == pl.UInt32


def test_un_noeud_dit_les_colonnes_qu_il_lit() -> None:
    assert ((Col("a") >= Col("b")) & ~(Col("a") == 1)).noms == {"a", "b"}


def test_les_mots_sont_ceux_d_un_moteur_sauf_ses_colonnes() -> None:
    mots = MotsDeBande(pl)
    assert isinstance(mots.col("a"), Col)
    assert mots.UInt8 is pl.UInt8


def test_une_bande_sert_plusieurs_lots() -> None:
    bande = Bande((Col("a") + 1) * (Col("a") + 1))
    assert bande.derouler({"a": A}).to_list() == [4, 9, 16, None]
    assert bande.derouler({"a": B}).to_list() == [16, 9, 4, 4]
