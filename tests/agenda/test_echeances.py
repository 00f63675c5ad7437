"""The clocks: their day, their rival readings, and the last working day to act."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from binome.agenda.echeances import Echeance, echeances
from binome.agenda.feries import LOCAUX, dernier_jour_ouvre, jours_feries, jours_feries_locaux
from binome.regles.courante import base_courante


def lire(*reformes: str, **faits: Any) -> dict[str, Echeance]:
    base = base_courante(*reformes)
    toutes = echeances(base, base.vue("echeances").lire(faits)).toutes
    return {une.code: une for une in toutes}


def test_les_deux_et_trois_ans_sont_montres_et_le_plus_proche_retenu() -> None:
    une = lire(date_prise_fonction="2025-01-31", date_signature_contrat_aide="2025-03-10")[
        "qualification"
    ]
    assert une.rivales
    assert une.jour == date(2027, 1, 31)
    jours = {lecture.jour for lecture in une.lectures}
    assert {date(2027, 1, 31), date(2027, 3, 10), date(2028, 1, 31)} <= jours
    objet = une.en_json()
    assert objet["date"] == "2027-01-31"
    assert all(lecture["sources"] for lecture in objet["lectures"])


def test_l_avenant_7_garde_trois_ans_a_qui_a_signe_avant_mai_2023() -> None:
    une = lire(date_prise_fonction="2023-02-01", date_signature_contrat_aide="2023-04-30")
    assert une["qualification"].jour == date(2026, 2, 1)
    assert une["entree_formation"].jour == date(2025, 2, 1)
    assert une["qualification"].en_json()["lectures"] == []


@pytest.mark.parametrize("decalage", [-1, 0, 1])
def test_l_afgsu_expire_quatre_ans_jour_pour_jour(decalage: int) -> None:
    obtenue = date(2024, 2, 29) + timedelta(days=decalage)
    attendue = {-1: date(2028, 2, 28), 0: date(2028, 2, 29), 1: date(2028, 3, 1)}[decalage]
    assert lire(afgsu_date=obtenue.isoformat())["afgsu"].jour == attendue


def test_les_fins_de_mois_se_bornent() -> None:
    une = lire(date_prise_fonction="2025-08-31", secretaire_promue=True)
    assert une["remplacement_secretaire"].jour in (None, date(2026, 2, 28))
    signee = lire(
        date_prise_fonction="2025-08-31",
        secretaire_promue=True,
        date_signature_contrat_aide="2024-02-29",
    )
    assert signee["remplacement_secretaire"].jour == date(2026, 2, 28)
    assert signee["anniversaire"].jour == date(2025, 2, 28)
    assert signee["fin_contrat"].jour == date(2029, 2, 27)


def test_une_echeance_sous_condition_le_dit() -> None:
    signee = {"date_prise_fonction": "2025-08-31", "date_signature_contrat_aide": "2025-08-31"}
    une = lire(**signee)["remplacement_secretaire"]
    assert not une.certaine
    assert "secretaire_promue" in une.manquants
    assert "sous_condition" in {code for code, _, _ in une.alertes}
    assert "remplacement_secretaire" not in lire(**signee, secretaire_promue=False)


def test_la_recommandation_9_est_un_interrupteur() -> None:
    signee = {"date_prise_fonction": "2026-01-05", "date_signature_contrat_aide": "2026-02-10"}
    avec, sans = lire("igas-9", **signee), lire(**signee)
    assert {une.jour for une in avec["entree_formation"].lectures} == {
        date(2027, 1, 5),
        date(2027, 2, 10),
    }
    assert avec["entree_formation"].jour == date(2027, 1, 5)
    assert "entree_formation" not in sans or sans["entree_formation"].jour != date(2027, 2, 10)


def test_le_referentiel_de_l_entree_donne_sa_fin() -> None:
    assert lire(date_entree="2024-09-02")["validite_referentiel"].jour == date(2025, 4, 24)
    assert lire(date_entree="2026-01-15")["validite_referentiel"].jour == date(2030, 6, 25)


def test_l_accrochage_vient_trois_mois_apres_le_jury() -> None:
    assert lire(date_jury="2026-11-30")["accrochage"].jour == date(2027, 2, 28)


def test_la_fae_ne_demande_pas_de_cqp() -> None:
    infirmiere = lire(diplomes=["ide"], date_entree="2026-01-15", date_prise_fonction="2025-06-01")
    assert infirmiere["fae"].jour is not None
    assert "qualification" not in infirmiere
    certifiee = lire(diplomes=["cqp_assistant_medical"], date_prise_fonction="2025-06-01")
    assert not {"qualification", "fae"} & set(certifiee)


def test_un_dimanche_renvoie_au_vendredi_et_le_dit() -> None:
    une = lire(date_jury="2026-03-14")["accrochage"]
    assert une.jour == date(2026, 6, 14)
    assert une.jour_ouvre == date(2026, 6, 12)
    (texte,) = [texte for code, texte, _ in une.alertes if code == "jour_non_ouvre"]
    assert "14 juin 2026 est un dimanche" in texte
    assert "vendredi 12 juin 2026" in texte


@pytest.mark.parametrize(
    ("territoire", "jour", "ouvre"),
    [
        ("", "2026-05-27", "2026-05-27"),
        ("metropole", "2026-07-14", "2026-07-13"),
        ("guadeloupe", "2026-05-27", "2026-05-26"),
        ("martinique", "2026-05-22", "2026-05-21"),
        ("guyane", "2026-06-10", "2026-06-09"),
        ("mayotte", "2026-04-27", "2026-04-24"),
        ("la_reunion", "2024-12-20", "2024-12-19"),
        ("alsace_moselle", "2026-04-03", "2026-04-02"),
        ("alsace_moselle", "2025-12-26", "2025-12-24"),
    ],
)
def test_chaque_territoire_a_ses_jours_feries(territoire: str, jour: str, ouvre: str) -> None:
    assert dernier_jour_ouvre(date.fromisoformat(jour), territoire) == date.fromisoformat(ouvre)


@pytest.mark.parametrize("annee", [2024, 2026, 2028])
def test_un_territoire_garde_les_onze_jours_du_pays(annee: int) -> None:
    for territoire in LOCAUX:
        assert jours_feries(annee).keys() <= jours_feries_locaux(annee, territoire).keys()


def test_sans_voie_connue_le_cqp_et_la_fae_ne_sont_que_possibles() -> None:
    signee = {"date_prise_fonction": "2025-06-02", "date_signature_contrat_aide": "2025-06-02"}
    for code in ("qualification", "fae"):
        une = lire(**signee)[code]
        assert "diplomes" in une.manquants
        assert "sous_condition" in {alerte for alerte, _, _ in une.alertes}
    connue = lire(
        **signee,
        date_entree="2026-01-15",
        niveau_diplome=4,
        diplomes=[],
        situation="salarie_cabinet",
    )
    assert "sous_condition" not in {un for un, _, _ in connue["qualification"].alertes}
    assert "fae" not in connue


def test_sans_date_d_entree_aucune_fin_de_referentiel_n_est_dite() -> None:
    assert "validite_referentiel" not in lire(date_prise_fonction="2025-06-02")
