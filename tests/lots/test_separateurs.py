"""What a spreadsheet wrote goes back as it opens it; a program's table stays a program's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from binome.lots.separateurs import separateur_du
from binome.lots.tableaux import lire_tableau
from tests.cli.terminal import lancer

if TYPE_CHECKING:
    from pathlib import Path

BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("debut", "separateur", "tableur"),
    [
        (b"", b";", True),
        (BOM, b";", True),
        (b"sep=;\r\n", b";", True),
        (b"", b",", False),
        (b"sep=,\n", b",", False),
        (b"", b"\t", False),
    ],
)
def test_la_sortie_suit_l_entree(
    tmp_path: Path, debut: bytes, separateur: bytes, tableur: bool
) -> None:
    lot, sortie = tmp_path / "lot.csv", tmp_path / "sortie.csv"
    lignes = (b"reference", b"date_entree"), ("Zoé".encode(), b"2026-01-15")
    lot.write_bytes(debut + b"\n".join(separateur.join(ligne) for ligne in lignes) + b"\n")
    assert lancer("positionner", "--lot", lot, "--sortie", sortie).code == 0
    ecrit = sortie.read_bytes()
    assert ecrit.startswith(BOM) is tableur
    assert (b"ligne;" in ecrit) is tableur
    assert "Zoé".encode() in ecrit


@pytest.mark.parametrize(
    ("texte", "signe"),
    [
        ("Candidats, promo de mars, Lyon\nClé;Nom\n1;Léa\n2;Zoé\n", ";"),
        ("reference,diplomes\n1,ide;aide_soignant\n2,ide;sage_femme\n", ","),
        ('Clé;Titres;Mot\n1;"a ; b, c";x\n2;"d";"y, z"\n', ";"),
        ("a\tb\n1\t2,5\n", "\t"),
        ("sep=,\na;b,c\n", ","),
        ("Clé\n1\n", ";"),
        ("", ";"),
    ],
)
def test_un_titre_au_dessus_ne_trompe_pas_sur_le_separateur(texte: str, signe: str) -> None:
    assert separateur_du(texte) == signe


@pytest.mark.parametrize("codage", ["utf-16", "utf-16-le", "utf-16-be"])
def test_le_texte_unicode_d_un_tableur_se_lit(tmp_path: Path, codage: str) -> None:
    """« Texte Unicode » of a spreadsheet: two bytes a letter, parted by tabulations."""
    marque = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(codage, b"")
    chemin = tmp_path / "t.csv"
    chemin.write_bytes(marque + "Clé\tNom\n1\tŁéa\n".encode(codage))
    titres, lignes = lire_tableau(chemin)
    assert (titres, list(lignes)) == (["Clé", "Nom"], [(2, ["1", "Łéa"])])
