"""The calendar of a run of training: published ends, each territory's days, and what must always hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binome.agenda.calendrier import CalendrierPose, calendrier, paires
from binome.agenda.demande import CLES, DemandeInvalide, lire_demande
from binome.agenda.feries import LOCAUX, jours_feries, jours_feries_locaux
from binome.agenda.jours import JOURS_DE_LA_SEMAINE
from binome.agenda.territoires import SANS_CLASSES_CONNUES, TERRITOIRES, lieu_du_departement
from binome.agenda.vacances import CALENDRIERS, ZONES, jours_de_vacances
from binome.formations.territoires import departements

CQP = 279 * 60
SECOURS = 14 * 60
JANVIER = "2027-01-11"


def _calendrier(**faits: Any) -> CalendrierPose:
    return calendrier(lire_demande({"debut": JANVIER, "minutes": CQP, **faits}))


@pytest.mark.parametrize(
    ("debut", "jours", "fin"),
    [
        (JANVIER, ["mardi", "mercredi"], date(2027, 6, 23)),
        (JANVIER, ["lundi", "vendredi"], date(2027, 9, 3)),
        ("2026-09-07", ["lundi", "mardi"], date(2027, 3, 2)),
        ("2026-09-07", ["mercredi", "vendredi"], date(2027, 3, 10)),
    ],
)
def test_279_heures_en_zone_a_finissent_aux_jours_publies(
    debut: str, jours: list[str], fin: date
) -> None:
    un = _calendrier(debut=debut, jours=jours, zone="A")
    assert (un.fin, len(un.jours), un.minutes_du_dernier) == (fin, 40, 360)


@pytest.mark.parametrize(
    ("heures", "fin"),
    [
        (258, date(2027, 2, 10)),
        (216, date(2027, 1, 20)),
        (202, date(2027, 1, 13)),
        (75, date(2026, 10, 13)),
    ],
)
def test_les_autres_durees_publiees(heures: int, fin: date) -> None:
    un = _calendrier(debut="2026-09-07", minutes=heures * 60, jours=["mardi", "mercredi"], zone="A")
    assert un.fin == fin


def test_la_paire_de_jours_coute_deux_mois_et_demi_et_l_autre_est_proposee() -> None:
    tard = _calendrier(jours=["lundi", "vendredi"], zone="A")
    assert tard.alertes == (
        "Avec le mardi et le mercredi, la fin serait le 23 juin 2027 : 72 jours plus tôt.",
    )
    tot = _calendrier(jours=["mercredi", "mardi"], zone="A")
    assert tot.alertes == ()
    assert [une.fin for une in paires(tot.demande)][::9] == [date(2027, 6, 23), date(2027, 9, 3)]


def test_chaque_jour_perdu_dit_pourquoi() -> None:
    raisons = {un.le: un.raison for un in _calendrier(jours=["lundi", "vendredi"], zone="A").perdus}
    assert raisons[date(2027, 2, 15)] == "vacances d’hiver"
    assert raisons[date(2027, 3, 29)] == "jour férié : lundi de Pâques"
    assert raisons[date(2027, 5, 7)] == "pont de l’Ascension"
    assert date(2027, 9, 6) not in raisons


@pytest.mark.parametrize(
    ("departement", "jour", "raison"),
    [
        ("973", "2027-06-10", "jour férié : Abolition de l’esclavage"),
        ("974", "2028-12-20", "jour férié : Abolition de l’esclavage"),
        ("972", "2029-05-22", "jour férié : Abolition de l’esclavage"),
        ("976", "2027-04-27", "jour férié : Abolition de l’esclavage"),
        ("57", "2028-12-26", "jour férié : Saint-Étienne"),
        ("67", "2027-03-26", "jour férié selon les lieux : Vendredi saint (à confirmer)"),
        ("971", "2027-03-04", "jour férié selon les lieux : Mi-Carême (à confirmer)"),
    ],
)
def test_les_jours_propres_a_un_territoire(departement: str, jour: str, raison: str) -> None:
    veille = date.fromisoformat(jour)
    rythme = [JOURS_DE_LA_SEMAINE[veille.weekday()]]
    un = _calendrier(debut=jour, minutes=420, jours=rythme, departement=departement)
    assert un.en_json()["perdus"][0] == {"date": jour, "raison": raison}
    assert any("laissé libre" in une for une in un.alertes) == ("confirmer" in raison)
    ailleurs = _calendrier(debut=jour, minutes=420, jours=rythme, departement="53")
    assert not any("esclavage" in perdu.raison for perdu in ailleurs.perdus)


def test_la_reunion_suit_ses_propres_vacances() -> None:
    un = _calendrier(departement="974", jours=["lundi", "mardi"])
    assert un.jours[:2] == (date(2027, 2, 1), date(2027, 2, 2))
    assert un.perdus[0].raison == "vacances d’été austral"
    assert date(2027, 5, 18) in {perdu.le for perdu in un.perdus}
    assert date(2027, 5, 24) in un.jours
    assert any("2 juillet 2027" in une for une in un.alertes)


@pytest.mark.parametrize("departement", sorted(SANS_CLASSES_CONNUES))
def test_ailleurs_les_vacances_sont_inconnues_et_le_calendrier_le_dit(departement: str) -> None:
    un = _calendrier(departement=departement, minutes=SECOURS)
    assert un.jours == (date(2027, 1, 11), date(2027, 1, 12))
    assert any("Nous ne connaissons pas les vacances scolaires" in une for une in un.alertes)


def test_chaque_departement_a_sa_place() -> None:
    lieux = {code: lieu_du_departement(code) for code in departements()}
    assert None not in lieux.values()
    connues = [code for code, lieu in lieux.items() if lieu and lieu.classes]
    assert len(connues) == 101 - len(SANS_CLASSES_CONNUES & lieux.keys()) == 95
    assert {lieu.territoire for lieu in map(lieu_du_departement, TERRITOIRES) if lieu} == set(
        LOCAUX
    )
    assert lieu_du_departement("20") is lieu_du_departement("99") is None


@pytest.mark.parametrize("zone", CALENDRIERS)
def test_les_bornes_de_chaque_periode(zone: str) -> None:
    """The eve of a holiday and the day of return are taught, its first and last days are not."""
    faits = {"departement": "974"} if zone not in ZONES else {"zone": zone}
    un = _calendrier(debut="2026-10-05", minutes=60 * 420, jours=list(JOURS_DE_LA_SEMAINE), **faits)
    fermes = jours_de_vacances(
        lire_demande({"debut": JANVIER, "minutes": 1, **faits}).lieu.classes or "A"
    )
    feries = jours_feries(2026).keys() | jours_feries(2027).keys()
    tous = {date(2026, 10, 5) + timedelta(days=rang) for rang in range(200)}
    attendus = sorted(
        jour for jour in tous if jour.weekday() < 6 and jour not in fermes and jour not in feries
    )
    locaux = {
        jour for an in (2026, 2027) for jour in jours_feries_locaux(an, un.demande.lieu.territoire)
    }
    assert list(un.jours) == [jour for jour in attendus if jour not in locaux][:60]


def test_ce_qui_n_est_pas_dit_est_dit_inconnu() -> None:
    un = _calendrier(minutes=SECOURS)
    assert un.alertes[0] == (
        "Les jours de la semaine ne sont pas dits : le lundi et le mardi, c’est notre hypothèse."
    )
    assert "Ni la zone ni le département ne sont dits" in un.alertes[1]


def test_rien_a_suivre_n_a_ni_jour_ni_fin() -> None:
    assert _calendrier(minutes=0, zone="A", jours=["lundi"]).en_json() == {
        "jours": [],
        "fin": "",
        "perdus": [],
        "alertes": ["Il n’y a rien à suivre : aucun jour n’est posé."],
    }


@pytest.mark.parametrize(
    ("faits", "mot"),
    [
        ({"debut": "11/01/2027"}, "debut"),
        ({"debut": "2027-02-30"}, "debut"),
        ({"debut": 20270111}, "debut"),
        ({"debut": "2027-W02-1"}, "debut"),
        ({"debut": "1999-01-01"}, "entre 2018 et 2100"),
        ({"minutes": True}, "minutes"),
        ({"minutes": -1}, "minutes"),
        ({"minutes": 12.5}, "minutes"),
        ({"minutes_par_jour": 25 * 60}, "entre 1 et 1440"),
        ({"minutes_par_jour": 0}, "minutes_par_jour"),
        ({"jours": []}, "jours"),
        ({"jours": "mardi"}, "jours"),
        ({"jours": ["mardi", "Mardi"]}, "jours"),
        ({"jours": ["dimanche"]}, "dimanche"),
        ({"zone": "D"}, "zone"),
        ({"departement": "20"}, "departement"),
        ({"departement": 53}, "departement"),
        ({"departement": "53", "zone": "A"}, "est en zone B"),
        ({"departement": "974", "zone": "A"}, "ses propres vacances"),
        ({"depart": "53"}, "n’existe pas"),
    ],
)
def test_une_demande_mal_dite_est_refusee_avec_une_phrase(faits: dict[str, Any], mot: str) -> None:
    with pytest.raises(DemandeInvalide) as refus:
        lire_demande({"debut": JANVIER, "minutes": CQP, **faits})
    assert len(refus.value.fautes) == 1
    assert mot in refus.value.fautes[0]


def test_toutes_les_fautes_sont_dites_ensemble() -> None:
    with pytest.raises(DemandeInvalide) as refus:
        lire_demande({})
    assert [une.partition(" :")[0] for une in refus.value.fautes] == ["debut", "minutes"]
    assert "debut" in CLES


@given(
    debut=st.dates(date(2024, 1, 1), date(2029, 1, 1)),
    minutes=st.integers(0, 60_000),
    par_jour=st.integers(60, 600),
    jours=st.sets(st.sampled_from(JOURS_DE_LA_SEMAINE), min_size=1),
    lieu=st.one_of(
        st.fixed_dictionaries({"zone": st.sampled_from(ZONES)}),
        st.fixed_dictionaries({"departement": st.sampled_from(sorted(departements()))}),
    ),
)
def test_ce_qui_tient_toujours(
    debut: date, minutes: int, par_jour: int, jours: set[str], lieu: dict[str, str]
) -> None:
    un = calendrier(
        lire_demande(
            {
                "debut": debut.isoformat(),
                "minutes": minutes,
                "minutes_par_jour": par_jour,
                "jours": sorted(jours),
                **lieu,
            }
        )
    )
    poses = {*un.jours, *(perdu.le for perdu in un.perdus)}
    assert len(poses) == len(un.jours) + len(un.perdus)
    assert {JOURS_DE_LA_SEMAINE[jour.weekday()] for jour in poses} <= jours
    assert all(debut <= jour <= (un.fin or debut) for jour in poses)
    assert (len(un.jours) - 1) * par_jour + un.minutes_du_dernier == minutes or not un.jours
    assert all(perdu.raison for perdu in un.perdus)
    if un.fin is not None:
        etendue = (debut + timedelta(days=rang) for rang in range((un.fin - debut).days + 1))
        assert poses == {
            j for j in etendue if j.weekday() < 6 and JOURS_DE_LA_SEMAINE[j.weekday()] in jours
        }
