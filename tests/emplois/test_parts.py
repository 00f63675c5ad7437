"""A share of time is read as people say it, and said back so that it can be read again."""

from __future__ import annotations

import pytest

from binome.emplois.parts import PLEIN, dire, lire


@pytest.mark.parametrize(
    ("texte", "part"),
    [
        ("temps plein", 10_000),
        ("À temps complet", 10_000),
        ("35 heures par semaine", 10_000),
        ("35h", 10_000),
        ("28 heures par semaine", 8_000),
        ("28 h/semaine", 8_000),
        ("17,5 heures", 5_000),
        ("17 h 30", 5_000),
        ("17h30 par semaine", 5_000),
        ("12 heures hebdomadaires", 3_428),
        ("mi-temps", 5_000),
        ("à mi-temps", 5_000),
        ("un tiers", 3_333),
        ("tiers-temps", 3_333),
        ("deux tiers de temps plein", 6_666),
        ("trois quarts d’un temps plein", 7_500),
        ("80 %", 8_000),
        ("80\u202f%", 8_000),
        ("80 pour cent", 8_000),
        ("33,33 % d’un temps plein", 3_333),
        ("0,01 %", 1),
        ("100 %.", 10_000),
    ],
)
def test_une_part_se_lit_comme_on_la_dit(texte: str, part: int) -> None:
    assert lire(texte) == part


@pytest.mark.parametrize(
    ("texte", "refus"),
    [
        ("80", "en heures par semaine ou en part"),
        ("beaucoup", "en heures par semaine ou en part"),
        ("121 heures par mois", "en heures par semaine ou en part"),
        ("17,5 h 30", "en heures par semaine ou en part"),
        ("17 h 75", "en heures par semaine ou en part"),
        ("-5 %", "en heures par semaine ou en part"),
        ("36 heures", "Un temps plein fait 35 heures"),
        ("120 %", "de plus de rien à un temps plein"),
        ("0 %", "de plus de rien à un temps plein"),
        ("0 h", "de plus de rien à un temps plein"),
    ],
)
def test_ce_qui_ne_dit_pas_une_part_se_refuse(texte: str, refus: str) -> None:
    with pytest.raises(ValueError, match=refus):
        lire(texte)


@pytest.mark.parametrize("part", [1, 10, 3_333, 5_000, 6_666, 9_999, PLEIN])
def test_ce_qui_est_dit_se_relit(part: int) -> None:
    assert lire(dire(part)) == part
