"""School holidays: dates that the Ministry published, and what the data must always satisfy."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from binome.agenda.vacances import ZONES, jours_de_vacances, periodes, vacances

if TYPE_CHECKING:
    from binome.agenda.vacances import Zone

SAMEDI = 5


@pytest.mark.parametrize(
    ("zone", "nom", "du", "au"),
    [
        ("A", "vacances d’hiver", date(2026, 2, 7), date(2026, 2, 22)),
        ("B", "vacances d’hiver", date(2026, 2, 14), date(2026, 3, 1)),
        ("C", "vacances d’hiver", date(2026, 2, 21), date(2026, 3, 8)),
        ("A", "vacances de printemps", date(2026, 4, 4), date(2026, 4, 19)),
        ("B", "vacances de printemps", date(2026, 4, 11), date(2026, 4, 26)),
        ("C", "vacances de Noël", date(2025, 12, 20), date(2026, 1, 4)),
    ],
)
def test_les_dates_publiees(zone: Zone, nom: str, du: date, au: date) -> None:
    (trouvee,) = periodes(zone, du, au)
    assert (trouvee.nom, trouvee.du, trouvee.au) == (nom, du, au)


def test_les_deux_bornes_sont_comprises() -> None:
    jours = jours_de_vacances("A")
    assert {date(2026, 2, 7), date(2026, 2, 22)} <= jours
    assert not {date(2026, 2, 6), date(2026, 2, 23)} & jours


@pytest.mark.parametrize("zone", ZONES)
def test_chaque_annee_scolaire_connue_a_ses_cinq_vacances(zone: Zone) -> None:
    connues = vacances()
    for annee in range(connues.du.year, connues.au.year):
        noms = [une.nom for une in periodes(zone, date(annee, 9, 10), date(annee + 1, 8, 31))]
        assert [nom for nom in noms if nom != "pont de l’Ascension"] == [
            "vacances de la Toussaint",
            "vacances de Noël",
            "vacances d’hiver",
            "vacances de printemps",
            "vacances d’été",
        ]


@pytest.mark.parametrize("zone", ZONES)
def test_les_periodes_se_suivent_sans_se_toucher_dans_ce_qui_est_connu(zone: Zone) -> None:
    connues = vacances()
    suite = periodes(zone, connues.du, connues.au)
    assert all(avant.au + timedelta(days=1) < apres.du for avant, apres in pairwise(suite))
    assert all(connues.du <= une.du <= une.au <= connues.au for une in suite)


@pytest.mark.parametrize("zone", ZONES)
def test_les_petites_vacances_commencent_un_samedi(zone: Zone) -> None:
    connues = vacances()
    petites = [
        une
        for une in periodes(zone, connues.du, connues.au)
        if une.nom not in ("vacances d’été", "pont de l’Ascension")
    ]
    assert {une.du.weekday() for une in petites} == {SAMEDI}


def test_les_academies_sont_dans_une_seule_zone() -> None:
    noms = [nom for zone in ZONES for nom in vacances().academies[zone]]
    assert len(noms) == len(set(noms)) == 25
    assert "Corse" not in noms


def test_la_source_est_nommee() -> None:
    assert "Éducation nationale" in vacances().source.en_clair()
    assert "0.12.0" in vacances().source.en_clair()
