"""The values where an answer may tip over, and the tables and facts that an answer leans on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from binome.regles.bornes import comparaisons, dates_de_fenetre, dates_liees, valeurs_aux_bornes
from binome.regles.utiles import faits_utiles, tables_utiles

if TYPE_CHECKING:
    from binome.regles.base import Base


def test_chaque_seuil_vient_avec_ses_voisins(base: Base) -> None:
    financement = base.vue("financement")
    essais = valeurs_aux_bornes(comparaisons(financement), financement)
    assert essais["duree_parcours_mois"] == [5, 6, 7, 11, 12, 13, 23, 24, 25, 35, 36, 37]
    assert essais["heures_experience_vae"] == [0, 1, 2, 1605, 1606, 1607, 1608]
    assert essais["date_avenant_contrat"] == [
        date(2021, 7, 7), date(2021, 7, 8), date(2021, 7, 9),
        date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2),
    ]  # fmt: skip
    assert essais["age"][:3] == [15, 16, 17]


def test_les_voisins_restent_dans_ce_que_le_fait_permet(base: Base) -> None:
    essais = valeurs_aux_bornes(comparaisons(base), base)
    assert essais["niveau_diplome"] == [0, 1, 2, 3, 4, 5]
    aide = valeurs_aux_bornes(comparaisons(base.vue("aide")), base.vue("aide"))
    assert max(un for un in aide["part_ccam_pct"] if isinstance(un, int)) == 2000
    assert aide["annee"] == [1, 2, 3, 4]
    # Without a minimum of its own, a rank is not tried below the bound.
    assert aide["patientele_mt"] == [639, 640, 641, 642, 774, 775, 776, 777, 1106, 1107, 1108]


def test_une_part_s_essaie_autour_de_six_et_douze_mois(base: Base) -> None:
    """15 % of six months of full time is 8 190 minutes."""
    financement = base.vue("financement")
    essais = valeurs_aux_bornes(comparaisons(financement), financement)
    assert essais["minutes_contrat"] == [54_600, 109_200]
    assert essais["minutes_formation"][:6] == [8190, 8191, 9000, 9001, 13_650, 13_651]


def test_oui_et_non_chaque_choix_et_chaque_diplome_s_essaient(base: Base) -> None:
    aide = base.vue("aide")
    essais = valeurs_aux_bornes(comparaisons(aide), aide)
    assert set(essais["nouvel_installe"]) == {True, False}
    assert essais["secteur"] == ["1", "2", "2_optam"]
    diplomes = valeurs_aux_bornes(comparaisons(base), base)["diplomes"]
    assert diplomes[0] == frozenset()
    assert frozenset({"ide"}) in diplomes
    assert frozenset({"aide_dentaire", "assistant_dentaire"}) in diplomes
    seuls = [sorted(un) for un in diplomes if isinstance(un, frozenset)]
    assert [",".join(un) for un in seuls] == sorted(",".join(un) for un in seuls)


def test_une_date_s_essaie_autour_de_celle_dont_elle_depend(base: Base) -> None:
    jury = date(2027, 1, 15)
    lies = dates_liees(comparaisons(base), "afgsu_date", base.lire({"date_jury": "2027-01-15"}))
    jour = timedelta(days=1)
    il_y_a_quatre_ans = date(2023, 1, 15)
    assert {jury - jour, jury, jury + jour} <= lies
    assert {il_y_a_quatre_ans - jour, il_y_a_quatre_ans, il_y_a_quatre_ans + jour} <= lies
    retour = dates_liees(comparaisons(base), "date_jury", base.lire({"afgsu_date": "2023-01-15"}))
    assert retour == {
        date(2023, 1, 14), date(2023, 1, 15), date(2023, 1, 16),
        date(2027, 1, 14), date(2027, 1, 15), date(2027, 1, 16),
    }  # fmt: skip
    assert dates_liees(comparaisons(base), "date_jury", base.lire({})) == set()


def test_les_jours_ou_les_regles_changent(base: Base) -> None:
    assert dates_de_fenetre(base, "date_entree", "prepare", "decide") == (
        date(2021, 1, 1), date(2022, 3, 17), date(2024, 1, 1),
        date(2025, 4, 25), date(2025, 6, 25), date(2030, 6, 26),
    )  # fmt: skip
    assert dates_de_fenetre(base, "afgsu_date", "decide") == ()


@pytest.mark.parametrize(
    ("vue", "inutiles"),
    [
        (
            "positionnement",
            {"entree", "exercice", "vae", "delais-exercice", "delais-entree",
             "delais-qualification", "delais-fae-contrat", "certification", "deroulement-cqp",
             "deroulement-fae", "alertes", "pieces",
             # What they would take off, somebody else must confirm: a lot never counts it.
             "dispenses-279", "dispenses-a-confirmer", "blocs-valides"},
        ),
        (
            "financement",
            {"formalites-financement", "formalites-pro-a", "alertes-financement", "alertes-pro-a"},
        ),
        (
            "aide",
            {"vie-contrat-aide", "alertes-aide", "alertes-duree-aide", "alertes-annee-aide"},
        ),
        ("echeances", {"alertes-duree-aide"}),
    ],
)  # fmt: skip
def test_une_reponse_ne_lit_que_les_tables_qui_comptent(
    base: Base, vue: str, inutiles: set[str]
) -> None:
    lue = base.vue(vue)
    utiles = [table.id for table in tables_utiles.__wrapped__(lue)]
    assert set(lue.tables) - set(utiles) == inutiles
    assert utiles == [nom for nom in lue.tables if nom in utiles]


def test_avec_les_alertes_leurs_appuis_viennent_aussi(base: Base) -> None:
    avec = {table.id for table in tables_utiles.__wrapped__(base, alertes=True)}
    assert {"alertes", "entree"} <= avec
    assert "pieces" not in avec
    assert faits_utiles(base) == {
        "afgsu_date", "afgsu_niveau", "date_entree", "date_jury", "diplomes",
        "experience_dentaire_mois", "experience_secretaire_mois", "niveau_diplome",
    }  # fmt: skip
