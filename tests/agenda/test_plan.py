"""The training days: against what the sources print, and on the edges of what is known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.agenda.feries import jours_feries
from binome.agenda.plan import JURY_INCONNU, plan
from binome.agenda.vacances import ZONES, Zone, jours_de_vacances, vacances
from binome.regles.calendrier import ajouter_mois

HEURE = 60
JANVIER = date(2026, 1, 15)
SAUF_ETE = st.dates(date(2020, 9, 1), date(2027, 6, 30))
SEMAINE = st.lists(st.integers(0, 5), min_size=2, max_size=2, unique=True).map(tuple)


def test_le_cqp_de_384_heures_entre_en_septembre_tient_dans_les_dix_mois_de_l_igas() -> None:
    calendrier = plan(date(2022, 9, 5), 384 * HEURE, "A")
    assert len(calendrier.jours) == 55
    assert calendrier.fin == date(2023, 5, 16)
    assert calendrier.fin < ajouter_mois(calendrier.entree, 10)


def test_le_cqp_de_279_heures_entre_en_septembre_tient_dans_les_sept_mois_de_l_organisme() -> None:
    calendrier = plan(date(2025, 9, 1), 279 * HEURE, "A")
    assert len(calendrier.jours) == 40
    assert calendrier.fin is not None
    assert ajouter_mois(calendrier.entree, 5) < calendrier.fin < ajouter_mois(calendrier.entree, 7)


def test_le_premier_jour_est_le_premier_jour_ouvert_entree_comprise() -> None:
    assert plan(JANVIER, HEURE, "A").jours == (date(2026, 1, 19),)
    assert plan(date(2026, 1, 19), HEURE, "A").jours == (date(2026, 1, 19),)
    assert plan(date(2026, 1, 20), HEURE, "A").jours == (date(2026, 1, 20),)


def test_une_minute_de_plus_demande_un_jour_de_plus() -> None:
    assert len(plan(JANVIER, 14 * HEURE, "A").jours) == 2
    assert len(plan(JANVIER, 14 * HEURE + 1, "A").jours) == 3


def test_le_lundi_de_paques_et_les_vacances_d_hiver_sont_sautes() -> None:
    zone_c = plan(date(2026, 3, 30), 3 * 7 * HEURE, "C")
    assert zone_c.jours == (date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 7))
    zone_a = plan(date(2026, 2, 2), 4 * 7 * HEURE, "A")
    assert zone_a.jours[2:] == (date(2026, 2, 23), date(2026, 2, 24))
    assert [pause.nom for pause in zone_a.pauses] == ["vacances d’hiver"]


def test_la_zone_change_le_calendrier() -> None:
    assert len({plan(JANVIER, 56 * HEURE, zone).fin for zone in ZONES}) == 2


def test_rien_a_suivre_ne_fait_aucun_jour() -> None:
    vide = plan(JANVIER, 0, "A")
    assert (vide.jours, vide.fin, vide.incertain_apres, vide.pauses) == ((), None, None, ())


def test_sans_zone_les_vacances_sont_inconnues_et_le_plan_le_dit() -> None:
    calendrier = plan(JANVIER, 279 * HEURE, None)
    assert calendrier.vacances_connues_jusqu_au is None
    assert calendrier.incertain_apres == JANVIER - timedelta(days=1)
    assert any("Corse et outre-mer" in phrase for phrase in calendrier.hypotheses)
    assert vacances().source not in calendrier.sources


def test_au_dela_de_la_derniere_annee_connue_le_plan_est_incertain() -> None:
    connue = vacances().au
    avant = plan(connue - timedelta(days=400), 70 * HEURE, "B")
    apres = plan(connue - timedelta(days=60), 70 * HEURE, "B")
    assert avant.incertain_apres is None
    assert apres.incertain_apres == connue
    assert any("31 août 2028" in phrase for phrase in apres.hypotheses)
    assert not any("31 août 2028" in phrase for phrase in avant.hypotheses)


def test_avant_la_premiere_annee_connue_le_plan_est_incertain() -> None:
    calendrier = plan(date(2020, 8, 31), 70 * HEURE, "B")
    assert calendrier.incertain_apres == date(2020, 8, 30)
    assert any("d’avant le 1er septembre 2020" in phrase for phrase in calendrier.hypotheses)


def test_ce_qui_est_suppose_et_ce_qui_est_lu_sont_dits() -> None:
    calendrier = plan(JANVIER, 279 * HEURE, "A", (1, 3), 360)
    assert "journées de 6 h : c’est notre hypothèse" in calendrier.hypotheses[0]
    assert "le mardi et le jeudi sont notre hypothèse" in calendrier.hypotheses[1]
    assert any("Alsace-Moselle" in phrase for phrase in calendrier.hypotheses)
    citees = [str(citation) for citation in calendrier.sources]
    assert citees[:2] == ["igas-2023, ¶5", "asfo-40913, formation"]
    assert "code-travail, article L3133-1" in citees


def test_le_lendemain_de_l_ascension_est_signale() -> None:
    def prevenu(jours: tuple[int, int]) -> bool:
        calendrier = plan(date(2026, 5, 11), 28 * HEURE, "C", jours)
        return any("15 mai 2026 suit l’Ascension" in phrase for phrase in calendrier.hypotheses)

    assert prevenu((3, 4))
    assert not prevenu((0, 1))


def test_le_jury_est_inconnu_tant_que_la_branche_ne_l_a_pas_fixe() -> None:
    assert plan(JANVIER, HEURE, "A").jury is None
    assert plan(JANVIER, HEURE, "A").jury_en_clair == JURY_INCONNU
    connu = plan(JANVIER, HEURE, "A", jury=date(2026, 9, 28))
    assert connu.jury_en_clair == "Jury le 28 septembre 2026."


def test_un_jury_avant_la_fin_est_signale() -> None:
    def prevenu(jury: date) -> bool:
        calendrier = plan(JANVIER, 14 * HEURE, "A", jury=jury)
        return any("avant la fin estimée" in phrase for phrase in calendrier.hypotheses)

    assert prevenu(date(2026, 1, 19))
    assert not prevenu(date(2026, 1, 20))


@pytest.mark.parametrize(
    ("minutes", "jours", "par_jour", "message"),
    [
        (-1, (0, 1), 420, "-1 minutes"),
        (60, (0, 0), 420, "deux jours différents"),
        (60, (0, 6), 420, "de 0 .lundi. à 5"),
        (60, (0, 1), 0, "par jour"),
    ],
)
def test_l_impossible_est_refuse(
    minutes: int, jours: tuple[int, int], par_jour: int, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        plan(JANVIER, minutes, "A", jours, par_jour)


@given(SAUF_ETE, st.integers(0, 30_000), st.sampled_from(ZONES), SEMAINE, st.integers(60, 480))
def test_chaque_jour_est_ouvert_et_aucun_n_est_oublie(
    entree: date, minutes: int, zone: Zone, semaine: tuple[int, int], par_jour: int
) -> None:
    calendrier = plan(entree, minutes, zone, semaine, par_jour)
    fermes = jours_de_vacances(zone)
    assert len(calendrier.jours) * par_jour >= minutes > (len(calendrier.jours) - 1) * par_jour
    if calendrier.fin is None:
        return
    ouverts = [
        jour
        for rang in range((calendrier.fin - entree).days + 1)
        if (jour := entree + timedelta(days=rang)).weekday() in semaine
        and jour not in fermes
        and jour not in jours_feries(jour.year)
    ]
    assert list(calendrier.jours) == ouverts
