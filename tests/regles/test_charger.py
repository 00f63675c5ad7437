"""A rule base is checked whole when it is read: one mistake, one sentence that names it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from binome.regles.courante import base_courante, construire, donnees_de, ouvrir
from binome.regles.lecture import BaseInvalide, lire_export, lire_yaml
from tests.regles.essais import brut, regle, table, trouver
from tests.regles.refus import refus, refus_avec

if TYPE_CHECKING:
    from pathlib import Path

    from binome.regles.base import Base


def test_une_regle_sans_source_ne_se_charge_pas() -> None:
    attendu = "règle essai.une : aucune source : une règle sans source ne se charge pas"
    assert attendu in refus_avec(table(regle("essai.une", sources=[])))
    sans = regle("essai.une")
    del sans["sources"]
    assert attendu in refus_avec(table(sans))


@pytest.mark.parametrize(
    ("citation", "raison"),
    [
        ("igas-2023", "citation « igas-2023 » : écrivez « source, passage »"),
        (
            "igas-2024, ¶1",
            "citation « igas-2024, ¶1 » : la source « igas-2024 » n’est pas dans sources.yaml",
        ),
        (
            "igas-2023, ¶999",
            "citation « igas-2023, ¶999 » : le passage « ¶999 » n’est pas déclaré sous « igas-2023 »",
        ),
    ],
)
def test_une_citation_doit_etre_declaree(citation: str, raison: str) -> None:
    assert (
        refus_avec(table(regle("essai.une", sources=[citation])))
        == f"base : table essai : règle essai.une : {raison}"
    )


def test_une_alerte_cite_aussi_ses_lectures() -> None:
    alerte = {
        "code": "x",
        "texte": "X.",
        "lectures": [{"valeur": "un", "sources": ["rien, nulle part"]}],
    }
    assert "la source « rien » n’est pas dans sources.yaml" in refus_avec(
        table(regle("essai.une", alors={"alerte": alerte}))
    )


@pytest.mark.parametrize(
    ("lecture", "raison"),
    [
        # What YAML reads in `{valeur: 9,15 € par heure, sources: […]}`.
        ({"valeur": 9, "15 € par heure": None, "sources": ["igas-2023, ¶5"]}, "entre guillemets"),
        ({"valeur": 9, "sources": ["igas-2023, ¶5"]}, "entre guillemets"),
        ({"valeur": "9,15 € par heure", "sources": []}, "« 9,15 € par heure » : aucune source"),
    ],
)
def test_une_lecture_est_un_texte_avec_ses_sources(lecture: dict[str, Any], raison: str) -> None:
    alerte = {"code": "x", "texte": "X.", "lectures": [lecture]}
    assert raison in refus_avec(table(regle("essai.une", alors={"alerte": alerte})))


@pytest.mark.parametrize(
    ("champs", "raison"),
    [
        ({"statut": "certain"}, "règle essai.une : statut inconnu « certain »"),
        ({"alors": {"donner": "x"}}, "règle essai.une : effet illisible : {'donner': 'x'}"),
        (
            {"alors": {"piece": "zzz"}},
            "règle essai.une : la pièce « zzz » n’est pas dans pieces.yaml",
        ),
        (
            {"alors": {"dispense": {"referentiel": "rncp40913", "modules": ["B9M9"]}}},
            "règle essai.une : champ manquant ou mal formé ('B9M9')",
        ),
        (
            {"alors": {"dispense": {"referentiel": "rncp1", "modules": []}}},
            "règle essai.une : effet illisible : .*",
        ),
        (
            {"alors": {"dispense": {"referentiel": "rncp1", "modules": ["B1M1"]}}},
            "règle essai.une : champ manquant ou mal formé ('rncp1')",
        ),
        (
            {
                "alors": {
                    "forfait": {"referentiel": "rncp1", "formation": "1 h", "evaluations": "0"}
                }
            },
            "règle essai.une : champ manquant ou mal formé ('rncp1')",
        ),
        (
            {
                "alors": {
                    "forfait": {"referentiel": "rncp40913", "formation": "1", "evaluations": "0"}
                }
            },
            "règle essai.une : durée illisible : « 1 » (écrivez par exemple « 2 h 30 » ou « 45 min »)",
        ),
        (
            {"alors": {"adaptation": {"referentiel": "rncp40913", "bloc": 9}}},
            "règle essai.une : champ manquant ou mal formé (9)",
        ),
        ({"si": {"fait": "zzz", "est": 1}}, "règle essai.une : le fait « zzz » n’existe pas"),
        (
            {"si": {"fait": "niveau_diplome", "au_moins": {"parametre": "zzz"}}},
            "règle essai.une : le paramètre « zzz » n’a pas une valeur unique sur la fenêtre",
        ),
        (
            {"du": date(2026, 1, 2), "au": date(2026, 1, 1)},
            "règle essai.une : la fenêtre finit (2026-01-01) avant de commencer (2026-01-02)",
        ),
    ],
)
def test_une_regle_mal_ecrite_est_nommee(champs: dict[str, Any], raison: str) -> None:
    message = refus_avec(table(regle("essai.une", **champs)))
    debut = raison.partition(" : .*")[0]
    assert debut in message


def test_il_faut_les_champs_d_une_regle() -> None:
    sans = regle("essai.une")
    del sans["titre"]
    assert "règle essai.une : champ manquant ou mal formé ('titre')" in refus_avec(table(sans))
    sans = regle("essai.une")
    del sans["id"]
    assert "règle ? : champ manquant ou mal formé ('id')" in refus_avec(table(sans))


@pytest.mark.parametrize(
    ("champs", "raison"),
    [
        (
            {"politique": "derniere"},
            "table essai : politique, rôle ou conduite inconnus : derniere, decide, bloque",
        ),
        (
            {"role": "rien"},
            "table essai : politique, rôle ou conduite inconnus : cumul, rien, bloque",
        ),
        (
            {"inconnu": "saute"},
            "table essai : politique, rôle ou conduite inconnus : cumul, decide, saute",
        ),
        (
            {"decide_par": "date_zzz"},
            "table essai : la date qui décide, « date_zzz », n’est pas un fait",
        ),
        (
            {"decide_par": "niveau_diplome"},
            "table essai : la date qui décide, « niveau_diplome », n’est pas une date",
        ),
    ],
)
def test_une_table_mal_ecrite_est_nommee(champs: dict[str, Any], raison: str) -> None:
    assert refus_avec(table(regle("essai.une"), **champs)) == f"base : {raison}"


def test_deux_regles_ne_portent_pas_le_meme_nom() -> None:
    assert (
        refus_avec(table(regle("essai.une"), regle("essai.une")))
        == "règle essai.une : identifiant donné 2 fois"
    )


@pytest.mark.parametrize(
    ("si", "raison"),
    [
        (
            {"regle": "essai.deux"},
            "essai.une : renvoie à « essai.deux », qui n’est pas décidée avant",
        ),
        (
            {"regle": "essai.une"},
            "essai.une : renvoie à « essai.une », qui n’est pas décidée avant",
        ),
        (
            {"une_regle_de": "essai"},
            "essai.une : renvoie à la table « essai », qui n’est pas décidée avant",
        ),
        (
            {"sortie": "voie", "parmi": ["cqp", "zzz", "aaa"]},
            "essai.une : la table « voie » ne donne jamais ['aaa', 'zzz']",
        ),
        ({"sortie": "zzz", "parmi": ["x"]}, "essai.une : la table « zzz » ne donne jamais ['x']"),
        (
            {"sortie": "entree", "parmi": ["aucune"]},
            "essai.une : la table « entree » cumule, elle ne retient rien",
        ),
        (
            {"non": {"et": ["toujours", {"regle": "zzz"}]}},
            "essai.une : renvoie à « zzz », qui n’est pas décidée avant",
        ),
    ],
)
def test_une_condition_ne_s_appuie_que_sur_ce_qui_precede(si: Any, raison: str) -> None:
    assert refus_avec(table(regle("essai.une", si), regle("essai.deux"))) == raison


def test_la_garde_aussi() -> None:
    garde = {"regle": "essai.une"}
    assert (
        refus_avec(table(regle("essai.une"), quand=garde))
        == "table essai : renvoie à « essai.une », qui n’est pas décidée avant"
    )


@pytest.mark.parametrize(
    ("changer", "raison"),
    [
        (
            lambda b: b["coherences"].append({"avant": "zzz", "apres": "date_jury", "raison": ""}),
            "cohérence : « zzz » n’est pas une date",
        ),
        (
            lambda b: b["coherences"].append(
                {"avant": "date_jury", "apres": "contrat", "raison": ""}
            ),
            "cohérence : « contrat » n’est pas une date",
        ),
        (
            lambda b: b["coherences"].append(
                {"avant": "date_entree", "apres": "date_jury", "mois": "zzz", "raison": ""}
            ),
            "cohérence : le fait « zzz » n’existe pas",
        ),
        (
            lambda b: b["coherences"].append(
                {"nombre": "age", "au_plus": {"fait": "zzz", "par": 2}, "raison": ""}
            ),
            "cohérence : le fait « zzz » n’existe pas",
        ),
        (
            lambda b: b["leviers"].append(
                {"id": "x", "fait": "zzz", "mode": "seuils", "effort": 1, "texte": ""}
            ),
            "levier x : le fait « zzz » n’existe pas",
        ),
        (
            lambda b: b["faits"]["contrat"].update(piece="zzz"),
            "fait contrat : la pièce « zzz » n’existe pas",
        ),
        (lambda b: b["sources"]["onisep"].update(passages={}), "source onisep : aucun passage"),
        (
            lambda b: b["sources"]["afgsu"].update(fiabilite="sûre"),
            "base : source afgsu : fiabilité inconnue « sûre »",
        ),
        (
            lambda b: b["sources"]["afgsu"].pop("titre"),
            "base : source afgsu : champ manquant ou mal formé ('titre')",
        ),
        (
            lambda b: b["faits"]["contrat"].pop("question"),
            "base : fait contrat : champ manquant ou mal formé ('question')",
        ),
        (lambda b: b.pop("tables"), "base : champ manquant ou mal formé ('tables')"),
    ],
)
def test_le_reste_de_la_base_est_verifie(changer: Any, raison: str) -> None:
    contenu = brut()
    changer(contenu)
    assert raison in refus(contenu)


def test_le_yaml_refuse_une_cle_ecrite_deux_fois(tmp_path: Path) -> None:
    chemin = tmp_path / "double.yaml"
    chemin.write_text("a: 1\nb: 2\na: 3\n", encoding="utf-8")
    with pytest.raises(
        BaseInvalide, match=r"^double.yaml : la clé « a » est écrite deux fois \(ligne 3\)$"
    ):
        lire_yaml(chemin)
    chemin.write_text("a: [1\n", encoding="utf-8")
    with pytest.raises(BaseInvalide, match="^double.yaml : while parsing"):
        lire_yaml(chemin)
    chemin.write_text("a: {b: 1, c: [2, {d: 3}]}\n", encoding="utf-8")
    assert lire_yaml(chemin) == {"a": {"b": 1, "c": [2, {"d": 3}]}}


def test_l_empreinte_suit_le_contenu_et_lui_seul(base: Base) -> None:
    assert base.empreinte.startswith("sha256:")
    assert len(base.empreinte) == len("sha256:") + 64
    assert construire(brut()).empreinte == base.empreinte
    contenu = brut()
    trouver(contenu, "dispense.40913.secretaire")["note"] = "autre"
    assert construire(contenu).empreinte != base.empreinte


def test_une_base_exportee_se_relit_a_l_identique(base: Base, tmp_path: Path) -> None:
    export = base.exporter()
    relue = construire(lire_export(export))
    assert relue.empreinte == base.empreinte
    assert relue.exporter() == export
    assert json.loads(export)["tables"][0]["regles"][0]["au"] == "2020-12-31"
    chemin = tmp_path / "base.json"
    chemin.write_text(export, encoding="utf-8")
    assert ouvrir(str(chemin)).empreinte == base.empreinte
    assert ouvrir(str(donnees_de())).empreinte == base.empreinte
    assert ouvrir("courante") is base_courante()


def test_une_base_introuvable_ou_illisible_est_dite(tmp_path: Path) -> None:
    with pytest.raises(
        BaseInvalide,
        match="attendu : « courante », « courante\\+réforme », un dossier ou un export$",
    ):
        ouvrir(str(tmp_path / "rien"))
    chemin = tmp_path / "base.json"
    chemin.write_text("{", encoding="utf-8")
    with pytest.raises(BaseInvalide, match="base.json : "):
        ouvrir(str(chemin))
    chemin.write_text("[]", encoding="utf-8")
    with pytest.raises(BaseInvalide, match="base.json : base : champ manquant ou mal formé"):
        ouvrir(str(chemin))
