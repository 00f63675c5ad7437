"""Numbers of parchemins: typed, read again, checked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.titres.numeros import RANGS, NumeroDeParchemin, lire_un_numero


@given(st.integers(2000, 9999), st.integers(1, RANGS))
def test_un_numero_se_relit_comme_on_le_tape(annee: int, rang: int) -> None:
    ecrit = str(NumeroDeParchemin(annee, rang))
    assert lire_un_numero(ecrit) == (annee, rang)
    assert lire_un_numero(f"  {ecrit.lower().replace('-', ' ')} ") == (annee, rang)
    assert lire_un_numero(ecrit.replace("-", "")) == (annee, rang)
    a_la_main = ecrit[:-1].replace("0", "O").replace("1", "l") + ecrit[-1]
    assert lire_un_numero(a_la_main) == (annee, rang)


@given(st.integers(1, RANGS), st.integers(0, 9), st.sampled_from("0123456789"))
def test_un_chiffre_change_est_vu(rang: int, place: int, chiffre: str) -> None:
    ecrit = str(NumeroDeParchemin(2026, rang))
    chiffres = [k for k, un in enumerate(ecrit[:-1]) if un.isdigit()]
    k = chiffres[place]
    if ecrit[k] != chiffre:
        with pytest.raises(ValueError, match="faute de frappe"):
            lire_un_numero(ecrit[:k] + chiffre + ecrit[k + 1 :])


@pytest.mark.parametrize(
    "texte", ["", "AM-2026-123-C", "AM-2026-000001", "X" * 5000, "AM-２０２６-000001-A"]
)
def test_ce_qui_n_est_pas_un_numero_dit_comment_il_s_ecrit(texte: str) -> None:
    with pytest.raises(ValueError, match="s’écrit comme"):
        lire_un_numero(texte)


def test_un_rang_hors_des_six_chiffres_est_refuse() -> None:
    for rang in (0, RANGS + 1):
        with pytest.raises(ValueError, match="ne tient pas"):
            str(NumeroDeParchemin(2026, rang))
