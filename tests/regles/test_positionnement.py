"""The acceptance cases of the scheme: real persons, and what they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from binome.regles.courante import base_courante
from tests.regles.essais import motif

if TYPE_CHECKING:
    from collections.abc import Callable

    Repondre = Callable[..., dict[str, Any]]


SALARIE = {"situation": "salarie_cabinet", "contrat": "cdi", "afgsu_niveau": 0}


def codes(reponse: dict[str, Any]) -> set[str]:
    return {alerte["code"] for alerte in reponse["alertes"]}


def test_la_secretaire_de_janvier_2026(repondre: Repondre) -> None:
    reponse = repondre(
        date_entree="2026-01-15",
        diplomes=[],
        niveau_diplome=3,
        experience_secretaire_mois=20,
        **SALARIE,
    )
    assert reponse["voie"] == "cqp"
    assert reponse["referentiel"] == "rncp40913"
    assert reponse["minutes"] == {
        "formation": 264 * 60,
        "evaluations": 900,
        "total": 279 * 60,
        "dispensees": 0,
        "evaluations_dispensees": 0,
    }
    assert {un["statut"] for un in reponse["modules"]} == {"a_suivre"}
    assert reponse["manquants"] == []
    assert {
        "changements": {"experience_secretaire_mois": 24, "date_entree": "2026-05-15"},
        "donne": {"minutes_total": 12960},
        "texte": "Avec une entrée en formation le 15 mai 2026, après 4 mois de plus au secrétariat médical (24 mois en tout) : 216 h. C’est 63 h de moins que 279 h.",
    } in reponse["pour_changer"]
    assert not any("diplomes" in un["changements"] for un in reponse["pour_changer"])
    assert reponse["au"] == "2026-01-15"
    assert reponse["base"] == base_courante().empreinte


def test_la_sage_femme_n_a_pas_la_fae_et_sait_pourquoi(repondre: Repondre) -> None:
    reponse = repondre(date_entree="2026-01-15", diplomes=["sage_femme"], niveau_diplome=7)
    assert reponse["voie"] == "cqp"
    assert motif(reponse, "voie.fae")["issue"] == "non"
    raison = motif(reponse, "exercice.sage-femme")
    assert raison["issue"] == "oui"
    assert raison["texte"].startswith(
        "Les sages-femmes ne sont pas sur la liste de l’arrêté du 7 novembre 2019"
    )
    assert raison["sources"] == ["arrete-2019, article 1", "senat-2109s, réponse"]


def test_une_date_entre_deux_referentiels_reste_ouverte_avec_la_raison(repondre: Repondre) -> None:
    for jour in ("2025-04-25", "2025-05-15", "2025-06-24"):
        reponse = repondre(date_entree=jour, diplomes=[], niveau_diplome=4)
        assert (reponse["voie"], reponse["referentiel"]) == ("indetermine", None)
        assert reponse["manquants"] == []
        assert motif(reponse, "fenetre.entre-deux")["issue"] == "oui"
        assert motif(reponse, "voie.entre-deux")["issue"] == "indetermine"
        assert "entre_deux_referentiels" in codes(reponse)
        assert reponse["pour_changer"][0]["changements"] == {"date_entree": "2025-06-25"}
        assert reponse["pour_changer"][0]["donne"] == {"minutes_total": 16740, "voie": "cqp"}
    for jour in ("2025-04-24", "2025-06-25"):
        assert repondre(date_entree=jour, diplomes=[], niveau_diplome=4)["voie"] == "cqp"
    assert "echeance_36358" in codes(
        repondre(date_entree="2025-04-25", diplomes=[], niveau_diplome=4)
    )


@pytest.mark.parametrize(("jour", "voie"), [("2020-12-31", "refus"), ("2030-06-26", "indetermine")])
def test_hors_des_dates_couvertes_binome_refuse_de_repondre(
    repondre: Repondre, jour: str, voie: str
) -> None:
    reponse = repondre(date_entree=jour, diplomes=[], niveau_diplome=8)
    assert (reponse["voie"], reponse["referentiel"]) == (voie, None)
    assert "hors_fenetre" in codes(reponse)


def test_la_personne_deja_certifiee_n_a_rien_a_suivre(repondre: Repondre) -> None:
    reponse = repondre(date_entree="2026-01-15", diplomes=["cqp_assistant_medical", "ide"])
    assert reponse["voie"] == "deja_certifie"
    assert set(reponse["minutes"].values()) == {0}
    assert reponse["modules"] == []


@pytest.mark.parametrize(
    ("jour", "minutes", "modules"),
    [
        ("2022-09-05", 112 * 60, 5),
        ("2024-09-02", 98 * 60, 5),
        ("2026-01-15", 75 * 60, 3),
        ("2025-05-15", None, 0),
    ],
)
@pytest.mark.parametrize("diplome", ["ide", "aide_soignant", "auxiliaire_puericulture"])
def test_la_fae_de_chaque_epoque(
    repondre: Repondre, jour: str, minutes: int | None, modules: int, diplome: str
) -> None:
    reponse = repondre(date_entree=jour, diplomes=[diplome])
    assert reponse["voie"] == "fae"
    assert reponse["minutes"]["total"] == reponse["minutes"]["formation"] == minutes
    assert reponse["minutes"]["evaluations"] == reponse["minutes"]["dispensees"] == 0
    assert len(reponse["modules"]) == modules
    assert {un["bloc"] for un in reponse["modules"]} <= {2}
    assert ("fae_heures" in codes(reponse)) == (jour > "2024")
    assert {"dispense_252_h", "delai_2_ou_3_ans"} <= codes(reponse)


def test_les_dispenses_nommees_de_2025(repondre: Repondre) -> None:
    reponse = repondre(
        date_entree="2026-01-15", diplomes=["secretaire_medical", "aide_dentaire"], **SALARIE
    )
    dispenses = {
        un["code"]: un["minutes"] for un in reponse["modules"] if un["statut"] == "dispense"
    }
    assert dispenses == {"B2M1": 2520, "B2M3": 1260, "B3M1": 840, "B4M5": 420}
    assert reponse["minutes"]["dispensees"] == 84 * 60
    assert reponse["minutes"]["total"] == 195 * 60
    assert "dispense_forfaitaire" not in codes(reponse)
    assert "evaluations_dispensees_inconnues" in codes(reponse)


def test_le_forfait_de_2022_ne_nomme_aucun_module(repondre: Repondre) -> None:
    reponse = repondre(
        date_entree="2022-09-05",
        diplomes=["secretaire_medical"],
        experience_secretaire_mois=12,
        **SALARIE,
    )
    assert {un["statut"] for un in reponse["modules"]} == {"a_suivre"}
    assert reponse["minutes"]["dispensees"] == 98 * 60
    assert reponse["minutes"]["evaluations_dispensees"] == 150
    assert reponse["forfaits"] == [{"bloc": 2, "formation": 98 * 60, "evaluations": 150}]
    assert "dispense_forfaitaire" in codes(reponse)


def test_deux_forfaits_ne_s_additionnent_pas_en_silence(repondre: Repondre) -> None:
    reponse = repondre(
        date_entree="2022-09-05",
        diplomes=["secretaire_medical", "assistant_dentaire"],
        experience_secretaire_mois=0,
        experience_dentaire_mois=12,
        **SALARIE,
    )
    assert reponse["minutes"]["dispensees"] == 70 * 60
    assert "cumul_dispenses_inconnu" in codes(reponse)


@pytest.mark.parametrize(
    ("faits", "statut", "minutes"),
    [
        ({"afgsu_niveau": 1, "afgsu_date": "2022-01-15", "date_jury": "2026-01-15"}, "acquis", 265),
        (
            {"afgsu_niveau": 1, "afgsu_date": "2022-01-15", "date_jury": "2026-01-16"},
            "a_suivre",
            279,
        ),
        (
            {"afgsu_niveau": 1, "afgsu_date": "2026-09-15", "date_jury": "2026-09-14"},
            "a_suivre",
            279,
        ),
        # Obtained after entry, it may be the module of bloc 4 itself.
        (
            {"afgsu_niveau": 1, "afgsu_date": "2026-09-14", "date_jury": "2026-09-14"},
            "a_suivre",
            279,
        ),
        ({"afgsu_niveau": 1, "afgsu_date": "2026-01-15", "date_jury": "2026-09-14"}, "acquis", 265),
        (
            {"afgsu_niveau": 2, "afgsu_date": "2025-06-15", "date_jury": "2026-09-14"},
            "a_suivre",
            279,
        ),
        ({"afgsu_niveau": 0}, "a_suivre", 279),
        ({"afgsu_niveau": 1}, "a_suivre", 279),
        ({"afgsu_niveau": 1, "afgsu_date": "2022-06-15"}, "a_suivre", 279),
        ({"afgsu_niveau": 1, "afgsu_date": "2025-01-15"}, "acquis", 265),
        ({"afgsu_niveau": 1, "afgsu_date": "2025-01-14"}, "a_suivre", 279),
    ],
)
def test_l_afgsu_doit_valoir_le_jour_du_jury(
    repondre: Repondre, faits: dict[str, Any], statut: str, minutes: int
) -> None:
    reponse = repondre(
        date_entree="2026-01-15",
        diplomes=[],
        niveau_diplome=4,
        experience_secretaire_mois=0,
        **faits,
    )
    (module,) = (un for un in reponse["modules"] if un["code"] == "B4M4")
    assert module["statut"] == statut
    assert reponse["minutes"]["total"] == minutes * 60


def test_l_employeur_est_une_reserve_et_non_un_refus(repondre: Repondre) -> None:
    sans = repondre(
        date_entree="2026-01-15",
        diplomes=[],
        niveau_diplome=4,
        experience_secretaire_mois=0,
        situation="demandeur_emploi",
        contrat="aucun",
        afgsu_niveau=0,
    )
    assert sans["voie"] == "cqp"
    assert motif(sans, "entree.employeur")["issue"] == "non"
    assert "employeur_requis" in codes(sans)
    employeurs = [
        un for un in sans["pour_changer"] if set(un["changements"]) <= {"contrat", "situation"}
    ]
    assert [un["changements"] for un in employeurs] == [
        {"contrat": "contrat_professionnalisation"},
        {"situation": "salarie_cabinet", "contrat": None},
    ]
    assert (
        employeurs[0]["texte"]
        == "Avec un contrat de professionnalisation signé avec un cabinet médical : la condition d’employeur est remplie."
    )
    avec = repondre(
        date_entree="2026-01-15",
        diplomes=[],
        niveau_diplome=4,
        situation="demandeur_emploi",
        contrat="contrat_professionnalisation",
    )
    assert motif(avec, "entree.employeur")["issue"] == "oui"
