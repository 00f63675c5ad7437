"""What the rules say in French: rendered from the rules, held by a page that a test compares."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from binome.regles import dire
from binome.regles.conditions import Decale
from binome.regles.courante import base_courante
from binome.regles.manquants import inconnus
from binome.regles.page import en_markdown
from tests.regles.essais import base_avec, regle, table

if TYPE_CHECKING:
    from binome.regles.base import Base

PAGE = Path(__file__).parents[2] / "docs" / "regles-en-clair.md"


def test_la_page_des_regles_est_a_jour() -> None:
    """Read the difference: it is what the public would read."""
    assert PAGE.read_text(encoding="utf-8") == en_markdown()


@pytest.mark.parametrize(
    ("si", "texte"),
    [
        ({"fait": "niveau_diplome", "est": 4}, "être de niveau 4"),
        ({"fait": "niveau_diplome", "au_moins": 4}, "avoir un diplôme de niveau 4 au moins"),
        (
            {"fait": "niveau_diplome", "entre": [3, 5]},
            "avoir de 3 à 5 comme niveau du plus haut diplôme validé",
        ),
        (
            {"fait": "niveau_diplome", "parmi": [3, 5]},
            "être de niveau 3 ou 5",
        ),
        (
            {"fait": "experience_secretaire_mois", "entre": [3, 5]},
            "avoir de 3 à 5 mois d’expérience au secrétariat médical",
        ),
        (
            {"fait": "experience_secretaire_mois", "au_plus": 5},
            "avoir 5 mois d’expérience au plus au secrétariat médical",
        ),
        (
            {"fait": "experience_dentaire_mois", "au_plus": 5},
            "avoir 5 au plus comme expérience d’assistance dentaire",
        ),
        (
            {"fait": "experience_dentaire_mois", "est": 5},
            "avoir 5 comme expérience d’assistance dentaire",
        ),
        (
            {"fait": "heures_experience_vae", "connu": True},
            "connaître ses heures d’activité en rapport avec le référentiel",
        ),
        ({"fait": "date_jury", "connu": True}, "connaître la date du jury"),
        ({"fait": "diplomes", "contient": ["ide"]}, "avoir un diplôme d’État infirmier"),
        (
            {"fait": "diplomes", "contient": ["ide", "sage_femme"]},
            "avoir un diplôme d’État infirmier ou un diplôme d’État de sage-femme",
        ),
        ({"fait": "contrat", "parmi": ["cdi"]}, "avoir un CDI"),
        ({"fait": "contrat", "parmi": ["cdi", "cdd"]}, "avoir un CDI ou un CDD"),
        (
            {"fait": "date_jury", "avant": date(2026, 1, 1)},
            "avoir une date du jury avant le 1er janvier 2026",
        ),
        (
            {"fait": "date_jury", "au_moins": {"fait": "afgsu_date", "plus_mois": 0}},
            "avoir une date du jury qui ne précède pas la date d’obtention de l’AFGSU",
        ),
        (
            {"fait": "date_jury", "au_plus": {"fait": "afgsu_date", "plus_mois": 48}},
            "avoir une date du jury qui vient au plus 48 mois après la date d’obtention de l’AFGSU",
        ),
        (
            {"fait": "date_jury", "apres": {"fait": "afgsu_date", "plus_mois": 1}},
            "avoir une date du jury qui vient plus de 1 mois après la date d’obtention de l’AFGSU",
        ),
        (
            {"fait": "date_jury", "entre": [date(2026, 1, 1), date(2026, 1, 31)]},
            "avoir une date du jury comprise entre le 1er janvier 2026 et le 31 janvier 2026",
        ),
        (
            {"regle": "voie.cqp"},
            "remplir la condition « Certificat de qualification professionnelle (CQP) »",
        ),
        (
            {"une_regle_de": "prerequis"},
            "remplir une condition au moins de « Les prérequis d’entrée au CQP »",
        ),
        ({"sortie": "voie", "parmi": ["cqp", "fae"]}, "passer par le CQP ou passer par la FAE"),
        (
            {"sortie": "referentiel", "parmi": ["rncp40913"]},
            "avoir la réponse « CQP assistant médical de 279 heures (RNCP 40913) » à « Quelle version du CQP s’applique ? »",
        ),
        (
            {"sortie": "heures-fae", "parmi": ["fae.384"]},
            "avoir la réponse « FAE au temps du CQP de 384 heures » à « Combien d’heures dure la FAE ? »",
        ),
        ({"a_confirmer": "la branche"}, "faire confirmer ce point par la branche"),
        ("toujours", "aucune condition"),
        ({"non": {"fait": "niveau_diplome", "est": 4}}, "ne pas être de niveau 4"),
        (
            {"non": {"ou": ["toujours", {"regle": "voie.cqp"}]}},
            "ne pas (soit aucune condition, soit remplir la condition « Certificat de qualification professionnelle (CQP) »)",
        ),
        (
            {
                "et": [
                    {"fait": "niveau_diplome", "est": 4},
                    {
                        "ou": [
                            {"fait": "niveau_diplome", "est": 5},
                            {"et": ["toujours", "toujours"]},
                        ]
                    },
                ]
            },
            "être de niveau 4 et (soit être de niveau 5, soit aucune condition et aucune condition)",
        ),
    ],
)
def test_chaque_condition_se_dit(si: Any, texte: str) -> None:
    base = base_avec(table(regle("essai.une", si)))
    assert dire.condition(base.regles["essai.une"].si, base) == texte


def test_enumerer() -> None:
    assert dire.enumerer([]) == ""
    assert dire.enumerer(["a"]) == "a"
    assert dire.enumerer(["a", "b"]) == "a et b"
    assert dire.enumerer(["a", "b", "c"], "ou") == "a, b ou c"


@pytest.mark.parametrize(
    ("nom", "texte"),
    [
        ("voie.cqp", "la réponse est alors : le CQP"),
        (
            "referentiel.rncp40913",
            "la réponse est alors : CQP assistant médical de 279 heures (RNCP 40913)",
        ),
        ("fenetre.entre-deux", "la réponse est alors : aucun référentiel"),
        (
            "dispense.40913.secretaire",
            "63 h de cours en moins. Ce sont les modules Gestion et suivi des dossiers des patients (42 h) et Accueil du patient et accompagnements particuliers (21 h)",
        ),
        (
            "dispense.384.dentaire",
            "49 h de cours et 2 h 15 d’évaluation en moins, sans que la source nomme les modules",
        ),
        ("acquis.afgsu", "14 h de cours en moins, le module AFGSU"),
        ("fae.40913", "FAE de 75 h, le bloc 2 « Prise en charge administrative des patients »"),
        ("fae.sans-referentiel", "durée de la FAE inconnue"),
        ("piece.identite", "pièce à fournir, pièce d’identité"),
        ("prerequis.40913.niveau-4", ""),
    ],
)
def test_chaque_effet_se_dit(base: Base, nom: str, texte: str) -> None:
    assert dire.effet(base.regles[nom], base) == texte


def test_l_effet_d_une_reforme_et_celui_d_une_alerte() -> None:
    onze = base_courante("igas-11")
    assert dire.effet(onze.regles["fae.igas-11"], onze) == "FAE de 35 h"
    assert dire.effet(onze.regles["alerte.afgsu-2"], onze).startswith(
        "nous signalons ceci. Les sources ne disent pas"
    )


@pytest.mark.parametrize(
    ("fenetre", "texte"),
    [
        ({}, "sans limite de date"),
        ({"du": date(2026, 1, 15)}, "depuis le 15 janvier 2026"),
        ({"au": date(2026, 1, 15)}, "jusqu’au 15 janvier 2026"),
        ({"du": date(2025, 6, 25), "au": date(2030, 6, 25)}, "du 25 juin 2025 au 25 juin 2030"),
    ],
)
def test_une_fenetre_se_dit(fenetre: dict[str, Any], texte: str) -> None:
    base = base_avec(table(regle("essai.une", **fenetre)))
    assert dire.fenetre(base.regles["essai.une"]) == texte


def test_une_regle_entiere() -> None:
    base = base_avec(
        table(
            regle(
                "essai.une",
                {"fait": "niveau_diplome", "est": 4},
                titre="Un essai",
                statut="hypothese",
                note="Une note.",
                alors={"donne": "x"},
            ),
            quand={"sortie": "voie", "parmi": ["cqp"]},
        )
    )
    assert dire.mot_a_mot(base.regles["essai.une"], base) == (
        "Un essai. Applicable sans limite de date, selon la date d’entrée en formation. "
        "Seulement à cette condition : passer par le CQP. Il faut être de niveau 4. "
        "La réponse est alors : x. C’est une hypothèse, déduite et non lue. Une note."
    )


def motif(base: Any, nom: str, **faits: Any) -> str:
    conclusion = base.moteur.decider(base.lire(faits))
    etape = next(etape for etape in conclusion.etapes if etape.regle.id == nom)
    return dire.motif(etape, inconnus(base).de_l_etape(etape, conclusion), conclusion.dossier, base)


SOCLE = {"date_entree": "2026-01-15", "niveau_diplome": 4}


@pytest.mark.parametrize(
    ("nom", "faits", "texte"),
    [
        (
            "dispense.40913.secretaire",
            {"diplomes": [], "experience_secretaire_mois": 26},
            "Dispense accordée : 63 h de cours en moins. Ce sont les modules Gestion et suivi des dossiers des patients (42 h) et Accueil du patient et accompagnements particuliers (21 h). Au dossier : aucun diplôme ni titre déclaré ; 26 mois d’expérience au secrétariat médical.",
        ),
        (
            "dispense.40913.secretaire",
            {"diplomes": [], "experience_secretaire_mois": 20},
            "Pas de dispense de secrétariat. Un titre de secrétaire médical ou médicale, ou deux ans au secrétariat, retire 63 heures de cours. Ce sont les dossiers des patients (42 heures) et leur accueil (21 heures). Les modules s’en déduisent. Au dossier : aucun diplôme ni titre déclaré ; 20 mois d’expérience au secrétariat médical.",
        ),
        (
            "dispense.40913.secretaire",
            {"diplomes": []},
            "Dispense de secrétariat à confirmer. Un titre de secrétaire médical ou médicale, ou deux ans au secrétariat, retire 63 heures de cours. Ce sont les dossiers des patients (42 heures) et leur accueil (21 heures). Les modules s’en déduisent. Au dossier : aucun diplôme ni titre déclaré. Il manque : expérience au secrétariat médical.",
        ),
        (
            "fae.40913",
            {"diplomes": []},
            "FAE au temps du RNCP 40913 : cette règle ne s’applique pas à votre situation.",
        ),
        (
            "fae.40913",
            {"diplomes": ["ide"]},
            "Durée de la FAE : FAE de 75 h, le bloc 2 « Prise en charge administrative des patients ».",
        ),
        ("voie.cqp", {"diplomes": []}, "La voie est le CQP, un prérequis est rempli."),
        (
            "voie.entre-deux",
            {"diplomes": [], "date_entree": "2025-05-20"},
            "Entre les deux enregistrements, nous ne savons pas si une entrée en CQP était possible. À faire confirmer par la branche (CPNEFP), qui sait le jour exact du nouvel enregistrement et qui peut entrer entre les deux.",
        ),
        (
            "afgsu.valable-au-jury",
            {"diplomes": [], "afgsu_date": "2022-06-15"},
            "L’AFGSU doit être valable le jour du jury. L’attestation de premiers secours (AFGSU) doit dater de quatre ans au plus le jour du jury. Obtenue après l’entrée, elle peut être le module du CQP lui-même ; l’organisme de formation le dit. Au dossier : AFGSU obtenue le 15 juin 2022 ; entrée en formation le 15 janvier 2026. Il manque : date du jury.",
        ),
        (
            "entree.employeur",
            {"diplomes": [], "situation": "demandeur_emploi"},
            "La condition d’employeur reste à vérifier. Il faut un contrat de travail avec un cabinet médical libéral, ou un contrat de professionnalisation ; pour un centre de santé, l’organisme de formation et la branche le confirment. Au dossier : en recherche d’emploi. Il manque : contrat de travail.",
        ),
    ],
)
def test_un_motif_dit_la_reponse_et_pourquoi(
    base: Base, nom: str, faits: dict[str, Any], texte: str
) -> None:
    assert motif(base, nom, **{**SOCLE, **faits}) == texte


def test_ce_qui_manque_se_dit_dans_l_ordre_des_questions(base: Base) -> None:
    texte = motif(base, "entree.employeur", **SOCLE, diplomes=[])
    assert texte.endswith("Il manque : situation et contrat de travail.")


def test_une_date_decalee_de_rien_est_la_date_elle_meme() -> None:
    assert Decale("afgsu_date", 0).mois == 0
