"""Hostile tables at every door: refused in words, in two seconds and 300 MB, and nothing else falls."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from binome.echanges.recu import SORTES as A_L_IMPORT
from binome.imports.fichiers import lire_fichier
from binome.lots.erreurs import TravailImpossible
from binome.lots.lecture import lire_lot
from binome.lots.tableaux import SORTES, lire_tableau
from tests.api.outils import attendre, envoyer
from tests.lots.hostiles import ENTETE, HOSTILES, classeur

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from binome.regles.base import Base

PROMPTS = (
    "coin opposé", "texte partagé en morceaux", "CSV de dix mille noms", "Parquet d’un texte répété",
)  # fmt: skip
"""Tried each time; the others with the long tests."""
SECONDES = 2.0
MEMOIRE = 300_000
"""Kilobytes that the reader and the one who asks hold together."""

LIRE = """
import json, resource, sys
from pathlib import Path
from binome.lots.erreurs import TravailImpossible
from binome.lots.tableaux import LUES, lire_tableau
try:
    entetes, lignes = lire_tableau(Path(sys.argv[1]), "fichier", LUES)
    refus = f"lu : {entetes} {sum(1 for _ in lignes)}"
except TravailImpossible as erreur:
    refus = ""
# Not ru_maxrss: a process that is started inherits the peak of the one that starts it.
moi = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
lecteur = resource.getrusage(resource.RUSAGE_CHILDREN)
calcul = lecteur.ru_utime + lecteur.ru_stime
print(json.dumps([refus, moi + lecteur.ru_maxrss, calcul]))
"""


def _essayer(nom: str, dossier: Path) -> None:
    sorte, faire = HOSTILES[nom]
    chemin = dossier / f"hostile{sorte}"
    chemin.write_bytes(faire())
    sortie = subprocess.run(
        [sys.executable, "-c", LIRE, str(chemin)], capture_output=True, check=True, timeout=60
    ).stdout
    lu, memoire, calcul = json.loads(sortie)
    # What no limit stops is then refused for its columns, as any table is.
    assert not lu or lu.startswith("lu : ['inf']"), lu
    assert memoire < MEMOIRE
    # The processor's seconds: those of the clock depend on who else is on the machine.
    assert calcul < SECONDES


@pytest.mark.parametrize("nom", PROMPTS)
def test_une_table_hostile_est_refusee_a_peu_de_frais(nom: str, tmp_path: Path) -> None:
    _essayer(nom, tmp_path)


@pytest.mark.long(1)
@pytest.mark.parametrize("nom", [nom for nom in HOSTILES if nom not in PROMPTS])
def test_chaque_table_hostile_est_refusee_a_peu_de_frais(nom: str, tmp_path: Path) -> None:
    _essayer(nom, tmp_path)


def test_il_y_en_a_plus_de_quarante() -> None:
    assert len(HOSTILES) >= 40


@pytest.mark.long(1)
@pytest.mark.parametrize("nom", HOSTILES)
def test_le_terminal_et_l_import_la_refusent(nom: str, tmp_path: Path, base: Base) -> None:
    sorte, faire = HOSTILES[nom]
    chemin = tmp_path / f"hostile{sorte}"
    chemin.write_bytes(faire())
    with pytest.raises(TravailImpossible):
        list(lire_lot(chemin, base))
    if sorte in A_L_IMPORT:
        with pytest.raises(TravailImpossible):
            list(lire_fichier(chemin))


@pytest.mark.long(60)
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("dossier_des_lots")
def test_l_api_les_refuse_toutes_et_repond_ensuite(client: Client) -> None:
    for nom, (sorte, faire) in HOSTILES.items():
        if sorte not in SORTES:
            continue
        contenu = faire()
        etat: dict[str, Any] = attendre(
            client, envoyer(client, f"t{sorte}", contenu).json()["jeton"], 60
        )
        assert etat["etat"] == "echoue", nom
        assert etat["raison"].startswith("fichier"), nom
    bon = envoyer(client, "t.csv", b"date_entree\n2026-01-15\n")
    assert attendre(client, bon.json()["jeton"])["lignes"]["decidees"] == 1


@pytest.mark.parametrize("sorte", SORTES)
def test_une_table_ordinaire_passe(sorte: str, tmp_path: Path) -> None:
    """The same small table, by each kind: what is refused above is not refused for being read apart."""
    chemin = tmp_path / f"t{sorte}"
    if sorte == ".xlsx":
        chemin.write_bytes(classeur(ENTETE))
    elif sorte == ".csv":
        chemin.write_text("date_entree\n2026-01-15\n")
    else:
        import polars as pl  # noqa: PLC0415 - Parquet only

        pl.DataFrame({"date_entree": ["2026-01-15"]}).write_parquet(chemin)
    entetes, lignes = lire_tableau(chemin)
    assert entetes == ["date_entree"]
    assert [cellules for _, cellules in lignes] == [["2026-01-15"]]


def test_un_caractere_de_service_ne_deplace_aucune_case(tmp_path: Path) -> None:
    chemin = tmp_path / "t.csv"
    chemin.write_text("reference,date_entree\na\x1fb\x1e\x04,2026-01-15\n")
    _, lignes = lire_tableau(chemin)
    assert [cellules for _, cellules in lignes] == [["a�b��", "2026-01-15"]]
