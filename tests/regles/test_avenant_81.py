"""Avenant 81 (Pro-A), rule by rule, from its text: the end of 2021 to the end of 2025."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from binome.regles.basculer import JugeDUneCible, basculer
from binome.regles.dire import motif

if TYPE_CHECKING:
    from binome.regles.base import Base
    from binome.regles.decider import Conclusion

SECRETAIRE: Final = {
    "date_avenant_contrat": "2023-09-04",
    "situation": "salarie_cabinet",
    "contrat": "cdi",
    "niveau_diplome": 4,
    "objectif": "cqp",
    "duree_parcours_mois": 12,
    "heures_formation": 384,
    "heures_semaine": 35,
    "age": 41,
    "publics": [],
}
"""384 hours over twelve months, full time: 21.1 %."""


def decider(base: Base, **faits: Any) -> Conclusion:
    vue = base.vue("financement")
    return vue.moteur.decider(vue.lire({**SECRETAIRE, **faits}, interne=True))


def pro_a(base: Base, **faits: Any) -> str | None:
    return decider(base, **faits).etabli.retenues["voie-pro-a"]


def refus(base: Base, **faits: Any) -> set[str]:
    etapes = decider(base, **faits).etapes
    return {e.regle.id for e in etapes if e.regle.table == "voie-pro-a" and e.issue == "non"}


SEPT_MOIS: Final = {"heures_formation": 279, "duree_parcours_mois": 7}
"""26.3 %: more than 25, less than 40."""


@pytest.mark.parametrize(
    ("faits", "attendus"),
    [
        ({}, set()),
        (
            {"date_avenant_contrat": "2021-07-07", "date_demande_financement": "2021-07-07"},
            {"pro-a.depuis-avenant-81"},
        ),
        ({"date_avenant_contrat": "2021-07-07", "date_demande_financement": "2021-07-08"}, set()),
        ({"date_avenant_contrat": "2021-07-08"}, set()),
        ({"date_avenant_contrat": "2025-12-31"}, set()),
        ({"date_avenant_contrat": "2026-01-02"}, {"pro-a.avant-2026"}),
        ({"situation": "salarie_centre_sante"}, {"pro-a.cabinet"}),
        ({"situation": "demandeur_emploi"}, {"pro-a.salarie", "pro-a.cabinet"}),
        ({"contrat": "cui_cdi"}, set()),
        ({"contrat": "cdd", "activite_partielle": False}, {"pro-a.contrat"}),
        ({"niveau_diplome": 5}, set()),
        ({"niveau_diplome": 6}, {"pro-a.niveau"}),
        ({"duree_parcours_mois": 5, "heures_formation": 180}, {"pro-a.duree-minimale"}),
        ({**SEPT_MOIS, "age": 29}, set()),
        ({**SEPT_MOIS, "age": 45}, set()),
        ({**SEPT_MOIS, "publics": ["travailleur_handicape"]}, set()),
        ({"heures_formation": 279, "duree_parcours_mois": 10}, set()),
        ({"heures_formation": 279, "duree_parcours_mois": 12}, set()),
        (
            {"heures_formation": 400, "duree_parcours_mois": 25},
            {"pro-a.duree-maximale", "pro-a.part-minimale"},
        ),
    ],
)
def test_chaque_article_refuse_ce_qu_il_dit(
    base: Base, faits: dict[str, Any], attendus: set[str]
) -> None:
    assert refus(base, **faits) == attendus
    assert pro_a(base, **faits) == ("non" if attendus else "oui")


@pytest.mark.parametrize(
    "faits",
    [
        {"heures_formation": 384, "duree_parcours_mois": 10},
        SEPT_MOIS,
        {**SEPT_MOIS, "publics": ["minima_sociaux"]},
    ],
)
def test_au_dela_de_25_pour_cent_l_article_6_se_lit_de_deux_facons(
    base: Base, faits: dict[str, Any]
) -> None:
    """« Une durée minimale comprise entre 15 et 25 % »: a ceiling, or the place of a floor."""
    assert refus(base, **faits) == set()
    assert pro_a(base, **faits) is None


def test_l_activite_partielle_ouvre_la_pro_a_hors_du_cdi(base: Base) -> None:
    assert pro_a(base, contrat="cdd", activite_partielle=True) == "oui"
    assert pro_a(base, contrat="cdd") is None


@pytest.mark.parametrize("objectif", ["socle", "vae"])
def test_ni_le_socle_ni_la_vae_n_attendent_l_avenant_81(base: Base, objectif: str) -> None:
    assert pro_a(base, objectif=objectif, date_avenant_contrat="2021-03-01") == "oui"


@pytest.mark.parametrize("heures", [75, 98, 112])
def test_la_fae_seule_n_est_pas_une_pro_a(base: Base, heures: int) -> None:
    faits = {"objectif": "fae", "heures_formation": heures, "duree_parcours_mois": 6}
    assert refus(base, **faits) >= {"pro-a.objectif", "pro-a.heures-minimales"}


@pytest.mark.parametrize("objectif", ["socle", "vae"])
def test_ni_la_duree_ni_la_part_ne_valent_pour_le_socle_et_la_vae(
    base: Base, objectif: str
) -> None:
    faits = {"objectif": objectif, "duree_parcours_mois": 2, "heures_formation": 20}
    assert pro_a(base, **faits) == "oui"
    assert pro_a(base, **faits, situation="salarie_autre") == "oui"


def test_de_treize_a_vingt_quatre_mois_l_opco_tranche(base: Base) -> None:
    for mois in (13, 24):
        faits = {"duree_parcours_mois": mois, "heures_formation": 600}
        assert pro_a(base, **faits, age=29) is None
        assert pro_a(base, **faits, age=29, publics=["sans_second_cycle"]) == "oui"


@pytest.mark.parametrize("inconnu", [*SECRETAIRE])
def test_ce_que_l_on_ignore_n_est_jamais_suppose(base: Base, inconnu: str) -> None:
    # Age and publics do not matter to 384 hours over twelve months.
    attendu = "oui" if inconnu in ("age", "publics") else None
    assert pro_a(base, **{inconnu: None}) == attendu


def test_le_refus_de_2026_nomme_la_periode_de_reconversion(base: Base) -> None:
    conclusion = decider(base, date_avenant_contrat="2026-01-02")
    etape = next(e for e in conclusion.etapes if e.regle.id == "pro-a.avant-2026")
    texte = motif(etape, (), conclusion.dossier, base.vue("financement"))
    assert "la période de reconversion la remplace" in texte


def test_un_parcours_plus_long_rend_la_part_possible(base: Base) -> None:
    vue = base.vue("financement")
    dossier = vue.lire({**SECRETAIRE, **SEPT_MOIS}, interne=True)
    bascules = basculer(vue, dossier, juge=JugeDUneCible(vue, "voie-pro-a"))
    assert [b.faits for b in bascules] == [{"duree_parcours_mois": 8}]
    assert bascules[0].changements[0].texte == "un parcours de 8 mois"
