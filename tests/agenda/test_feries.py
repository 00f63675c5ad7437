"""Bank holidays, against published dates and against another implementation of Easter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.easter import easter

from binome.agenda.feries import SOURCE, ascension, jours_feries, paques


def test_paques_est_celle_d_une_autre_implementation_pendant_deux_siecles() -> None:
    assert [paques(annee) for annee in range(1900, 2101)] == [easter(a) for a in range(1900, 2101)]


def test_les_jours_feries_de_2026() -> None:
    assert list(jours_feries(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 8),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 14),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    ]


@pytest.mark.parametrize("annee", range(2020, 2041))
def test_onze_fetes_sauf_quand_deux_tombent_ensemble(annee: int) -> None:
    ensemble = ascension(annee) in (date(annee, 5, 1), date(annee, 5, 8))
    assert len(jours_feries(annee)) == (10 if ensemble else 11)


def test_le_vendredi_saint_et_le_26_decembre_ne_sont_pas_comptes() -> None:
    assert not {paques(2026) - timedelta(days=2), date(2026, 12, 26)} & jours_feries(2026).keys()


def test_la_source_est_le_code_du_travail() -> None:
    assert "L3133-1" in SOURCE.en_clair()
    assert SOURCE.resume
