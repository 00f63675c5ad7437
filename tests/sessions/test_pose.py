"""What a session teaches, laid on its days: exact to the minute, by the clock of its site."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.agenda.territoires import fuseau_du_departement
from binome.sessions.horloge import heure_en_clair, instant, lire_heure
from binome.sessions.pages import expliquer
from binome.sessions.pose import Horaire, SessionPosee, poser
from binome.sessions.programme import Unite, programme, referentiel_de

JOURNEE = Horaire(540, 210, 810, 210)


def _pose(
    *blocs: int, jours: tuple[int, ...] = (1, 2), departement: str = "63", epreuves: bool = True
) -> SessionPosee:
    referentiel = referentiel_de("assistant-medical", "rncp40913")
    assert referentiel is not None
    unites = programme(referentiel, blocs, epreuves=epreuves)
    return poser(unites, date(2027, 1, 11), jours, JOURNEE, departement)


def _minutes(pose: SessionPosee) -> Counter[str]:
    minutes: Counter[str] = Counter()
    for un in pose.creneaux:
        minutes[un.unite.code] += un.minutes
    return minutes


def test_279_heures_en_zone_a_finissent_le_23_juin_le_mardi_et_le_mercredi() -> None:
    pose = _pose(1, 2, 3, 4)
    assert sum(un.minutes for un in pose.creneaux) == 279 * 60
    assert len(pose.calendrier.jours) == 40
    assert pose.calendrier.fin == date(2027, 6, 23)
    assert pose.creneaux[-1].jour == date(2027, 6, 23)
    assert pose.creneaux[0].jour == date(2027, 1, 12)
    explique = expliquer(pose.calendrier)
    assert (explique.rang, explique.paires[0][1].jours) == (1, (1, 2))
    assert expliquer(_pose(1, 2, 3, 4, jours=(0, 4)).calendrier).rang == 10
    assert _pose(1, 2, 3, 4, jours=(0, 4)).calendrier.fin == date(2027, 9, 3)


def test_chaque_jour_perdu_dit_pourquoi() -> None:
    perdus = {un.le: un.raison for un in _pose(1, 2, 3, 4).calendrier.perdus}
    assert date(2027, 2, 16) in perdus
    assert all(perdus.values())


def test_un_module_de_douze_heures_et_un_bloc_de_75_heures_tombent_juste() -> None:
    pose = _pose(2, epreuves=False)
    minutes = _minutes(pose)
    assert (minutes["B2M2"], minutes.total()) == (12 * 60, 75 * 60)
    # 12 h are three half-days and 90 minutes: the fourth half-day goes on with the next module.
    partage = [un for un in pose.creneaux if un.unite.code in ("B2M2", "B2M3")][2:5]
    assert [(un.unite.code, heure_en_clair(un.debut), un.minutes) for un in partage] == [
        ("B2M2", "9 h", 210),
        ("B2M2", "13 h 30", 90),
        ("B2M3", "15 h", 120),
    ]


def test_les_blocs_se_suivent_dans_l_ordre_demande_chacun_avec_ses_epreuves() -> None:
    pose = _pose(3, 1)
    blocs = [un.unite.bloc for un in pose.creneaux]
    assert blocs == sorted(blocs, reverse=True)
    du_troisieme = [un.unite.epreuve for un in pose.creneaux if un.unite.bloc == 3]
    assert du_troisieme == sorted(du_troisieme)
    assert _minutes(pose)["B3E1"] == 45


def test_une_duree_que_personne_ne_donne_se_demande_ou_se_laisse() -> None:
    referentiel = referentiel_de("assistant-medical", "rncp36358-279")
    assert referentiel is not None
    unites = programme(referentiel, [4], dites={"B4M2": 630})
    pose = poser(unites, date(2027, 1, 11), (0,), JOURNEE, "75")
    assert _minutes(pose) == {"B4M1": 14 * 60, "B4M2": 630}
    assert [une.code for une in pose.laissees] == ["B4M3", "B4M4"]


@given(
    durees=st.lists(st.integers(1, 3000), min_size=1, max_size=6),
    matin=st.integers(0, 300),
    apres_midi=st.integers(30, 300),
    jours=st.sets(st.integers(0, 5), min_size=1),
    departement=st.sampled_from(["63", "75", "974", "973", "2A", "57"]),
)
def test_la_somme_des_creneaux_est_celle_des_modules(
    durees: list[int], matin: int, apres_midi: int, jours: set[int], departement: str
) -> None:
    unites = [Unite(1, f"M{rang}", "", minutes) for rang, minutes in enumerate(durees)]
    horaire = Horaire(480, matin, 800, apres_midi)
    pose = poser(unites, date(2027, 1, 11), sorted(jours), horaire, departement)
    assert _minutes(pose) == {une.code: une.minutes for une in unites}
    fins = [(un.jour, un.debut, un.debut + un.minutes) for un in pose.creneaux]
    assert fins == sorted(fins)
    assert all(un[0] < suivant[0] or un[2] <= suivant[1] for un, suivant in pairwise(fins))
    assert {un.jour for un in pose.creneaux} == set(pose.calendrier.jours)


def test_des_demi_journees_sans_duree_se_refusent() -> None:
    with pytest.raises(ValueError, match="une demi-journée au moins"):
        poser([], date(2027, 1, 11), (0,), Horaire(540, 0, 810, 0), "75")


@pytest.mark.parametrize(
    ("departement", "jour", "attendu"),
    [
        ("75", date(2027, 1, 12), datetime(2027, 1, 12, 8, tzinfo=UTC)),
        ("75", date(2027, 6, 22), datetime(2027, 6, 22, 7, tzinfo=UTC)),
        ("974", date(2027, 1, 12), datetime(2027, 1, 12, 5, tzinfo=UTC)),
        ("974", date(2027, 6, 22), datetime(2027, 6, 22, 5, tzinfo=UTC)),
        ("973", date(2027, 1, 12), datetime(2027, 1, 12, 12, tzinfo=UTC)),
        ("973", date(2027, 6, 22), datetime(2027, 6, 22, 12, tzinfo=UTC)),
    ],
)
def test_neuf_heures_est_neuf_heures_a_l_horloge_du_lieu(
    departement: str, jour: date, attendu: datetime
) -> None:
    assert instant(fuseau_du_departement(departement), jour, 540) == attendu


def test_le_changement_d_heure_ne_deplace_rien_sur_l_horloge() -> None:
    paris = ZoneInfo("Europe/Paris")
    for jour in (date(2027, 3, 27), date(2027, 3, 29), date(2027, 10, 30), date(2027, 11, 1)):
        assert instant(paris, jour, 540).astimezone(paris).hour == 9


@pytest.mark.parametrize(
    ("texte", "minutes"),
    [("9 h 30", 570), ("9h", 540), ("09:00", 540), ("13:30:00", 810), ("14", 840), ("0h05", 5)],
)
def test_une_heure_s_ecrit_comme_on_la_dit(texte: str, minutes: int) -> None:
    assert lire_heure(texte) == minutes


@pytest.mark.parametrize("texte", ["", "25 h", "9 h 75", "midi", "-1", "9 h 3"])
def test_une_heure_qui_n_en_est_pas_une_se_refuse(texte: str) -> None:
    with pytest.raises(ValueError, match="n’est pas une heure"):
        lire_heure(texte)
