"""A table exchanged, of any kind: its template, what comes back, and what proves which file it was."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import TYPE_CHECKING, NamedTuple

import pytest
from openpyxl import load_workbook

from binome.echanges.colonnes import Colonnes
from binome.echanges.modele import classeur_modele, csv_modele
from binome.echanges.preuve import preuve_de
from binome.echanges.recu import lire_recu
from binome.lots.erreurs import TravailImpossible

if TYPE_CHECKING:
    from pathlib import Path


class Colonne(NamedTuple):
    nom: str
    titre: str
    aide: str = ""
    choix: tuple[str, ...] = ()


PRESENCES = Colonnes(
    (
        Colonne("numero", "Numéro", "Celui de la convocation."),
        Colonne("etat", "État", "Présent ou absent.", ("présent", "absent, sans un mot")),
        Colonne("remarque", "Remarque de l’organisme"),
    ),
    "numero",
)


def table(tmp_path: Path, *lignes: str) -> Path:
    chemin = tmp_path / "recu.csv"
    chemin.write_text("\n".join(lignes) + "\n", encoding="utf-8")
    return chemin


@pytest.mark.parametrize("titre", ["État", "etat", "ETAT", " état "])
def test_un_titre_se_reconnait_sans_accent_ni_majuscule(titre: str) -> None:
    assert PRESENCES.nom_de(titre) == "etat"
    assert PRESENCES.nom_de("Etat civil") is None


def test_le_modele_rempli_revient_tel_quel(tmp_path: Path) -> None:
    titres = csv_modele(PRESENCES).strip()
    chemin = table(tmp_path, titres, "12;present;", "13;absent;Un mot")
    assert [cellules for _, cellules in lire_recu(chemin, PRESENCES)] == [
        {"numero": "12", "etat": "present"},
        {"numero": "13", "etat": "absent", "remarque": "Un mot"},
    ]
    assert next(csv.reader([titres], delimiter=";")) == PRESENCES.titres


def test_le_classeur_offre_les_reponses_et_dit_quoi_ecrire() -> None:
    classeur = load_workbook(
        io.BytesIO(classeur_modele(PRESENCES, "Présences", ("Vide", "Rien ne change.")))
    )
    feuille = classeur["Présences"]
    assert [une.value for une in feuille[1]] == PRESENCES.titres
    (offertes,) = feuille.data_validations.dataValidation
    assert str(offertes.sqref).startswith("B2:B")
    assert offertes.formula1 == "'Réponses'!$B$2:$B$3"
    assert [une.value for une in classeur["Réponses"]["B"]] == [
        "État",
        "présent",
        "absent, sans un mot",
    ]
    aide = [[une.value for une in ligne] for ligne in classeur["Aide"].iter_rows()]
    assert ["Numéro", "Celui de la convocation."] in aide
    assert [un for un in aide if un[0]][-1] == ["Vide", "Rien ne change."]


@pytest.mark.parametrize(
    ("lignes", "dit"),
    [
        (["Numéro;Éta", "1;present"], "vouliez-vous dire « État » \\?$"),
        (["Numéro;Capitaine", "1;present"], "« Capitaine » n’existe pas.$"),
        (["Numéro;État;etat", "1;present;absent"], "deux fois"),
        (["État", "present"], "« Numéro » manque"),
    ],
)
def test_un_tableau_inutilisable_se_refuse_en_entier(
    tmp_path: Path, lignes: list[str], dit: str
) -> None:
    with pytest.raises(TravailImpossible, match=dit):
        list(lire_recu(table(tmp_path, *lignes), PRESENCES))


def test_la_preuve_est_celle_de_tout_le_fichier_qui_reste_a_lire() -> None:
    octets = b"ligne\n" * 500_000
    fichier = io.BytesIO(octets)
    fichier.seek(12)
    assert preuve_de(fichier) == (len(octets), hashlib.sha256(octets).hexdigest())
    assert fichier.read() == octets
    assert preuve_de(io.BytesIO()) == (0, hashlib.sha256().hexdigest())
