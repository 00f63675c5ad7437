"""The load checks: each doubt stops the base, and the sentence says where and why."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from binome.regles.courante import (
    appliquer_reforme,
    base_courante,
    construire,
    donnees_de,
    ouvrir,
    reformes,
)
from binome.regles.lecture import BaseInvalide, lire_brut, lire_export, lire_yaml
from tests.regles.essais import SOURCE, base_avec, brut, regle, table, trouver, trouver_table

if TYPE_CHECKING:
    from pathlib import Path

    from binome.regles.base import Base


def refus(contenu: Any) -> str:
    with pytest.raises(BaseInvalide) as echec:
        construire(contenu)
    return str(echec.value)


def refus_avec(*tables: Any) -> str:
    contenu = brut()
    contenu["tables"] += list(tables)
    return refus(contenu)


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


def test_sous_unique_le_temps_n_a_pas_de_trou() -> None:
    contenu = table(
        regle("essai.un", au=date(2022, 6, 30), alors={"donne": "x"}),
        regle("essai.deux", du=date(2022, 7, 2), alors={"donne": "y"}),
        politique="unique",
    )
    assert refus_avec(contenu) == "table essai : rien entre le 2022-07-01 et le 2022-07-01"
    contenu["regles"][1]["du"] = date(2022, 7, 1)
    base_avec(contenu)


def test_sous_unique_une_regle_longue_couvre_celles_qui_suivent() -> None:
    niveau = {"fait": "niveau_diplome", "au_moins": 4}
    base_avec(
        table(
            regle(
                "essai.long",
                niveau,
                du=date(2020, 1, 1),
                au=date(2029, 12, 31),
                alors={"donne": "x"},
            ),
            regle(
                "essai.court",
                {"non": niveau},
                du=date(2021, 1, 1),
                au=date(2021, 12, 31),
                alors={"donne": "y"},
            ),
            regle("essai.apres", du=date(2030, 1, 1), alors={"donne": "z"}),
            politique="unique",
        )
    )


@pytest.mark.parametrize(
    ("un", "deux", "refuse"),
    [
        (
            {"fait": "niveau_diplome", "au_moins": 4},
            {"fait": "niveau_diplome", "au_plus": 3},
            False,
        ),
        ({"fait": "niveau_diplome", "au_moins": 4}, {"fait": "niveau_diplome", "au_plus": 4}, True),
        ({"fait": "contrat", "est": "cdi"}, {"fait": "contrat", "est": "cdd"}, False),
        ({"fait": "contrat", "est": "cdi"}, {"fait": "contrat", "parmi": ["cdi", "cdd"]}, True),
        (
            {"fait": "diplomes", "contient": ["ide"]},
            {"non": {"fait": "diplomes", "contient": ["ide"]}},
            False,
        ),
        (
            {"fait": "diplomes", "contient": ["ide"]},
            {"fait": "diplomes", "contient": ["ide", "sage_femme"]},
            True,
        ),
        ({"fait": "niveau_diplome", "est": 4}, {"fait": "contrat", "est": "cdi"}, True),
        (
            {"fait": "date_jury", "avant": date(2026, 1, 1)},
            {"fait": "date_jury", "au_moins": date(2026, 1, 1)},
            False,
        ),
        (
            {"fait": "date_jury", "avant": date(2026, 1, 2)},
            {"fait": "date_jury", "au_moins": date(2026, 1, 1)},
            True,
        ),
        ("toujours", {"regle": "voie.cqp"}, True),
        ({"a_confirmer": "x"}, "toujours", True),
    ],
)
def test_sous_unique_deux_regles_ne_repondent_pas_oui_ensemble(
    un: Any, deux: Any, refuse: bool
) -> None:
    contenu = table(
        regle("essai.un", un, alors={"donne": "x"}),
        regle("essai.deux", deux, alors={"donne": "y"}),
        politique="unique",
    )
    if refuse:
        assert (
            refus_avec(contenu) == "table essai : essai.un et essai.deux répondent toutes deux oui"
        )
    else:
        base_avec(contenu)


@pytest.mark.parametrize(
    ("premiere", "seconde", "refuse"),
    [
        ((None, date(2022, 1, 1)), (date(2022, 1, 1), None), True),
        ((None, date(2022, 1, 1)), (date(2022, 1, 2), None), False),
        ((date(2022, 1, 1), None), (None, date(2022, 1, 1)), True),
        ((date(2022, 1, 2), None), (None, date(2022, 1, 1)), False),
    ],
)
def test_deux_fenetres_qui_se_touchent_se_recouvrent(
    premiere: Any, seconde: Any, refuse: bool
) -> None:
    regles = [
        regle(
            f"essai.{rang}",
            alors={"donne": str(rang)},
            **{cle: v for cle, v in zip(("du", "au"), fenetre, strict=True) if v},
        )
        for rang, fenetre in enumerate((premiere, seconde))
    ]
    contenu = table(*regles, politique="unique")
    if refuse:
        assert "répondent toutes deux oui" in refus_avec(contenu)
    else:
        base_avec(contenu)


def test_les_valeurs_d_un_parametre_se_suivent_sans_trou_ni_recouvrement() -> None:
    contenu = brut()
    valeurs = [
        {"valeur": 1, "au": date(2022, 12, 31), "sources": [SOURCE]},
        {"valeur": 2, "du": date(2023, 1, 1), "sources": [SOURCE]},
    ]
    contenu["parametres"]["essai"] = {"titre": "Essai", "unite": "mois", "valeurs": valeurs}
    construire(contenu)
    valeurs[1]["du"] = date(2023, 1, 3)
    assert refus(contenu) == "paramètre essai : rien entre le 2023-01-01 et le 2023-01-02"
    valeurs[1]["du"] = date(2022, 12, 31)
    assert refus(contenu) == "paramètre essai : deux valeurs se recouvrent le 2022-12-31"
    valeurs[0]["sources"] = []
    assert (
        refus(contenu)
        == "base : paramètre essai : aucune source : une règle sans source ne se charge pas"
    )


def test_une_regle_prend_la_valeur_du_parametre_de_sa_fenetre() -> None:
    contenu = brut()
    contenu["parametres"]["essai"] = {
        "titre": "Essai",
        "unite": "mois",
        "valeurs": [
            {"valeur": 3, "au": date(2022, 12, 31), "sources": [SOURCE]},
            {"valeur": 5, "du": date(2023, 1, 1), "statut": "hypothese", "sources": [SOURCE]},
        ],
    }
    si = {"fait": "niveau_diplome", "au_moins": {"parametre": "essai"}}
    contenu["tables"].append(
        table(
            regle("essai.avant", si, au=date(2022, 12, 31)),
            regle("essai.apres", si, du=date(2023, 1, 1)),
        )
    )
    base = construire(contenu)
    assert base.regles["essai.avant"].si.attendu == 3  # type: ignore[union-attr]
    assert base.regles["essai.apres"].si.attendu == 5  # type: ignore[union-attr]
    assert [p.statut for p in base.parametres if p.id == "essai"] == ["en_vigueur", "hypothese"]
    for fenetre in (
        {},
        {"du": date(2022, 1, 1)},
        {"au": date(2024, 1, 1)},
        {"du": date(2022, 1, 1), "au": date(2024, 1, 1)},
    ):
        contenu["tables"][-1] = table(regle("essai.une", si, **fenetre))
        assert "le paramètre « essai » n’a pas une valeur unique sur la fenêtre" in refus(contenu)


def test_les_sommes_d_un_referentiel_sont_refaites() -> None:
    contenu = brut()
    (referentiel,) = (un for un in contenu["referentiels"] if un["id"] == "rncp40913")
    referentiel["blocs"][2]["modules"][0]["duree"] = "15 h"
    assert "rncp40913 : les modules du bloc 3 font 2160 minutes, le bloc en annonce 2100" in refus(
        contenu
    )
    contenu = brut()
    (referentiel,) = (un for un in contenu["referentiels"] if un["id"] == "rncp40913")
    referentiel["blocs"][0]["epreuves"][0]["parties"] = [21, 10]
    assert refus(contenu) == "rncp40913 : les épreuves font 901 minutes, les évaluations 900"
    contenu = brut()
    (referentiel,) = (un for un in contenu["referentiels"] if un["id"] == "rncp36358-279")
    referentiel["blocs"][3]["duree"] = "13 h"
    assert (
        "rncp36358-279 : les modules du bloc 4 font 840 minutes, le bloc en annonce 780"
        in refus(contenu)
    )


def test_la_fenetre_d_un_referentiel_est_celle_de_sa_regle() -> None:
    contenu = brut()
    (referentiel,) = (un for un in contenu["referentiels"] if un["id"] == "rncp40913")
    referentiel["au"] = date(2030, 6, 24)
    assert "rncp40913 : sa fenêtre n’est pas celle de la table « referentiel »" in refus(contenu)


@pytest.mark.parametrize(
    "champs", [{"du": date(2025, 6, 24)}, {"au": date(2030, 6, 26)}, {"du": None}, {"au": None}]
)
def test_une_dispense_reste_dans_son_referentiel(champs: dict[str, Any]) -> None:
    contenu = brut()
    trouver(contenu, "dispense.40913.dentaire").update(champs)
    assert (
        refus(contenu)
        == "dispense.40913.dentaire : sa fenêtre sort de celle du référentiel rncp40913"
    )
    contenu = brut()
    trouver(contenu, "dispense.384.secretaire")["du"] = date(2020, 12, 31)
    assert (
        refus(contenu)
        == "dispense.384.secretaire : sa fenêtre sort de celle du référentiel rncp36358-384"
    )


@pytest.mark.parametrize("nom", ["dispenses-384", "dispenses-40913", "acquis"])
def test_ce_qui_retire_des_heures_est_reserve_au_cqp(nom: str) -> None:
    contenu = brut()
    trouver_table(contenu, nom)["quand"] = {"sortie": "voie", "parmi": ["cqp", "fae"]}
    regle_ = trouver_table(contenu, nom)["regles"][0]["id"]
    assert f"{regle_} : sa table doit être réservée à la voie « cqp »" in refus(contenu)
    del trouver_table(contenu, nom)["quand"]
    assert f"{regle_} : sa table doit être réservée à la voie « cqp »" in refus(contenu)


def test_une_dispense_porte_sur_des_durees_connues() -> None:
    contenu = brut()
    trouver(contenu, "dispense.40913.dentaire").update(
        du=date(2024, 1, 1),
        au=date(2025, 4, 24),
        alors={"dispense": {"referentiel": "rncp36358-279", "modules": ["B1M1"]}},
    )
    assert refus(contenu) == "dispense.40913.dentaire : la durée du module B1M1 est inconnue"


def test_un_module_n_est_pas_retire_deux_fois() -> None:
    contenu = brut()
    trouver(contenu, "dispense.40913.dentaire")["alors"]["dispense"]["modules"] = ["B3M1", "B4M4"]
    assert refus(contenu) == "rncp40913, B4M4 : dispensé et acquis, compté deux fois"


def test_un_acquis_vise_des_modules_de_meme_duree() -> None:
    contenu = brut()
    trouver(contenu, "acquis.afgsu")["alors"]["acquis"]["marque"] = "zzz"
    assert refus(contenu) == "acquis.afgsu : les modules « zzz » n’ont pas une même durée"
    contenu = brut()
    (referentiel,) = (un for un in contenu["referentiels"] if un["id"] == "rncp36358-279")
    del referentiel["blocs"][3]["modules"][0]["duree"]
    assert refus(contenu) == "acquis.afgsu : les modules « afgsu » n’ont pas une même durée"


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


def test_une_reforme_ne_touche_pas_la_base() -> None:
    avant = lire_brut(donnees_de())
    appliquer_reforme(avant, reformes()["igas-11"])
    assert avant == lire_brut(donnees_de())


def test_une_reforme_ferme_ce_qu_elle_remplace_et_ajoute_ce_qu_elle_apporte(base: Base) -> None:
    avec = base_courante("igas-11")
    assert avec.reformes == ("igas-11",)
    assert base.reformes == ()
    assert avec.empreinte != base.empreinte
    fenetres = {r.id: (r.du, r.au) for r in avec.tables["heures-fae"].regles}
    assert fenetres == {
        "fae.384": (date(2021, 1, 1), date(2023, 6, 30)),
        "fae.igas-11": (date(2023, 7, 1), None),
    }
    assert avec.regles["fae.igas-11"].statut == "proposee"


@pytest.mark.parametrize(
    ("fenetre", "attendue"),
    [
        (
            {"du": date(2020, 1, 1), "au": date(2021, 12, 31)},
            {"du": date(2020, 1, 1), "au": date(2021, 12, 31)},
        ),
        (
            {"du": date(2020, 1, 1), "au": date(2022, 1, 1)},
            {"du": date(2020, 1, 1), "au": date(2021, 12, 31)},
        ),
        ({"du": date(2020, 1, 1)}, {"du": date(2020, 1, 1), "au": date(2021, 12, 31)}),
        ({}, {"au": date(2021, 12, 31)}),
        ({"du": date(2022, 1, 1)}, None),
        ({"du": date(2023, 1, 1), "au": date(2023, 12, 31)}, None),
    ],
)
def test_une_regle_remplacee_finit_la_veille_de_la_reforme(fenetre: Any, attendue: Any) -> None:
    contenu = {"tables": [table(regle("essai.une", **fenetre))], "reformes": ["autre"]}
    reforme = {
        "id": "r",
        "du": date(2022, 1, 1),
        "remplace": ["essai.une"],
        "ajoute": {"essai": [regle("essai.neuve")]},
    }
    change = appliquer_reforme(contenu, reforme)
    restantes = {
        r["id"]: {cle: r[cle] for cle in ("du", "au") if cle in r}
        for r in change["tables"][0]["regles"]
    }
    assert restantes == ({} if attendue is None else {"essai.une": attendue}) | {"essai.neuve": {}}
    assert change["reformes"] == ["autre", "r"]


def test_une_reforme_qui_vise_a_cote_est_refusee() -> None:
    contenu = {"tables": [table(regle("essai.une"))], "reformes": []}
    with pytest.raises(BaseInvalide, match="^réforme r : règles ou tables inconnues : a, b$"):
        appliquer_reforme(
            contenu, {"id": "r", "du": date(2022, 1, 1), "remplace": ["b"], "ajoute": {"a": []}}
        )


def test_une_reforme_inconnue_est_dite() -> None:
    with pytest.raises(
        BaseInvalide,
        match="^la réforme « igas-99 » n’existe pas ; connues : igas-11, igas-8, igas-9$",
    ):
        ouvrir("courante+igas-99")


def test_deux_reformes_s_empilent() -> None:
    avec = ouvrir("courante+igas-8+igas-9")
    assert avec.reformes == ("igas-8", "igas-9")
    assert {"prerequis.igas-8", "delai.igas-9.entree"} <= set(avec.regles)
    assert all(base_courante(nom).empreinte for nom in reformes())


def test_les_regles_en_vigueur_un_jour(base: Base) -> None:
    en_vigueur = {regle.id for regle in base.en_vigueur(date(2026, 1, 15))}
    assert "dispense.40913.secretaire" in en_vigueur
    assert "voie.deja-certifie" in en_vigueur
    assert "dispense.384.secretaire" not in en_vigueur
    assert {regle.id for regle in base.en_vigueur(date(2025, 6, 24))} >= {"fenetre.entre-deux"}
