"""What a table hides, or is written in: the sheet that is shown is read, and what was chosen is said."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from binome.lots.avis import ANCIEN_CODAGE
from binome.lots.erreurs import TravailImpossible
from binome.lots.masques import RangMasque
from binome.lots.tableaux import LUES, lire_tableau
from tests.lots.hostiles import ods

if TYPE_CHECKING:
    from pathlib import Path

UNE_SEULE = "seule la première est lue"


def _lire(chemin: Path) -> tuple[list[str], list[tuple[int, list[str]]], list[str]]:
    dits: list[str] = []
    entetes, lignes = lire_tableau(chemin, "t", LUES, dits.append)
    return entetes, list(lignes), dits


def _classeur(dossier: Path, **feuilles: str) -> Path:
    """A sheet a name, each holding its own name, in the state that it says."""
    livre = Workbook()
    livre.remove(livre.worksheets[0])
    for nom, etat in feuilles.items():
        feuille = livre.create_sheet(nom)
        feuille.append(["clé", nom])
        feuille.append(["1", "=1+1" if nom == "Montree" else "a"])
        feuille.sheet_state = etat
    tampon = io.BytesIO()
    livre.save(tampon)
    chemin = dossier / "t.xlsx"
    chemin.write_bytes(tampon.getvalue())
    return chemin


@pytest.mark.parametrize("etat", ["hidden", "veryHidden"])
def test_une_premiere_feuille_cachee_n_est_pas_lue(tmp_path: Path, etat: str) -> None:
    entetes, lignes, dits = _lire(_classeur(tmp_path, Listes=etat, Montree="visible"))
    assert entetes == ["clé", "Montree"]
    assert lignes == [(2, ["1", "=1+1"])], "the formula without a result is that of the same sheet"
    assert not dits


def test_plusieurs_feuilles_montrees_sont_dites(tmp_path: Path) -> None:
    entetes, _, dits = _lire(
        _classeur(tmp_path, Montree="visible", Notes="visible", Autres="visible", Cachee="hidden")
    )
    assert entetes == ["clé", "Montree"]
    assert dits == [f"Le classeur montre 3 feuilles : {UNE_SEULE}."]


def test_les_feuilles_de_notre_modele_ne_disent_rien(tmp_path: Path) -> None:
    _, _, dits = _lire(
        _classeur(tmp_path, **{"Candidats": "visible", "Aide": "visible", "Réponses": "visible"})
    )
    assert not dits


TEXTE = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
RANG = "<table:table-row{}>{}</table:table-row>"


def _cellules(*textes: str) -> str:
    return "".join(TEXTE.format(texte) for texte in textes)


def test_un_ods_dit_ses_rangs_masques_et_ses_cellules_sans_reponse(tmp_path: Path) -> None:
    cache = ' table:visibility="collapse" table:number-rows-repeated="2"'
    erreur = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value=""'
        ' calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    formule = '<table:table-cell table:formula="of:=[.A1]+1"/>'
    calculee = (
        '<table:table-cell table:formula="of:=24+6" office:value-type="float" office:value="30">'
        "<text:p>30</text:p></table:table-cell>"
    )
    chemin = tmp_path / "t.ods"
    chemin.write_bytes(
        ods(
            RANG.format("", _cellules("clé", "a", "b"))
            + RANG.format(cache, _cellules("1", "x", "y"))
            + RANG.format("", _cellules("2") + erreur + _cellules("z"))
            + RANG.format(' table:visibility="filter"', _cellules("3", "x") + formule)
            + RANG.format("", _cellules("4", "x") + calculee)
            + '<table:table-row table:visibility="collapse" table:number-rows-repeated="1048570">'
            "<table:table-cell/></table:table-row>"
        )
    )
    _, lignes, dits = _lire(chemin)
    assert lignes == [
        (2, ["1", "x", "y"]),
        (3, ["1", "x", "y"]),
        (4, ["2", "#DIV/0!", "z"]),
        (5, ["3", "x", "=[.A1]+1"]),
        (6, ["4", "x", "30"]),
    ]
    assert [n for n, _ in lignes if isinstance(n, RangMasque)] == [2, 3, 5]
    assert not dits


def test_un_csv_d_excel_est_lu_et_dit(tmp_path: Path) -> None:
    chemin = tmp_path / "t.csv"
    chemin.write_bytes("Clé;Prénom\n1;Zoé Œuvrard – l’aînée\n".encode("cp1252"))
    entetes, lignes, dits = _lire(chemin)
    assert (entetes, lignes) == (["Clé", "Prénom"], [(2, ["1", "Zoé Œuvrard – l’aînée"])])
    assert dits == [ANCIEN_CODAGE]


@pytest.mark.parametrize(
    "octets", ["Clé;Prénom\n1;Zoé\n".encode("mac_roman"), "Clé;Nom\n1;Łuczak\n".encode("cp1250")]
)
def test_un_autre_codage_est_refuse_sans_deviner(tmp_path: Path, octets: bytes) -> None:
    chemin = tmp_path / "t.csv"
    chemin.write_bytes(octets)
    with pytest.raises(TravailImpossible, match="UTF-8"):
        _lire(chemin)
