"""The pipe: one object, or one a line; a mistake refuses everything, on one line per mistake."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.terminal import lancer
from tests.echantillons import un_sur

if TYPE_CHECKING:
    from pathlib import Path

SECRETAIRE: dict[str, Any] = {
    "date_entree": "2026-01-15",
    "diplomes": [],
    "experience_secretaire_mois": 20,
}


def test_un_objet_donne_un_objet() -> None:
    resultat = lancer("positionner", "--json", "-", entree=json.dumps(SECRETAIRE, indent=2))
    assert (resultat.code, resultat.erreur) == (0, "")
    assert resultat.sortie.count("\n") == 1
    reponse = json.loads(resultat.sortie)
    assert reponse["voie"] == "cqp"
    assert {"experience_secretaire_mois": 24, "date_entree": "2026-05-15"} in [
        un["changements"] for un in reponse["pour_changer"]
    ]


def test_un_objet_par_ligne_donne_un_objet_par_ligne() -> None:
    lignes = [SECRETAIRE, {**SECRETAIRE, "experience_secretaire_mois": 24}, {}]
    entree = "\n".join(json.dumps(un) for un in lignes) + "\n\n"
    resultat = lancer("positionner", "--json", "-", entree=entree)
    assert resultat.code == 0
    reponses = [json.loads(ligne) for ligne in resultat.sortie.splitlines()]
    assert [un["minutes"]["total"] for un in reponses] == [16740, 12960, None]


def test_un_fichier_vaut_l_entree_standard(tmp_path: Path) -> None:
    chemin = tmp_path / "dossier.json"
    chemin.write_bytes(b"\xef\xbb\xbf" + json.dumps(SECRETAIRE).encode())
    assert json.loads(lancer("positionner", "--json", chemin).sortie)["voie"] == "cqp"


def test_le_francais_sort_en_clair_meme_sans_locale() -> None:
    assert "médical" in lancer("positionner", "--json", "-", entree=json.dumps(SECRETAIRE)).sortie


def test_la_trace_s_ajoute_sur_demande() -> None:
    reponse = json.loads(
        lancer("positionner", "--json", "-", "--trace", entree=json.dumps(SECRETAIRE)).sortie
    )
    assert reponse["trace"]["version"] == 1
    assert len(reponse["trace"]["etapes"]) > 20
    assert "trace" not in json.loads(
        lancer("positionner", "--json", "-", entree=json.dumps(SECRETAIRE)).sortie
    )


def test_une_reforme_s_essaie() -> None:
    entree = json.dumps(
        {
            "date_entree": "2026-01-15",
            "diplomes": [],
            "niveau_diplome": 3,
            "experience_secretaire_mois": 0,
        }
    )
    assert json.loads(lancer("positionner", "--json", "-", entree=entree).sortie)["voie"] == "refus"
    assert (
        json.loads(
            lancer("positionner", "--json", "-", "--reforme", "igas-8", entree=entree).sortie
        )["voie"]
        == "cqp"
    )


MAUVAISES: list[tuple[str | bytes, list[str]]] = [
    ("", ["entrée : elle est vide ; donnez un objet JSON, ou un objet par ligne"]),
    ("  \n \n", ["entrée : elle est vide ; donnez un objet JSON, ou un objet par ligne"]),
    ("{", ["entrée : JSON illisible, à la ligne 1, colonne 2"]),
    ("[]", ["entrée : un objet est attendu, entre accolades"]),
    ("12", ["entrée : un objet est attendu, entre accolades"]),
    (
        '{"diplomes": "ide"}',
        ['diplomes : « ide » n’est pas une liste ; écrivez par exemple [] ou ["ide"]'],
    ),
    ('{"niveau_diplome": "4"}', ["niveau_diplome : « 4 » n’est pas un nombre entier"]),
    ('{"niveau_diplome": 4.5}', ["niveau_diplome : « 4.5 » n’est pas un nombre entier"]),
    ('{"niveau_diplome": true}', ["niveau_diplome : « True » n’est pas un nombre entier"]),
    ('{"niveau_diplome": 9}', ["niveau_diplome : 9 est trop grand ; le plus grand possible est 8"]),
    ('{"niveau_diplome": NaN}', ["entrée : « NaN » n’est pas un nombre"]),
    ('{"age": 3}', ["age : ce fait ne sert pas à cette question ; retirez-le"]),
    ('{"diplome": []}', ["diplome : ce fait n’existe pas ; vouliez-vous dire « diplomes » ?"]),
    (
        '{"experience_secretaire_moi": 1}',
        [
            "experience_secretaire_moi : ce fait n’existe pas ; vouliez-vous dire « experience_secretaire_mois » ?"
        ],
    ),
    (
        '{"date_entree": "2026-02-30"}',
        ["date_entree : le 30/02/2026 n’existe pas dans le calendrier"],
    ),
    (
        '{"date_entree": "15/01/2026"}',
        [
            "date_entree : « 15/01/2026 » n’est pas une date ; écrivez année-mois-jour, par exemple 2026-01-15"
        ],
    ),
    (
        '{"experience_secretaire_mois": -1}',
        ["experience_secretaire_mois : -1 est négatif ; indiquez 0 ou plus"],
    ),
    (
        '{"date_naissance": "2026-01-16", "date_entree": "2026-01-15"}',
        [
            "date_naissance : une naissance le 16 janvier 2026 ne peut pas suivre l’entrée en formation, le 15 janvier 2026"
        ],
    ),
    ('{"contrat": "cdi", "contrat": "cdd"}', ["entrée : la clé « contrat » est donnée deux fois"]),
    (
        '{"contrat": "cdl"}',
        [
            "contrat : « cdl » n’est pas connu ; attendu : cdi, cdd, cui_cdi, contrat_professionnalisation, aucun ; vouliez-vous dire « cdi » ?"
        ],
    ),
    (
        '{"niveau_diplome": -1, "x": 1}',
        ["niveau_diplome : -1 est négatif ; indiquez 0 ou plus", "x : ce fait n’existe pas"],
    ),
    (
        '{"niveau_diplome": 4}\n{"niveau_diplome": -1}\nzut\n{"x": 1}\n[]',
        [
            "ligne 2, niveau_diplome : -1 est négatif ; indiquez 0 ou plus",
            "ligne 3, entrée : JSON illisible, colonne 1",
            "ligne 4, x : ce fait n’existe pas",
            "ligne 5, entrée : un objet est attendu, entre accolades",
        ],
    ),
    (
        '{"niveau_diplome": 4}\n{"a": 1, "a": 2}',
        ["ligne 2, entrée : la clé « a » est donnée deux fois"],
    ),
    (
        "é".encode("latin-1"),
        [
            "entrée : ce n’est pas du texte UTF-8 (octet 1). Enregistrez le fichier en « UTF-8 », puis recommencez."
        ],
    ),
    (
        "{}".encode("utf-16"),
        [
            "entrée : ce n’est pas du texte UTF-8 (octet 1). Enregistrez le fichier en « UTF-8 », puis recommencez."
        ],
    ),
    ("[" * 200_000, ["entrée : JSON illisible, trop d’objets emboîtés"]),
    ('{"niveau_diplome": ' + "9" * 5000 + "}", ["entrée : un nombre est trop long"]),
]


@pytest.mark.parametrize(
    ("entree", "fautes"),
    un_sur(3, MAUVAISES, 0.06),
    ids=lambda un: str(un[:30]) if isinstance(un, str) else None,
)
def test_une_mauvaise_entree_est_dite_et_rien_n_est_ecrit(
    entree: str | bytes, fautes: list[str]
) -> None:
    resultat = lancer("positionner", "--json", "-", entree=entree)
    assert resultat.code == 2
    assert resultat.sortie == ""
    assert resultat.fautes == fautes


def test_dix_megaoctets_de_bruit() -> None:
    bruit = bytes(range(256)) * 40_000
    resultat = lancer("positionner", "--json", "-", entree=bruit)
    assert (resultat.code, resultat.sortie) == (2, "")
    assert len(resultat.fautes) == 1
    assert "UTF-8" in resultat.erreur
    resultat = lancer("positionner", "--json", "-", entree="lorem ipsum " * 850_000)
    assert (resultat.code, resultat.sortie) == (2, "")
    assert resultat.fautes == ["entrée : JSON illisible, à la ligne 1, colonne 1"]


def test_un_fichier_absent_est_dit(tmp_path: Path) -> None:
    resultat = lancer("positionner", "--json", tmp_path / "rien.json")
    assert (resultat.code, resultat.fautes) == (
        2,
        [f"{tmp_path}/rien.json : ce fichier n’existe pas"],
    )
    resultat = lancer("positionner", "--json", tmp_path)
    assert resultat.fautes == [f"{tmp_path} : c’est un dossier, un fichier est attendu"]


@pytest.mark.parametrize(
    ("arguments", "faute"),
    [
        (
            ["--json", "-", "--fiche", "x.toml"],
            "positionner : choisissez une seule entrée parmi --json, --fiche et --lot",
        ),
        (["--json", "-", "--sortie", "x.csv"], "positionner : --sortie ne va qu’avec --lot"),
        (["--lot", "x.csv"], "positionner : dites où écrire le résultat, avec --sortie FICHIER"),
        (
            ["--json", "-", "--reforme", "igas-99"],
            "positionner : la réforme « igas-99 » n’existe pas ; connues : igas-11, igas-11-deux-modules, igas-11-sans-fae, igas-8, igas-8-salaries, igas-9",
        ),
        (
            [],
            "positionner : les questions se posent dans un terminal ; sinon donnez le dossier avec « --json - », --fiche ou --lot",
        ),
    ],
)
def test_des_options_qui_ne_vont_pas_ensemble(arguments: list[str], faute: str) -> None:
    resultat = lancer("positionner", *arguments, entree="{}")
    assert (resultat.code, resultat.sortie, resultat.fautes) == (2, "", [faute])


FICHE = """
date_entree = 2026-01-15
diplomes = ["secretaire_medical"]
situation = "salarie_cabinet"
afgsu_niveau = 0
"""


def test_une_fiche_se_lit_et_la_reponse_se_montre(tmp_path: Path) -> None:
    fiche = tmp_path / "fiche.toml"
    fiche.write_text(FICHE, encoding="utf-8")
    resultat = lancer("positionner", "--fiche", fiche)
    assert (resultat.code, resultat.erreur) == (0, "")
    for morceau in (
        "Votre voie est le CQP d’assistant médical : 216 h, évaluations comprises.",
        "Règles du 15 janvier 2026 : CQP assistant médical de 279 heures (RNCP 40913).",
        "12 h à suivre, 63 h dispensé",
        "15 h, 14 épreuves",
        "asfo-40913, dispenses secrétaire",
        "Les sources divergent",
        "Pièce d’identité",
        "Base de règles sha256:",
    ):
        assert morceau in resultat.sortie, morceau
    assert "\x1b[" not in resultat.sortie  # no colour outside a terminal
    assert (
        json.loads(lancer("positionner", "--fiche", fiche, "--trace").sortie)["minutes"]["total"]
        == 12960
    )


@pytest.mark.parametrize(
    ("contenu", "faute"),
    [
        ("", "{} : la fiche est vide"),
        ("date_entree = \n", "{} : fiche illisible (ligne 1, colonne 15)"),
        ("x = 1\n", "x : ce fait n’existe pas"),
        (
            "niveau_diplome = 2026-01-15\n",
            "niveau_diplome : « 2026-01-15 » n’est pas un nombre entier",
        ),
        (
            "date_entree = 2026-01-15T08:00:00\n",
            "date_entree : « 2026-01-15 08:00:00 » n’est pas une date ; écrivez année-mois-jour, par exemple 2026-01-15",
        ),
    ],
)
def test_une_fiche_mal_ecrite_est_dite(tmp_path: Path, contenu: str, faute: str) -> None:
    fiche = tmp_path / "fiche.toml"
    fiche.write_text(contenu, encoding="utf-8")
    resultat = lancer("positionner", "--fiche", fiche)
    assert (resultat.code, resultat.sortie, resultat.fautes) == (2, "", [faute.format(fiche)])


def test_une_fiche_dans_un_autre_encodage(tmp_path: Path) -> None:
    fiche = tmp_path / "fiche.toml"
    fiche.write_bytes('situation = "salarié"\n'.encode("latin-1"))
    resultat = lancer("positionner", "--fiche", fiche)
    assert resultat.code == 2
    assert "ce n’est pas du texte UTF-8 (octet 20)" in resultat.erreur
