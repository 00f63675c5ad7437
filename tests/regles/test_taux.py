"""The amounts of funding: what each published rate gives, the day before and the day after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from binome.regles.quantites import compteur

if TYPE_CHECKING:
    from binome.regles.base import Base

UN_JOUR = timedelta(days=1)


def montant(base: Base, nom: str, **faits: Any) -> int | None:
    vue = base.vue("financement")
    conclusion = vue.moteur.decider(vue.lire(faits, interne=True))
    return compteur(vue).compter(conclusion.etabli, conclusion.dossier)[nom]


PDC_2023 = {"situation": "salarie_cabinet", "date_entree": "2023-09-04"}
PRO_2026 = {"situation": "demandeur_emploi", "date_entree": "2026-06-01"}


@pytest.mark.parametrize(
    ("nom", "faits", "cents"),
    [
        ("pdc_pedagogie_cents", {**PDC_2023, "heures_formation": 384}, 7_680_00),
        ("pdc_salaire_cents", {**PDC_2023, "heures_formation": 384}, 4_608_00),
        ("pdc_pedagogie_cents", {**PDC_2023, "heures_formation": 112}, 2_240_00),
        (
            "pdc_pedagogie_cents",
            {**PDC_2023, "situation": "salarie_centre_sante", "heures_formation": 384},
            4_608_00,
        ),
        (
            "contrat_professionnalisation_pedagogie_cents",
            {**PRO_2026, "heures_formation": 279},
            2_552_85,
        ),
        ("periode_reconversion_pedagogie_cents", {**PRO_2026, "heures_formation": 279}, 2_552_85),
        ("periode_reconversion_pedagogie_cents", {**PRO_2026, "minutes_positionnement": 20}, 3_05),
        (
            "contrat_professionnalisation_salaire_minimum_mensuel_cents",
            {**PRO_2026, "age": 20, "niveau_diplome": 3},
            1_026_86,
        ),
        (
            "contrat_professionnalisation_salaire_minimum_mensuel_cents",
            {**PRO_2026, "age": 20, "niveau_diplome": 5},
            1_213_56,
        ),
        (
            "contrat_professionnalisation_salaire_minimum_mensuel_cents",
            {**PRO_2026, "age": 25, "niveau_diplome": 3},
            1_306_91,
        ),
        (
            "contrat_professionnalisation_salaire_minimum_mensuel_cents",
            {**PRO_2026, "age": 25, "niveau_diplome": 5},
            1_493_62,
        ),
        (
            "contrat_professionnalisation_salaire_minimum_mensuel_cents",
            {**PRO_2026, "age": 26},
            1_867_02,
        ),
        (
            "contrat_professionnalisation_salaire_minimum_mensuel_cents",
            {**PRO_2026, "age": 20, "niveau_diplome": 4},
            None,
        ),
        ("cpf_reste_personne_cents", PRO_2026, 0),
    ],
)
def test_un_taux_publie_fait_ce_montant(
    base: Base, nom: str, faits: dict[str, Any], cents: int | None
) -> None:
    assert montant(base, nom, **faits) == cents


@pytest.mark.parametrize(
    ("nom", "bascule", "avant", "apres"),
    [
        ("pdc_pedagogie_cents", date(2023, 1, 1), None, 5_580_00),
        ("pdc_pedagogie_cents", date(2024, 1, 1), 5_580_00, None),
        ("pdc_salaire_cents", date(2024, 1, 1), 3_348_00, None),
        ("periode_reconversion_pedagogie_cents", date(2026, 1, 1), None, 2_552_85),
        ("cpf_reste_personne_cents", date(2024, 5, 2), 0, 100_00),
        ("cpf_reste_personne_cents", date(2025, 1, 1), 100_00, 102_23),
        ("cpf_reste_personne_cents", date(2026, 1, 1), 102_23, 103_20),
        ("cpf_reste_personne_cents", date(2026, 4, 2), 103_20, 150_00),
        (
            "contrat_professionnalisation_salaire_minimum_mensuel_cents",
            date(2024, 11, 1),
            None,
            1_801_80,
        ),
        (
            "contrat_professionnalisation_salaire_minimum_mensuel_cents",
            date(2026, 1, 1),
            1_801_80,
            1_823_03,
        ),
        (
            "contrat_professionnalisation_salaire_minimum_mensuel_cents",
            date(2026, 6, 1),
            1_823_03,
            1_867_02,
        ),
    ],
)
def test_un_taux_change_ce_jour_la(
    base: Base, nom: str, bascule: date, avant: int | None, apres: int | None
) -> None:
    faits = {"situation": "salarie_cabinet", "heures_formation": 279, "age": 30}
    veille, jour = (bascule - UN_JOUR).isoformat(), bascule.isoformat()
    assert montant(base, nom, **faits, date_entree=veille) == avant
    assert montant(base, nom, **faits, date_entree=jour) == apres


def test_un_montant_que_personne_ne_donne_reste_inconnu(base: Base) -> None:
    faits = {"heures_formation": 279, "date_avenant_contrat": "2023-09-04"}
    assert montant(base, "pro_a_pedagogie_cents", **faits) is None
    assert montant(base, "pdc_pedagogie_cents", **faits) is None


def test_rien_n_est_demande_a_la_personne_la_ou_la_loi_l_interdit(base: Base) -> None:
    assert montant(base, "contrat_professionnalisation_reste_personne_cents") == 0
    assert montant(base, "periode_reconversion_reste_personne_cents") == 0
