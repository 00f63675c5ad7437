"""Cells without an answer are named, and never « unknown »: errors, and formulas that nobody worked out."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from binome.imports.fichiers import lire_fichier
from binome.imports.verifier import Lecteur
from binome.lots.formules import sans_reponse
from binome.lots.tableaux import lire_tableau
from tests.cli.terminal import lancer
from tests.lots.hostiles import classeur

if TYPE_CHECKING:
    from pathlib import Path

ENTETE = ("reference", "date_entree", "diplomes", "niveau_diplome", "experience_secretaire_mois")
MOIS = "experience_secretaire_mois"


def _rang(numero: int, *cellules: str) -> str:
    return f'<row r="{numero}">{"".join(cellules)}</row>'


def _texte(place: str, texte: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{texte}</t></is></c>'


def _lignes(chemin: Path) -> list[tuple[int, list[str]]]:
    return list(lire_tableau(chemin)[1])


@pytest.fixture
def lot(tmp_path: Path) -> Path:
    """A good row, one whose lookup failed, one whose sum was never worked out, one that was."""
    rangs = [_rang(1, *(_texte(f"{'ABCDE'[n]}1", dit) for n, dit in enumerate(ENTETE)))]
    ecrites = (
        "<v>30</v></c>",
        "<f>VLOOKUP(A3,Z1:AA9,2,0)</f><v>#N/A</v></c>",
        "<f>24+6</f><v></v></c>",
        "<f>24+6</f><v>30</v></c>",
    )
    for numero, ecrite in enumerate(ecrites, start=2):
        genre = ' t="e"' if "#N/A" in ecrite else ""
        rangs.append(
            _rang(
                numero, _texte(f"A{numero}", f"r{numero}"), _texte(f"B{numero}", "2026-01-15"),
                _texte(f"C{numero}", "aucun"), f'<c r="D{numero}"><v>3</v></c>',
                f'<c r="E{numero}"{genre}>{ecrite}',
            )
        )  # fmt: skip
    chemin = tmp_path / "lot.xlsx"
    chemin.write_bytes(classeur("".join(rangs)))
    return chemin


def test_le_lot_ecarte_la_ligne_et_nomme_la_cellule(lot: Path, tmp_path: Path) -> None:
    sortie = tmp_path / "s.csv"
    dit = lancer("positionner", "--lot", lot, "--sortie", sortie)
    assert dit.code == 1
    assert dit.fautes[0].startswith(f"ligne 3 : colonne {MOIS}, valeur « #N/A », la cellule")
    assert dit.fautes[1].startswith(
        f"ligne 4 : colonne {MOIS}, valeur « =24+6 », c’est une formule"
    )
    decidees = list(csv.DictReader(io.StringIO(sortie.read_text())))
    assert [une["ligne"] for une in decidees] == ["2", "5"]


def test_l_import_nomme_la_cellule(tmp_path: Path) -> None:
    livre = Workbook()
    feuille: Any = livre.active
    feuille.append(["Clé", "Nom", "Employeur", "Date d’entrée en formation"])
    feuille.append(["E1", '="Mar"&"tin"', "Cabinet", "15/01/2027"])
    feuille.append(["E2", "Martin", "#REF!", "=DATE(2027,1,15)"])
    chemin = tmp_path / "t.xlsx"
    livre.save(chemin)
    lues = {n: Lecteur().lire(cellules).erreurs for n, cellules in lire_fichier(chemin)}
    assert [(une.cle, une.valeur) for une in lues[2]] == [("nom", '="Mar"&"tin"')]
    assert [une.cle for une in lues[3]] == ["employeur", "date_entree"]
    assert "erreur du tableur" in lues[3][0].raison
    assert "enregistrez-le" in lues[3][1].raison


def test_une_cellule_se_trouve_ou_que_la_feuille_commence(tmp_path: Path) -> None:
    chemin = tmp_path / "t.xlsx"
    chemin.write_bytes(
        classeur(
            _rang(1, _texte("B1", "a"), _texte("C1", "b"))
            + _rang(3, _texte("B3", "x"), '<c r="C3"><f>1&lt;2</f></c>')
            + _rang(4, _texte("B4", "y"), '<c r="C4" t="str"><f>""</f><v></v></c>')
            + _rang(9, '<c r="C9" t="e"><v>#REF!</v></c>', '<c r="D9"><f>B3</f><v/></c>')
        )
    )
    assert _lignes(chemin) == [(3, ["x", "=1<2"]), (4, ["y", ""]), (9, ["", "#REF!", "=B3"])]


def test_sans_place_ecrite_la_cellule_suit_la_precedente(tmp_path: Path) -> None:
    chemin = tmp_path / "t.xlsx"
    chemin.write_bytes(
        classeur(
            "<row><c t='inlineStr'><is><t>a</t></is></c><c t='inlineStr'><is><t>b</t></is></c></row>"
            "<row/><row><c><v>1</v></c><c><f>1+1</f></c></row>"
        )
    )
    assert _lignes(chemin) == [(3, ["1", "=1+1"])]


@pytest.mark.parametrize(
    "dit", ["#N/A", "#REF!", "#DIV/0!", "#VALEUR!", "#NOM?", " Err:502 ", "=1"]
)
def test_un_texte_d_erreur_n_est_une_reponse_dans_aucune_table(dit: str) -> None:
    assert sans_reponse(dit)
    assert Lecteur().lire({"cle": "K1", "employeur": dit}).erreurs


@pytest.mark.parametrize("dit", ["", "Cabinet n°1 = Ormes", "#1", "N/A", "Erreur"])
def test_un_autre_texte_reste_un_texte(dit: str) -> None:
    assert not sans_reponse(dit)


@pytest.mark.parametrize(("annonce", "signe"), [("sep=;", ";"), ("SEP=,", ","), ("sep=|", "|")])
def test_la_ligne_qui_dit_le_separateur_ne_nomme_aucune_colonne(
    tmp_path: Path, annonce: str, signe: str
) -> None:
    chemin = tmp_path / "t.csv"
    chemin.write_text(f"{annonce}\r\na{signe}b\r\n1{signe}2\r\n")
    entetes, lignes = lire_tableau(chemin)
    assert entetes == ["a", "b"]
    assert list(lignes) == [(3, ["1", "2"])]
