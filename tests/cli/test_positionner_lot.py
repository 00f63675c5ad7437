"""A lot in a table: good rows kept, bad rows named, the same bytes twice, nothing half-written."""

from __future__ import annotations

import csv
import io
import os
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from openpyxl import Workbook, load_workbook

from binome.lots import tableaux
from binome.lots.erreurs import TravailImpossible
from binome.regles.courante import base_courante
from binome.regles.metiers.positionnement import positionner
from tests.cli.terminal import lancer
from tests.echantillons import un_sur

if TYPE_CHECKING:
    from pathlib import Path

ENTETE = [
    "reference",
    "date_entree",
    "diplomes",
    "niveau_diplome",
    "experience_secretaire_mois",
    "situation",
]
LIGNES = [
    ["A", "15/01/2026", "aucun", "3", "20", "salarie_cabinet"],
    ["B", "2026-01-15", "secretaire_medical; aide_dentaire", "", "", ""],
    ["C", "2022-09-05", "ide", "", "", ""],
    ["D", "", "", "", "", ""],
    ["E", "2025-05-15", "", "4", "0", "autre"],
]
ATTENDUS = [
    ("A", "cqp", "16740"),
    ("B", "cqp", "11700"),
    ("C", "fae", "6720"),
    ("D", "indetermine", ""),
    ("E", "indetermine", ""),
]


def ecrire(
    chemin: Path, lignes: list[list[str]], entete: list[str] = ENTETE, separateur: str = ","
) -> Path:
    if chemin.suffix == ".xlsx":
        classeur = Workbook()
        feuille: Any = classeur.active
        for ligne in [entete, *lignes]:
            feuille.append([un or None for un in ligne])
        classeur.save(chemin)
    elif chemin.suffix == ".parquet":
        pl.DataFrame(
            [dict(zip(entete, (un or None for un in ligne), strict=True)) for ligne in lignes],
            schema=dict.fromkeys(entete, pl.String),
        ).write_parquet(chemin)
    else:
        with chemin.open("w", encoding="utf-8", newline="") as fichier:
            csv.writer(fichier, delimiter=separateur).writerows([entete, *lignes])
    return chemin


def lire(chemin: Path) -> list[dict[str, Any]]:
    if chemin.suffix == ".csv":
        ecrit = chemin.read_text(encoding="utf-8-sig")
        separateur = ";" if ecrit.startswith("ligne;") else ","
        return list(csv.DictReader(io.StringIO(ecrit), delimiter=separateur))
    if chemin.suffix == ".parquet":
        return pl.read_parquet(chemin).to_dicts()
    (feuille,) = load_workbook(chemin).worksheets
    entete, *lignes = feuille.iter_rows(values_only=True)
    titres = [str(titre) for titre in entete]
    return [dict(zip(titres, ligne, strict=True)) for ligne in lignes]


def texte(valeur: Any) -> str:
    return "" if valeur is None else str(valeur)


FORMES = (".csv", ".xlsx", ".parquet")


@pytest.mark.parametrize(
    ("entree", "sortie"),
    [
        pytest.param(
            entree, sortie, marks=() if (sorties, entrees) == (1, 0) else pytest.mark.long(2)
        )
        for entrees, entree in enumerate(FORMES)
        for sorties, sortie in enumerate(FORMES)
    ],
)
def test_un_lot_entre_et_sort_sous_trois_formes(tmp_path: Path, entree: str, sortie: str) -> None:
    source, cible = ecrire(tmp_path / f"lot{entree}", LIGNES), tmp_path / f"resultat{sortie}"
    resultat = lancer("positionner", "--lot", source, "--sortie", cible)
    assert resultat.code == 0
    assert resultat.sortie == ""
    assert resultat.fautes == [f"Lignes positionnées dans {cible} : 5, lignes écartées : 0."]
    obtenus = [
        (texte(un["reference"]), texte(un["voie"]), texte(un["minutes_total"]))
        for un in lire(cible)
    ]
    assert obtenus == ATTENDUS
    premier = cible.read_bytes()
    assert lancer("positionner", "--lot", source, "--sortie", cible).code == 0
    assert cible.read_bytes() == premier


@pytest.mark.parametrize("sortie", [".csv", ".xlsx"])
def test_une_reference_n_est_jamais_une_formule(tmp_path: Path, sortie: str) -> None:
    lignes = [
        ["=1+1", "2026-01-15"],
        ["\t=1", "2026-01-15"],
        ["+33", "2026-01-15"],
        ["A", "2026-01-15"],
    ]
    source = ecrire(tmp_path / "lot.csv", lignes, ["reference", "date_entree"])
    cible = tmp_path / f"resultat{sortie}"
    assert lancer("positionner", "--lot", source, "--sortie", cible).code == 0
    garde = "'" if sortie == ".csv" else ""  # a workbook says of each cell that it is a text
    assert [un["reference"] for un in lire(cible)] == [
        f"{garde}=1+1", f"{garde}\t=1", "+33", "A",
    ]  # fmt: skip


def test_le_resultat_dit_la_ligne_la_base_et_les_alertes(tmp_path: Path) -> None:
    source, cible = ecrire(tmp_path / "lot.csv", LIGNES, separateur=";"), tmp_path / "resultat.csv"
    assert lancer("positionner", "--lot", source, "--sortie", cible).code == 0
    premier, deuxieme, *_ = lire(cible)
    assert list(premier) == [
        "ligne", "reference", "au", "voie", "referentiel", "minutes_formation", "minutes_evaluations", "minutes_total",
        "minutes_dispensees", "minutes_evaluations_dispensees", "alertes", "base",
    ]  # fmt: skip
    assert premier["ligne"] == "2"
    assert premier["au"] == "2026-01-15"
    assert premier["base"] == base_courante().empreinte
    assert premier["alertes"] == "module_bloc3_15_h"
    assert deuxieme["alertes"].split(";") == [
        "module_bloc3_15_h",
        "cumul_dispenses_inconnu",
        "evaluations_dispensees_inconnues",
    ]


def test_le_lot_dit_la_meme_chose_que_le_dossier(tmp_path: Path) -> None:
    base = base_courante()
    source, cible = ecrire(tmp_path / "lot.csv", LIGNES), tmp_path / "resultat.csv"
    lancer("positionner", "--lot", source, "--sortie", cible)
    seul = positionner(
        base,
        base.lire(
            {"date_entree": "2026-01-15", "diplomes": ["secretaire_medical", "aide_dentaire"]}
        ),
    ).en_json()
    ligne = lire(cible)[1]
    assert {nom: str(valeur) for nom, valeur in seul["minutes"].items()} == {
        nom: ligne[f"minutes_{nom}"] for nom in seul["minutes"]
    }
    # A lot names the alerts that are established, not those that hang on an answer.
    etablies = [un["code"] for un in seul["alertes"] if not un["texte"].startswith("Selon votre")]
    assert ligne["alertes"].split(";") == etablies


def test_sans_reference_la_colonne_n_apparait_pas(tmp_path: Path) -> None:
    source, cible = (
        ecrire(tmp_path / "lot.csv", [["2026-01-15"]], ["date_entree"]),
        tmp_path / "resultat.csv",
    )
    assert lancer("positionner", "--lot", source, "--sortie", cible).code == 0
    assert "reference" not in lire(cible)[0]


def test_les_mauvaises_lignes_sont_nommees_et_les_bonnes_gardees(tmp_path: Path) -> None:
    lignes = [
        LIGNES[0],
        ["X", "2026-02-30", "ide", "", "", ""],
        ["Y", "2026-01-15", "idee", "12", "-4", "salarié"],
        ["", "", "", "", "", ""],
        LIGNES[1],
        ["Z", "2026-01-15", "ide", "", "", "", "de trop"],
    ]
    source, cible = ecrire(tmp_path / "lot.csv", lignes), tmp_path / "resultat.csv"
    resultat = lancer("positionner", "--lot", source, "--sortie", cible)
    assert resultat.code == 1
    assert resultat.fautes == [
        "ligne 3 : colonne date_entree, valeur « 2026-02-30 », le 30/02/2026 n’existe pas dans le calendrier",
        "ligne 4 : colonne diplomes, valeur « idee », « idee » n’est pas connu ; attendu : ide, aide_soignant, auxiliaire_puericulture, secretaire_medical, assistant_dentaire, aide_dentaire, sage_femme, cqp_assistant_medical, attestation_fae, bloc_cqp ; vouliez-vous dire « ide » ? ; "
        "colonne niveau_diplome, valeur « 12 », 12 est trop grand ; le plus grand possible est 8 ; "
        "colonne experience_secretaire_mois, valeur « -4 », -4 est négatif ; indiquez 0 ou plus ; "
        "colonne situation, valeur « salarié », « salarié » n’est pas connu ; attendu : salarie_cabinet, salarie_centre_sante, salarie_autre, demandeur_emploi, autre ; vouliez-vous dire « salarie_autre » ?",
        "ligne 7 : colonne (en trop), valeur « de trop », la ligne a plus de cellules que l’en-tête",
        f"Lignes positionnées dans {cible} : 2, lignes écartées : 3.",
    ]
    assert [(un["ligne"], un["reference"]) for un in lire(cible)] == [("2", "A"), ("6", "B")]


def test_deux_dates_inversees_ecartent_la_ligne(tmp_path: Path) -> None:
    lignes = [["2026-01-16", "2026-01-15"], ["2000-01-01", "2026-01-15"]]
    source, cible = (
        ecrire(tmp_path / "lot.csv", lignes, ["date_naissance", "date_entree"]),
        tmp_path / "resultat.csv",
    )
    resultat = lancer("positionner", "--lot", source, "--sortie", cible)
    assert resultat.code == 1
    assert resultat.fautes[0] == (
        "ligne 2 : colonne date_naissance, valeur « 2026-01-16 », une naissance le 16 janvier 2026 ne peut pas suivre l’entrée en formation, le 15 janvier 2026"
    )


def test_un_tableur_aux_vraies_dates_et_aux_vrais_nombres(tmp_path: Path) -> None:
    classeur = Workbook()
    feuille: Any = classeur.active
    feuille.append(["date_entree", "diplomes", "experience_secretaire_mois", None])
    feuille.append([date(2026, 1, 15), "aucun", 24])
    feuille.append([date(2026, 1, 15), "aucun", 23.0])
    feuille.append([date(2026, 1, 15), "aucun", 23.5])
    source, cible = tmp_path / "lot.xlsx", tmp_path / "resultat.csv"
    classeur.save(source)
    resultat = lancer("positionner", "--lot", source, "--sortie", cible)
    assert resultat.code == 1
    assert (
        "ligne 4 : colonne experience_secretaire_mois, valeur « 23.5 », « 23.5 » n’est pas un nombre entier"
        in resultat.erreur
    )
    assert [un["minutes_total"] for un in lire(cible)] == ["12960", "16740"]


def test_un_parquet_aux_types_natifs(tmp_path: Path) -> None:
    source, cible = tmp_path / "lot.parquet", tmp_path / "resultat.csv"
    pl.DataFrame(
        {
            "date_entree": [date(2026, 1, 15)] * 3,
            "diplomes": [["ide"], [], None],
            "niveau_diplome": [None, 4, 4],
        }
    ).write_parquet(source)
    assert lancer("positionner", "--lot", source, "--sortie", cible).code == 0
    assert [(un["ligne"], un["voie"]) for un in lire(cible)] == [
        ("1", "fae"),
        ("2", "cqp"),
        ("3", "indetermine"),
    ]


BRUIT = bytes(range(256)) * 40_000
MAUVAIS: list[tuple[str, bytes, str]] = [
    ("lot.csv", b"", "{} : le fichier est vide"),
    ("lot.csv", b" \n \n", "{} : le fichier est vide"),
    ("lot.xlsx", b"", "{} : le fichier est vide"),
    (
        "lot.csv",
        "date_entree,situation\n2026-01-15,salarié".encode("mac_roman"),
        "{} : ce n’est pas du texte UTF-8 (octet 40). Enregistrez le fichier en « UTF-8 », puis recommencez.",
    ),
    ("lot.csv", b"date_entree\0", "{} : ce n’est pas un tableau CSV (il contient des octets nuls)"),
    ("lot.csv", b'date_entree\n"2026', "{}, ligne 2 : ligne CSV mal formée (guillemets ?)"),
    (
        "lot.csv",
        b"date_entre\n2026-01-15\n",
        "{} : la colonne « date_entre » n’existe pas ; vouliez-vous dire « date_entree » ?",
    ),
    (
        "lot.csv",
        b"date_entree,date_entree\n",
        "{} : la colonne « date_entree » est donnée deux fois",
    ),
    (
        "lot.csv",
        b"date_entree,,diplomes,\n",
        "{} : l’en-tête est vide en colonne B ; séparez les cellules fusionnées et donnez un nom à chaque colonne",
    ),
    (
        "lot.csv",
        b",,\n2026-01-15,,\n",
        "{} : la première ligne doit nommer les colonnes, elle est vide",
    ),
    ("lot.csv", b"reference\nA\n", "{} : aucune colonne ne porte un fait du dossier"),
    ("lot.csv", b"date_entree\n2026-02-30\n", "{} : aucune ligne lisible ; rien n’a été écrit"),
    ("lot.csv", b"date_entree\n", "{} : aucune ligne lisible ; rien n’a été écrit"),
    (
        "lot.csv",
        BRUIT,
        "{} : ce n’est pas un tableau CSV (il contient des octets nuls)",
    ),
    ("lot.xlsx", BRUIT, "{} : ce n’est pas un classeur XLSX lisible"),
    ("lot.xlsx", b"PK\x03\x04 pas un classeur", "{} : ce n’est pas un classeur XLSX lisible"),
    ("lot.parquet", BRUIT, "{} : ce n’est pas un fichier Parquet lisible"),
    ("lot.ods", b"x", "{} : ce genre de fichier n’est pas lu ; attendu : .csv, .xlsx, .parquet"),
]


@pytest.mark.parametrize(
    ("nom", "contenu", "faute"),
    un_sur(3, MAUVAIS, 0.3),
    ids=[f"{nom} {contenu[:12]!r}" for nom, contenu, _ in MAUVAIS],
)
def test_un_mauvais_fichier_est_dit_et_rien_n_est_ecrit(
    tmp_path: Path, nom: str, contenu: bytes, faute: str
) -> None:
    source, cible = tmp_path / nom, tmp_path / "resultat.csv"
    source.write_bytes(contenu)
    resultat = lancer("positionner", "--lot", source, "--sortie", cible)
    assert (resultat.code, resultat.sortie) == (2, "")
    assert resultat.fautes[-1] == faute.format(source)
    assert "Traceback" not in resultat.erreur
    assert sorted(tmp_path.iterdir()) == [source]


def test_des_en_tetes_fusionnes_sont_dits(tmp_path: Path) -> None:
    classeur = Workbook()
    feuille: Any = classeur.active
    feuille.append(["date_entree", "diplomes", None, "niveau_diplome"])
    feuille.append(["2026-01-15", "ide", "aide_soignant", 4])
    feuille.merge_cells("B1:C1")
    source = tmp_path / "lot.xlsx"
    classeur.save(source)
    resultat = lancer("positionner", "--lot", source, "--sortie", tmp_path / "resultat.csv")
    assert resultat.code == 2
    assert resultat.fautes == [
        f"{source} : l’en-tête est vide en colonne C ; séparez les cellules fusionnées et donnez un nom à chaque colonne"
    ]


def test_une_sortie_impossible_est_dite_avant_de_travailler(tmp_path: Path) -> None:
    source = ecrire(tmp_path / "lot.csv", LIGNES)
    cas = {
        tmp_path
        / "resultat.txt": "{} : ce genre de fichier n’est pas lu ; attendu : .csv, .xlsx, .parquet",
        tmp_path / "absent" / "resultat.csv": "{} : le dossier où écrire n’existe pas",
        source: "{} : la sortie écraserait l’entrée",
    }
    for cible, faute in cas.items():
        resultat = lancer("positionner", "--lot", source, "--sortie", cible)
        assert (resultat.code, resultat.fautes) == (2, [faute.format(cible)])
    (tmp_path / "dossier.csv").mkdir()
    resultat = lancer("positionner", "--lot", source, "--sortie", tmp_path / "dossier.csv")
    assert resultat.fautes == [
        f"{tmp_path / 'dossier.csv'} : c’est un dossier, donnez un nom de fichier"
    ]
    assert source.read_text(encoding="utf-8").startswith("reference")


def test_un_disque_plein_ne_laisse_rien(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The write fails in the middle: the old result stays whole, and no crumb is left beside it."""
    cible = tmp_path / "resultat.csv"
    cible.write_text("ancien", encoding="utf-8")

    def plein(descripteur: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", plein)
    with pytest.raises(TravailImpossible, match="rien n’a été écrit"):
        tableaux.ecrire_octets(b"nouveau", cible)
    assert cible.read_text(encoding="utf-8") == "ancien"
    assert list(tmp_path.iterdir()) == [cible]


def test_une_cellule_ne_devient_pas_une_formule(tmp_path: Path) -> None:
    lignes = [["=HYPERLINK(1)", "2026-01-15", "ide", "", "", ""]]
    source, cible = ecrire(tmp_path / "lot.csv", lignes), tmp_path / "resultat.xlsx"
    assert lancer("positionner", "--lot", source, "--sortie", cible).code == 0
    assert lire(cible)[0]["reference"] == "=HYPERLINK(1)"
    (feuille,) = load_workbook(cible).worksheets
    assert {cellule.data_type for ligne in feuille.iter_rows() for cellule in ligne} <= {
        "s",
        "n",
        "d",
    }


def test_quinze_mille_lignes(tmp_path: Path) -> None:
    lignes = [
        [
            f"R{n}",
            f"2026-{n % 12 + 1:02d}-15",
            "aucun" if n % 2 else "ide",
            str(n % 9 if n % 2 else 6),
            str(n % 60),
            "autre",
        ]
        for n in range(15_000)
    ]
    source, cible = ecrire(tmp_path / "lot.csv", lignes), tmp_path / "resultat.parquet"
    assert lancer("positionner", "--lot", source, "--sortie", cible).code == 0
    lu = pl.read_parquet(cible)
    assert lu.height == 15_000
    assert lu["ligne"].to_list() == list(range(2, 15_002))
