"""The score that is shown: fitted on 2019-2022 alone, compared with what came."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from binome.projection.lecture import tirages_de
from binome.projection.mois import rang
from binome.projection.retro import AU, noter
from tests.projection.questions import question


def test_la_famille_a_contre_les_cinq_dates() -> None:
    score = noter("A")
    assert date(2022, 12, 31) == AU
    assert [une.observe.valeur for une in score.compares] == [5355, 5808, 7240, 7660, 8971]
    assert score.erreur_moyenne <= score.erreur_moyenne_de_la_droite
    assert score.couverts == 5
    # The very figures of docs/projection.md.
    assert score.erreur_moyenne == pytest.approx(0.152, abs=0.0005)
    assert score.erreur_moyenne_de_la_droite == pytest.approx(0.156, abs=0.0005)
    erreurs = [round(100 * une.erreur, 1) for une in score.compares]
    assert erreurs == [-8.5, -13.8, -16.9, -18.8, -18.0]
    fin_2024 = score.compares[3]
    assert (fin_2024.p90 - fin_2024.p10) / fin_2024.p50 == pytest.approx(0.47, abs=0.01)


def test_la_droite_est_celle_de_2022() -> None:
    erreurs = [round(100 * une.erreur_de_la_droite, 1) for une in noter("A").compares]
    assert erreurs == [-8.5, -13.9, -17.3, -19.3, -19.1]


def test_la_famille_b_contre_son_seul_point() -> None:
    score = noter("B")
    assert [une.observe.valeur for une in score.compares] == [8111]
    assert score.couverts == 1
    assert score.erreur_moyenne == pytest.approx(0.105, abs=0.001)


def test_la_formation_de_2021_2022_est_retrouvee_sauf_les_certifiees() -> None:
    """The counts that the posterior is fitted on; 400 certified are above what the entries allow."""
    signes, flux = tirages_de(question(au="2022-12-31"))
    fin_2022, fin_2021 = rang(date(2022, 12, 31)), rang(date(2021, 12, 31))
    entrees = np.cumsum(flux.entrees, axis=0)
    rendus = {
        "personnes": flux.personnes[fin_2022],
        "entrées de 2021": entrees[fin_2021],
        "entrées de 2022": entrees[fin_2022] - entrees[fin_2021],
    }
    publies = {"personnes": 3100, "entrées de 2021": 236, "entrées de 2022": 721}
    for nom, rendu in rendus.items():
        bas, haut = np.quantile(rendu, (0.1, 0.9))
        assert bas <= publies[nom] <= haut, nom
    assert signes[fin_2022, 0] == 3827
    certifies = np.quantile(flux.certifies[: fin_2022 + 1].sum(axis=0), (0.1, 0.5, 0.9))
    assert certifies == pytest.approx([254, 308, 359], abs=1)
    jusqu_a_juin = np.quantile(entrees[rang(date(2023, 6, 30))], (0.1, 0.5, 0.9))
    assert jusqu_a_juin == pytest.approx([1212, 1341, 1487], abs=1)
