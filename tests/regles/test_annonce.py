"""An answer as every reader receives it first: its sentence, its hours, its reasons."""

from __future__ import annotations

from typing import Any

import pytest

from binome.regles.courante import base_courante
from binome.regles.metiers.annonce import barres, duree, forfait, minimum, phrase, raisons, resume
from binome.regles.metiers.gardee import lire_gardee
from binome.regles.metiers.positionnement import Positionnement, positionner

SECRETAIRE = {
    "date_entree": "2026-01-15",
    "diplomes": [],
    "niveau_diplome": 4,
    "experience_secretaire_mois": 0,
    "experience_dentaire_mois": 0,
    "afgsu_niveau": 0,
    "situation": "salarie_cabinet",
    "contrat": "cdi",
}
INFIRMIERE = {"date_entree": "2026-01-15", "diplomes": ["ide"]}
CERTIFIEE = {"date_entree": "2026-01-15", "diplomes": ["cqp_assistant_medical"]}
LE_CQP = "voie est le CQP d’assistant médical"


def reponse(depart: dict[str, Any] = SECRETAIRE, **faits: Any) -> Positionnement:
    base = base_courante()
    return positionner(base, base.lire({**depart, **faits}))


def dites(lue: Positionnement) -> dict[str, str]:
    return {un.etape.regle.id: un.etape.issue for un in raisons(lue)}


@pytest.mark.parametrize(
    ("faits", "vous", "tiers"),
    [
        (
            SECRETAIRE,
            f"Votre {LE_CQP} : 279 h, évaluations comprises.",
            f"Sa {LE_CQP} : 279 h, évaluations comprises.",
        ),
        (
            INFIRMIERE,
            "Votre voie est la formation d’adaptation à l’emploi (FAE) : 75 h, sans CQP à passer.",
            "Sa voie est la formation d’adaptation à l’emploi (FAE) : 75 h, sans CQP à passer.",
        ),
        (
            CERTIFIEE,
            "Vous avez déjà le CQP : aucune formation à suivre.",
            "Cette personne a déjà le CQP : aucune formation à suivre.",
        ),
        (
            {**SECRETAIRE, "date_entree": "2025-05-15"},
            *["Aucune source ne donne la réponse à cette date. La branche (CPNEFP) peut la donner."]
            * 2,
        ),
        (
            {**SECRETAIRE, "date_entree": "2020-05-15"},
            *["Le 15 mai 2020, aucun référentiel du CQP n’est en vigueur : aucune entrée possible."]
            * 2,
        ),
        (
            {**SECRETAIRE, "date_entree": "2024-06-03"},
            *[
                f"{de_qui} voie est le CQP d’assistant médical : 279 h au plus, évaluations comprises."
                for de_qui in ("Votre", "Sa")
            ],
        ),
        (
            {"date_entree": "2026-01-15", "diplomes": ["ide", "attestation_fae"]},
            "Vous avez déjà suivi la formation d’adaptation à l’emploi (FAE) : aucune autre formation à suivre.",
            "Cette personne a déjà suivi la formation d’adaptation à l’emploi (FAE) : aucune autre formation à suivre.",
        ),
        (
            {**SECRETAIRE, "niveau_diplome": 3, "heures_experience_vae": 1607},
            *[
                "Aucune formation n’est ouverte à cette date, mais une voie l’est : "
                "demander le CQP par la validation des acquis de l’expérience (VAE)."
            ]
            * 2,
        ),
        (
            {**SECRETAIRE, "niveau_diplome": 3},
            *["Avec ces renseignements, aucune formation n’est ouverte à cette date."] * 2,
        ),
        ({}, *["Il manque un renseignement pour vous répondre."] * 2),
    ],
)
def test_la_reponse_tient_en_une_phrase(faits: dict[str, Any], vous: str, tiers: str) -> None:
    lue = reponse(faits)
    assert phrase(lue) == vous
    assert phrase(lue, tiers=True) == tiers


@pytest.mark.parametrize(
    ("faits", "attendu"),
    [
        (SECRETAIRE, "le CQP, 279 h"),
        ({**SECRETAIRE, "experience_secretaire_mois": None}, "le CQP, 279 h au plus (1 question au plus)"),
        ({**SECRETAIRE, "afgsu_niveau": None}, "le CQP, 279 h au plus (3 questions au plus)"),
        ({**SECRETAIRE, "situation": None, "contrat": None}, "le CQP, 279 h au plus (2 questions au plus)"),
        (INFIRMIERE, "la FAE, 75 h"),
        ({**INFIRMIERE, "date_entree": "2025-05-15"}, "la FAE"),
        (CERTIFIEE, "le CQP est déjà obtenu"),
        ({**SECRETAIRE, "niveau_diplome": 3}, "aucune voie ouverte"),
        ({}, "pas encore de réponse (10 questions au plus)"),
    ],
)  # fmt: skip
def test_la_reponse_du_moment_tient_en_une_ligne(faits: dict[str, Any], attendu: str) -> None:
    assert resume(reponse(faits)) == f"Pour l’instant : {attendu}"


def test_ce_qui_manque_ne_peut_que_raccourcir() -> None:
    sans_experience = reponse(experience_secretaire_mois=None)
    assert minimum(sans_experience) == 216 * 60
    assert duree(sans_experience) == "de 216 h à 279 h"
    assert duree(sans_experience, provisoire=True) == "279 h au plus"
    assert phrase(sans_experience).startswith(f"Votre {LE_CQP} : de 216 h à 279 h,")
    assert phrase(sans_experience, provisoire=True).startswith(f"Votre {LE_CQP} : 279 h au plus,")
    # The attestation, its date and the jury's: three answers down, fourteen hours less.
    assert duree(reponse(afgsu_niveau=None)) == "de 265 h à 279 h"
    assert minimum(reponse(afgsu_niveau=None, experience_secretaire_mois=None)) == 202 * 60
    assert duree(reponse()) == duree(reponse(), provisoire=True) == "279 h"
    assert minimum(reponse()) == 279 * 60
    assert duree(reponse({})) == duree(reponse({}), provisoire=True) == "durée inconnue"
    assert minimum(reponse({})) == 0


def test_une_autre_voie_ne_compte_pas_dans_le_minimum() -> None:
    """With an unknown diploma the route itself could change: its hours are another question's."""
    lue = reponse(situation=None, contrat=None)
    assert lue.manquants
    assert minimum(lue) == 279 * 60
    assert duree(lue) == "279 h"


def test_chaque_bloc_additionne_ses_modules() -> None:
    blocs = list(barres(reponse(experience_secretaire_mois=24)))
    assert [un.numero for un in blocs] == [1, 2, 3, 4]
    assert blocs[1].intitule == "Prise en charge administrative des patients"
    assert blocs[1].minutes == {"a_suivre": 12 * 60, "acquis": 0, "dispense": 63 * 60}
    assert blocs[0].minutes == {"a_suivre": 84 * 60, "acquis": 0, "dispense": 0}
    assert [len(un.modules) for un in blocs] == [4, 3, 2, 5]
    assert all(module.module.bloc == un.numero for un in blocs for module in un.modules)
    secouriste = list(
        barres(reponse(afgsu_niveau=1, afgsu_date="2025-06-01", date_jury="2027-01-15"))
    )
    assert sum(un.minutes["acquis"] for un in secouriste) == 14 * 60
    assert sum(un.minutes["a_suivre"] for un in secouriste) == (264 - 14) * 60
    (seul,) = barres(reponse(INFIRMIERE))
    assert (seul.numero, seul.minutes["a_suivre"]) == (2, 75 * 60)
    assert list(barres(reponse({}))) == []
    assert list(barres(reponse(CERTIFIEE))) == []


def test_un_forfait_sans_bloc_n_est_pas_reparti() -> None:
    dentaire = reponse(date_entree="2023-06-05", diplomes=["assistant_dentaire"])
    assert forfait(dentaire) == 49 * 60
    assert sum(un.minutes["a_suivre"] for un in barres(dentaire)) == 371 * 60
    assert forfait(reponse(experience_secretaire_mois=24)) == 0
    assert forfait(reponse()) == 0
    assert forfait(reponse({})) == 0


def test_le_forfait_des_secretaires_sort_du_bloc_2() -> None:
    """The report places it there (¶9, ¶157) without naming the modules."""
    ancienne = reponse(date_entree="2023-06-05", diplomes=["secretaire_medical"])
    assert forfait(ancienne) == 0
    blocs = list(barres(ancienne))
    assert blocs[1].minutes == {"a_suivre": 63 * 60, "acquis": 0, "dispense": 49 * 60}
    assert sum(un.minutes["a_suivre"] for un in blocs) == (371 - 49) * 60
    assert {un.statut for un in blocs[1].modules} == {"a_suivre"}


def test_une_reponse_gardee_avant_les_forfaits_se_dit_sans_bloc() -> None:
    gardee = reponse(date_entree="2023-06-05", diplomes=["secretaire_medical"]).en_json()
    assert forfait(lire_gardee(gardee, base_courante())) == 0
    del gardee["forfaits"]
    lue = lire_gardee(gardee, base_courante())
    assert forfait(lue) == 49 * 60
    assert [un.evaluations for un in lue.forfaits] == [120]
    for sans in (reponse().en_json(), reponse(experience_secretaire_mois=24).en_json()):
        del sans["forfaits"]
        assert lire_gardee(sans, base_courante()).forfaits == ()


def test_les_raisons_disent_ce_qui_decide_et_ce_qui_est_refuse() -> None:
    assert dites(reponse()) == {
        "referentiel.rncp40913": "oui",
        "prerequis.40913.niveau-4": "oui",
        "voie.cqp": "oui",
        "entree.employeur": "oui",
        "dispense.40913.secretaire": "non",
        "dispense.40913.dentaire": "non",
        "acquis.afgsu": "non",
        "exercice.diplome-soignant": "non",
        "deroulement.40913": "oui",
        "deroulement.tuteur": "oui",
    }


def test_les_prerequis_manques_ne_se_disent_qu_en_cas_de_refus() -> None:
    refusee = dites(reponse(niveau_diplome=3))
    assert refusee["prerequis.40913.niveau-4"] == "non"
    assert refusee["prerequis.40913.assistant-dentaire"] == "non"
    assert refusee["voie.refus"] == "oui"
    assert "voie.cqp" not in refusee
    assert "prerequis.40913.assistant-dentaire" not in dites(reponse())


def test_une_question_ouverte_n_est_pas_une_raison() -> None:
    assert dites(reponse({})) == {}
    assert dites(reponse(INFIRMIERE)) == {
        "referentiel.rncp40913": "oui",
        "voie.fae": "oui",
        "fae.40913": "oui",
        "exercice.diplome-soignant": "oui",
        "deroulement.fae-organisme": "oui",
        "deroulement.fae-ou-cqp": "oui",
    }


def test_qui_a_le_cqp_n_apprend_pas_ce_qui_lui_manque() -> None:
    assert dites(reponse(CERTIFIEE)) == {
        "referentiel.rncp40913": "oui",
        "voie.deja-certifie": "oui",
    }
