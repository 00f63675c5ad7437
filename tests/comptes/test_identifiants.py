"""A SIRET is checked by its last digit, however it was spaced; an RPPS is counted."""

from __future__ import annotations

import pytest

from binome.comptes.identifiants import lire_identifiant


@pytest.mark.parametrize(
    "texte",
    [
        "73282932000074",
        "732 829 320 00074",
        "732.829.320.00074",
        "732\N{NO-BREAK SPACE}829\N{NO-BREAK SPACE}320\N{NO-BREAK SPACE}00074\N{ZERO WIDTH SPACE}",
    ],
)
def test_un_siret_comme_on_l_ecrit(texte: str) -> None:
    assert lire_identifiant(texte) == "73282932000074"


def test_la_poste_a_sa_regle_et_le_rpps_n_en_a_pas() -> None:
    assert lire_identifiant("35600000009075") == "35600000009075"
    assert lire_identifiant("10 000 000 001") == "10000000001"
    assert not lire_identifiant(" \N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("texte", "raison"),
    [
        ("73282932000075", "un de ses chiffres est faux"),
        ("37282932000074", "un de ses chiffres est faux"),
        ("7328293200007", "14 chiffres"),
        ("732829320OOO74", "14 chiffres"),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "14 chiffres"),
    ],
)
def test_un_numero_faux_est_dit(texte: str, raison: str) -> None:
    with pytest.raises(ValueError, match=raison):
        lire_identifiant(texte)
