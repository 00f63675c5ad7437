"""Each definition, against a world that a hand counts."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from binome.pilotage.indicateurs.progression import avancement
from binome.pilotage.indicateurs.tous import INDICATEURS
from binome.pilotage.lignes import (
    ArgentCompte,
    AvanceComptee,
    DossierCompte,
    FaitsComptes,
    HeuresComptees,
    SessionComptee,
    VersementAVenir,
)
from binome.pilotage.survie import centile, mediane_de_survie
from tests.pilotage.monde import AU, contrat, faits, parcours, poste


def valeur(code: str, des_faits: FaitsComptes) -> int | None:
    """The value of an indicator over a whole world."""
    return INDICATEURS[code].mesurer(des_faits).valeur


def test_un_contrat_compte_s_il_a_commence_et_n_est_ni_fini_ni_suspendu() -> None:
    monde = faits(
        contrats=[
            contrat(1),
            contrat(2, suspendu=True),
            contrat(3, fini_le=AU),
            contrat(4, fini_le=AU + timedelta(days=1)),
            contrat(5, debut=None),
            contrat(6, debut=AU),
        ]
    )
    assert valeur("contrats_en_vigueur", monde) == 3
    assert valeur("contrats_signes", monde) == 6


def test_une_personne_partagee_compte_une_fois() -> None:
    monde = faits(
        contrats=[contrat(1), contrat(2), contrat(3, suspendu=True)],
        postes=[poste("s1", 1), poste("s1", 2), poste("s2", 2), poste("s3", 3)],
    )
    assert valeur("personnes_en_poste", monde) == 2
    assert valeur("personnes_par_contrat", monde) == 100
    # Three half-time posts for two people: 0,75.
    assert valeur("etp_par_personne", monde) == 75


def test_sans_formation_ne_compte_que_ce_qui_est_dit() -> None:
    monde = faits(
        contrats=[contrat(1)],
        postes=[
            poste("a", 1, depuis=date(2025, 10, 31), qualifiee=False, en_formation=False),
            poste("b", 1, depuis=date(2025, 11, 1), qualifiee=False, en_formation=False),
            poste("c", 1, depuis=date(2024, 1, 1), qualifiee=False, en_formation=True),
            poste("d", 1, depuis=date(2024, 1, 1), qualifiee=True, en_formation=False),
            poste("e", 1, depuis=date(2020, 1, 1)),
        ],
    )
    mesuree = INDICATEURS["sans_formation_12"].mesurer(monde)
    assert (mesuree.numerateur, mesuree.denominateur, mesuree.lus, mesuree.total) == (1, 4, 4, 5)
    assert mesuree.valeur == 2_500
    assert valeur("sans_formation_24", monde) == 0


def test_kaplan_meier_d_un_exemple_fait_a_la_main() -> None:
    # 6, 6, 6 and 6+ months, 7, 9+, 10, 10+, 11+, 13, 16, 17+, 19+, 20+, 22, 23, 25+, 32+, 32+, 34+, 35+: the
    # 21 treated patients of Freireich (1963), whose median survival every handbook gives as 23.
    morts = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    vivants = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    durees = [(un, True) for un in morts] + [(un, False) for un in vivants]
    assert mediane_de_survie(durees) == 23
    # By hand: 1 - 1/4 = 3/4; 3/4 x (1 - 1/2) = 3/8, so half are in by the third month.
    assert mediane_de_survie([(1, True), (2, False), (3, True), (4, False)]) == 3
    assert mediane_de_survie([(1, True), (2, False), (3, False), (4, False)]) is None


def test_le_delai_d_entree_compte_ceux_qui_attendent_encore() -> None:
    embauche = date(2026, 1, 1)
    entre = parcours(1, embauche=embauche, entree=embauche + timedelta(days=30))
    attend = [parcours(n, embauche=embauche, en_cours=True) for n in (2, 3)]
    assert valeur("delai_d_entree", faits(parcours=[entre])) == 30
    mesuree = INDICATEURS["delai_d_entree"].mesurer(faits(parcours=[entre, *attend]))
    assert mesuree.valeur is None
    assert mesuree.pourquoi == "pas_encore"
    assert (mesuree.numerateur, mesuree.denominateur) == (1, 3)
    partie = parcours(4, embauche=embauche, parti_le=embauche + timedelta(days=5))
    lue = INDICATEURS["delai_d_entree"].mesurer(faits(parcours=[entre, partie, parcours(5)]))
    assert (lue.valeur, lue.lus, lue.total) == (30, 2, 3)


def test_les_entrees_sont_des_premiers_jours_suivis() -> None:
    monde = faits(
        parcours=[
            parcours(1, entree=date(2025, 10, 31)),
            parcours(2, entree=date(2025, 11, 1)),
            parcours(3, entree=AU, voie="fae"),
            parcours(4),
        ]
    )
    assert valeur("entrees", monde) == 3
    assert valeur("entrees_cqp", monde) == 1
    assert valeur("entrees_fae", monde) == 1


def test_la_reussite_ne_lit_que_les_promotions_closes() -> None:
    jour = date(2026, 1, 10)
    monde = faits(
        parcours=[
            parcours(1, entree=jour, tentatives=1, titre_le=AU),
            parcours(2, entree=jour, tentatives=2, titre_le=AU),
            parcours(3, entree=jour, tentatives=1, abandon_le=AU),
            parcours(4, entree=date(2026, 2, 1), tentatives=1, titre_le=AU),
            parcours(5, entree=date(2026, 2, 1), en_cours=True),
        ]
    )
    assert valeur("reussite", monde) == 6_667
    assert valeur("redoublement", monde) == 3_333
    assert valeur("abandon", monde) == 2_000
    assert valeur("qualifies", monde) == 3


def test_une_dispense_inconnue_n_est_pas_zero() -> None:
    mesuree = INDICATEURS["dispenses"].mesurer(
        faits(parcours=[parcours(1, dispensees=60), parcours(2, dispensees=0), parcours(3)])
    )
    assert (mesuree.valeur, mesuree.lus, mesuree.total) == (5_000, 2, 3)


def test_les_delais_de_la_branche() -> None:
    monde = FaitsComptes(AU)
    for jours in range(1, 11):
        depot = date(2026, 5, 1)
        monde.dossiers.append(
            DossierCompte(jours, "7", "x", depot, depot + timedelta(days=jours), False)
        )
    monde.dossiers.append(DossierCompte(11, "7", "x", AU - timedelta(days=31), None, True))
    monde.dossiers.append(DossierCompte(12, "7", "x", AU - timedelta(days=30), None, True))
    assert valeur("delai_de_decision", monde) == 5
    assert valeur("delai_de_decision_p90", monde) == 9
    assert valeur("dossiers_en_attente", monde) == 1
    assert centile([], Fraction(1, 2)) is None


def test_les_places_et_la_distance() -> None:
    monde = FaitsComptes(AU)
    monde.sessions.extend(
        [
            SessionComptee("7", "x", "35", date(2026, 3, 1), 10, 9, 8),
            SessionComptee("7", "x", "35", date(2026, 12, 1), 12, 2, 0),
            SessionComptee("7", "x", "35", date(2025, 3, 1), 10, 9, 8),
        ]
    )
    monde.heures.extend(
        [
            HeuresComptees("7", "x", "35", 300, False),
            HeuresComptees("7", "x", "35", 100, True),
        ]
    )
    assert valeur("places_ouvertes", monde) == 10
    assert valeur("remplissage", monde) == 8_000
    assert valeur("places_a_venir", monde) == 10
    assert valeur("a_distance", monde) == 2_500


def test_l_argent_et_les_avances() -> None:
    monde = FaitsComptes(AU)
    monde.argent.extend(
        [
            ArgentCompte("9", "7", "x", 2026, 100_000, 40_000, 10_000),
            ArgentCompte("9", "7", "x", 2026, None, 20_000, 0),
        ]
    )
    monde.parcours.extend([parcours(1, titre_le=AU), parcours(2, titre_le=AU)])
    monde.avances.extend(
        [
            AvanceComptee("9", "7", "x", 1, AU - timedelta(days=31), None),
            AvanceComptee("9", "7", "x", 1, AU - timedelta(days=2), None),
            AvanceComptee("9", "7", "x", 2, AU - timedelta(days=40), AU - timedelta(days=10)),
        ]
    )
    monde.versements.extend(
        [VersementAVenir(1, "1", "35", AU, 500), VersementAVenir(2, "1", "35", AU, None)]
    )
    assert valeur("engage", monde) == 100_000
    assert valeur("facture", monde) == 60_000
    assert valeur("paye", monde) == 10_000
    assert valeur("reste_engage", monde) == 60_000
    assert valeur("cout_par_qualifie", monde) == 30_000
    assert valeur("avances_longues", monde) == 5_000
    aide = INDICATEURS["aide_due"].mesurer(monde)
    assert (aide.valeur, aide.lus, aide.total) == (500, 1, 1)
    monde.contrats.extend([contrat(1), contrat(2)])
    aide = INDICATEURS["aide_due"].mesurer(monde)
    assert (aide.valeur, aide.lus, aide.total) == (500, 1, 2)


def test_la_progression_n_est_pas_plafonnee() -> None:
    # The barometer of November 2025: (8 971 - 3 827) / (10 000 - 3 827) = 83,3 %.
    assert avancement(3_827, 8_971, 10_000) == 8_333
    assert avancement(100, 250, 200) == 15_000
    assert avancement(100, 90, 200) == -1_000
    assert valeur("progression", faits()) == 8_333
    assert valeur("progression", FaitsComptes(date(2022, 12, 31))) is None
    # 1 029 contracts in thirteen months, from November 2025 to December 2026.
    assert valeur("rythme", faits()) == 80


@pytest.mark.parametrize("code", sorted(INDICATEURS))
def test_rien_a_compter_n_est_jamais_une_part(code: str) -> None:
    indicateur = INDICATEURS[code]
    mesuree = indicateur.mesurer(FaitsComptes(AU))
    assert (mesuree.valeur is None) == bool(mesuree.pourquoi)
    if (
        indicateur.unite in {"pour_dix_mille", "centiemes", "jours", "cents"}
        and code != "progression"
    ):
        assert mesuree.valeur is None
