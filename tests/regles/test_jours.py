"""A day is read as it is pasted, at every door; what may be two days is none."""

from __future__ import annotations

from datetime import date

import pytest

from binome.regles.jours import lire_jour


@pytest.mark.parametrize(
    "texte",
    [
        "15/01/1987", "15-01-1987", "15.01.87", "15/1/87", "15 01 1987", "15 janvier 1987", "15 Janvier 1987",
        "15 janv. 1987", "le jeudi 15 janvier 1987", "1987-01-15", "1987-01-15T00:00:00", "1987-01-15 00:00:00",
        "\u200b15/01/1987\ufeff", "15\u00a0janvier\u202f1987", " 15 / 01 / 1987 ", "15\u00ad/01/1987",
        "1987\u201101\u201115", "15\u201301\u20131987", "15\u221201\u22121987",
    ],
)  # fmt: skip
def test_un_jour_se_lit_comme_il_s_ecrit(texte: str) -> None:
    assert lire_jour(texte) == date(1987, 1, 15)


@pytest.mark.parametrize(
    ("texte", "lu"),
    [
        ("1er août 2026", date(2026, 8, 1)),
        ("15/01/27", date(2027, 1, 15)),
        ("01/02/40", date(2040, 2, 1)),
        ("01/02/41", date(1941, 2, 1)),
        ("29 février 2024", date(2024, 2, 29)),
    ],
)
def test_le_siecle_et_les_bords(texte: str, lu: date) -> None:
    assert lire_jour(texte) == lu


@pytest.mark.parametrize(
    "texte",
    ["", "hier", "31/02/2026", "13/13/2026", "15 ju 2026", "15 jui 2026", "2026", "150187", "1/2", "janvier 2026", "15 janvier 87"],
)  # fmt: skip
def test_ce_qui_n_est_pas_un_jour_ne_se_devine_pas(texte: str) -> None:
    assert lire_jour(texte) is None


@pytest.mark.parametrize("texte", ["9999-12-31", "31/12/2101", "1er janvier 1899", "0001-01-01"])
def test_une_annee_que_personne_ne_veut_dire_n_est_pas_un_jour(texte: str) -> None:
    assert lire_jour(texte) is None


def test_les_annees_du_bord_se_lisent() -> None:
    assert lire_jour("1900-01-01") == date(1900, 1, 1)
    assert lire_jour("31/12/2100") == date(2100, 12, 31)
