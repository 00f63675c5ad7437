"""`binome accrochage`: a file in, a file out, and nothing half-written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.accrochage.lots import NORMES, lot, passage
from tests.cli.terminal import lancer

if TYPE_CHECKING:
    from pathlib import Path


def test_un_lot_ecrit_se_relit_avec_son_accuse(tmp_path: Path) -> None:
    entree = json.dumps(lot(*(passage(rang) for rang in (1, 2, 3))))
    ecrit = lancer("accrochage", "ecrire", "--json", "-", entree=entree)
    assert ecrit.code == 0
    assert ecrit.sortie.startswith('<?xml version="1.0" encoding="UTF-8"?>')
    (tmp_path / "lot.xml").write_text(ecrit.sortie, encoding="utf-8")
    accuse = str(NORMES / "accuse-traitement.xml")
    lu = lancer("accrochage", "lire", accuse, "--lot", str(tmp_path / "lot.xml"))
    assert lu.code == 0
    reponse = json.loads(lu.sortie)
    assert list(reponse) == ["fichier", "acceptes", "refuses", "rejet"]
    assert reponse["acceptes"] == ["essai-1", "essai-3"]


def test_une_faute_n_ecrit_rien() -> None:
    refus = lancer("accrochage", "ecrire", "--json", "-", entree=json.dumps(lot(version="9")))
    assert (refus.code, refus.sortie) == (2, "")
    assert "version : attendu : 1.1.2, 1.1.5" in refus.erreur


def test_un_accuse_absent_ou_etranger_est_dit(tmp_path: Path) -> None:
    absent = lancer("accrochage", "lire", str(tmp_path / "absent.xml"))
    assert (absent.code, absent.sortie) == (2, "")
    assert "absent.xml" in absent.erreur
    (tmp_path / "lot.xml").write_bytes(b"<rapport/>")
    accuse = str(NORMES / "accuse-rejet.xml")
    pas_un_lot = lancer("accrochage", "lire", accuse, "--lot", str(tmp_path / "lot.xml"))
    assert pas_un_lot.code == 2
    assert "lot.xml : ce n’est pas un lot d’accrochage" in pas_un_lot.erreur


def test_un_fichier_sans_fin_est_refuse_aussitot() -> None:
    sans_fin = lancer("accrochage", "lire", "/dev/zero")
    assert (sans_fin.code, sans_fin.sortie) == (2, "")
    assert "le fichier dépasse 200 Mo" in sans_fin.erreur
