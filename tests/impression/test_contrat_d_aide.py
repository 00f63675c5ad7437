"""Five years on paper: valid, the same each time, and saying what the page says."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import typst

from binome.impression import pdf
from binome.impression.contrat_d_aide import contenu_du_contrat
from tests.agenda.test_contrat_d_aide import repondre

EDITE_LE = date(2026, 11, 22)
ADRESSE = "https://exemple.fr/simulateur/employeur/aide/resultat/?option_etp=un"
CAS: dict[str, dict[str, Any]] = {
    "entier": {},
    "sans rang": {"bande_activite": None},
    "sans montant": {"option_etp": "deux"},
    "sans date": {"date_signature_contrat_aide": None},
    "refusé": {"secteur": "2"},
    "collectif": {"contrat_collectif": True, "etp": 1.5, "medecins": 2},
    "avenant 7": {"date_signature_contrat_aide": "2022-03-01", "file_active": 1600, "medecins": 2},
}


@pytest.mark.parametrize("autres", CAS.values(), ids=CAS)
def test_chaque_contrat_s_imprime_sans_avertissement(autres: dict[str, Any]) -> None:
    donnees = contenu_du_contrat(repondre(**autres), edite_le=EDITE_LE, adresse=ADRESSE)
    contenu, avertissements = typst.compile_with_warnings(
        pdf.GABARITS / "contrat_d_aide.typ",
        root=pdf.GABARITS,
        font_paths=pdf.polices(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"page": json.dumps(pdf.imprimable(donnees))},
        pdf_standards=["a-3a", "ua-1"],
    )
    assert avertissements == []
    assert contenu.startswith(b"%PDF-1.7")


def test_memes_donnees_memes_octets() -> None:
    un = pdf.pdf_du_contrat(repondre(), edite_le=EDITE_LE, adresse=ADRESSE)
    assert un == pdf.pdf_du_contrat(repondre(), edite_le=EDITE_LE, adresse=ADRESSE)
    assert un != pdf.pdf_du_contrat(repondre(), edite_le=date(2026, 11, 23), adresse=ADRESSE)


def test_chaque_annee_et_chaque_lecture_est_dite_avec_sa_source() -> None:
    page = contenu_du_contrat(
        repondre(date_prise_fonction="2026-05-02"), edite_le=EDITE_LE, adresse=ADRESSE
    )
    assert [ligne["montant"] for ligne in page["annees"]["lignes"]] == [
        "38 000 €", "28 000 €", "22 000 €", "22 000 €", "22 000 €",
    ]  # fmt: skip
    qualification = next(une for une in page["echeances"] if une["titre"] == "Obtenir le CQP")
    assert qualification["quand"] == "1er mars 2028, par prudence"
    assert [un["texte"][:11] for un in qualification["lectures"]] == [
        "1er mars 20", "2 mai 2028 ", "2 mai 2029 ",
    ]  # fmt: skip
    cles = [page["annees"]["renvois"], page["objectifs"]["renvois"]]
    cles += [lecture["renvois"] for une in page["echeances"] for lecture in une["lectures"]]
    cles += [raison["renvois"] for raison in (*page["raisons"], *page["vie"])]
    assert all(cles)
    assert {cle for lues in cles for cle in lues} <= set(page["numeros"])


def test_rien_d_inconnu_n_est_un_zero() -> None:
    page = contenu_du_contrat(repondre(option_etp="deux"), edite_le=EDITE_LE, adresse=ADRESSE)
    lignes = page["annees"]["lignes"]
    assert {ligne["recu"] for ligne in lignes} == {None}
    assert {ligne["aide"] for ligne in lignes} == {"inconnu : aucune source ne le donne"}
    assert {ligne["reste"] for ligne in lignes} == {"inconnu"}
