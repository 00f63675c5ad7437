"""The option `--certification`: another certification's rules, told for what they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from binome.cli import ENTREE_REFUSEE
from binome.regles.courante import base_courante, certifications
from tests.cli.terminal import lancer

if TYPE_CHECKING:
    from pathlib import Path

(ESSAI,) = (code for code, une in certifications().items() if une.essai)
DOSSIER = {
    "date_entree": "2022-09-05",
    "niveau_diplome": 3,
    "diplomes": ["aide_dentaire"],
    "experience_aide_dentaire_mois": 14,
    "afgsu2_valable": False,
}


def test_la_liste_dit_laquelle_est_d_essai() -> None:
    sortie = " ".join(lancer("certifications").sortie.split())
    assert "Celle qui répond quand aucune n’est nommée." in sortie
    assert (
        "Certification d’essai, d’après le tableau 3 du rapport : n’en tirez aucune décision."
        in (sortie)
    )
    assert sortie.index(base_courante().certification.code) < sortie.index(ESSAI)


def test_l_essai_repond_en_json() -> None:
    rendu = lancer(
        "positionner", "--certification", ESSAI, "--json", "-", entree=json.dumps(DOSSIER)
    )
    reponse = json.loads(rendu.sortie)
    assert (reponse["voie"], reponse["referentiel"]) == ("titre", "rncp15745")
    assert reponse["minutes"] == {
        "formation": 175 * 60,
        "pratique": None,
        "evaluations": None,
        "total": None,
        "dispensees": 168 * 60,
        "evaluations_dispensees": None,
    }
    assert reponse["base"] == base_courante(certification=ESSAI).empreinte
    assert reponse["alertes"][0]["code"] == "certification_d_essai"


def test_l_essai_se_dit_d_abord_dans_le_terminal(tmp_path: Path) -> None:
    fiche = tmp_path / "fiche.toml"
    lignes = (f"{cle} = {json.dumps(valeur)}" for cle, valeur in DOSSIER.items())
    fiche.write_text("\n".join(lignes).replace('"2022-09-05"', "2022-09-05"), encoding="utf-8")
    sortie = lancer("positionner", "--certification", ESSAI, "--fiche", fiche).sortie
    assert sortie.startswith(
        "Titre d’assistant dentaire (d’essai, d’après le tableau 3 du rapport).\n"
    )
    assert "Cours : 175 h à suivre" in sortie
    assert "En moins : 168 h, sans modules nommés" in sortie


def test_l_essai_traite_un_lot(tmp_path: Path) -> None:
    lot, sortie = tmp_path / "lot.csv", tmp_path / "rendu.csv"
    lot.write_text(
        "reference,date_entree,niveau_diplome,diplomes,afgsu2_valable\n"
        "a,2022-09-05,3,livre_iii,oui\nb,2022-09-05,2,aucun,non\n",
        encoding="utf-8",
    )
    rendu = lancer("positionner", "--certification", ESSAI, "--lot", lot, "--sortie", sortie)
    assert rendu.code == 0
    entete, *lignes = sortie.read_text(encoding="utf-8").splitlines()
    rangs = [dict(zip(entete.split(","), ligne.split(","), strict=False)) for ligne in lignes]
    assert [un["voie"] for un in rangs] == ["titre", "refus"]
    assert [un["minutes_formation"] for un in rangs] == [str((343 - 28 - 21) * 60), "0"]


def test_une_certification_inconnue_est_refusee_avec_la_liste() -> None:
    rendu = lancer("positionner", "--certification", "boulanger", "--json", "-", entree="{}")
    assert rendu.code == ENTREE_REFUSEE
    assert rendu.sortie == ""
    assert rendu.erreur.strip() == (
        "positionner : la certification « boulanger » n’existe pas ; connues : "
        f"{', '.join(certifications())}"
    )


@pytest.mark.parametrize("commande", ["financer", "aide", "echeances"])
def test_une_question_sans_regles_est_refusee(commande: str) -> None:
    rendu = lancer(commande, "--certification", ESSAI, "--json", "-", entree="{}")
    assert rendu.code == ENTREE_REFUSEE
    assert rendu.erreur.startswith(
        f"{commande} : les règles de « Titre d’assistant dentaire (d’essai"
    )
    assert "« Le positionnement »" in rendu.erreur


def test_celle_par_defaut_se_nomme_aussi() -> None:
    objet = json.dumps({"date_entree": "2026-01-15", "diplomes": []})
    code = base_courante().certification.code
    nommee = lancer("positionner", "--certification", code, "--json", "-", entree=objet)
    assert nommee.sortie == lancer("positionner", "--json", "-", entree=objet).sortie


def test_ses_regles_se_lisent() -> None:
    sortie = lancer("regles", "montrer", "dispense.manipulateur", "--base", ESSAI).sortie
    assert "70 h de cours en moins, sans que la source nomme les modules." in " ".join(
        sortie.split()
    )
    assert f"{ESSAI}" not in sortie
