"""A table exchanged, of any kind: its template, what comes back, and what proves which file it was."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import TYPE_CHECKING, NamedTuple

import pytest
from openpyxl import load_workbook

from binome.echanges.colonnes import Colonnes
from binome.echanges.entetes import ColonnesInconnues
from binome.echanges.modele import classeur_modele, csv_modele
from binome.echanges.preuve import preuve_de
from binome.echanges.recu import Recu
from binome.lots.erreurs import TravailImpossible

if TYPE_CHECKING:
    from pathlib import Path


class Colonne(NamedTuple):
    nom: str
    titre: str
    aide: str = ""
    choix: tuple[str, ...] = ()
    aussi: tuple[str, ...] = ()


PRESENCES = Colonnes(
    (
        Colonne("numero", "Numéro", "Celui de la convocation."),
        Colonne("etat", "État", "Présent ou absent.", ("présent", "absent, sans un mot")),
        Colonne("remarque", "Remarque de l’organisme", aussi=("Mot", "Note")),
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
    assert [cellules for _, cellules in Recu(chemin, PRESENCES)] == [
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
        (["État", "present"], "« Numéro » manque"),
        (["Numéro;Etat;Colonne;état", "1;present;;"], "2 colonnes ne sont pas reconnues"),
    ],
)
def test_un_tableau_inutilisable_se_refuse_en_entier(
    tmp_path: Path, lignes: list[str], dit: str
) -> None:
    with pytest.raises(TravailImpossible, match=dit):
        Recu(table(tmp_path, *lignes), PRESENCES)


def _demandees(tmp_path: Path, choix: dict[str, str], *lignes: str) -> dict[str, str]:
    with pytest.raises(ColonnesInconnues) as demande:
        Recu(table(tmp_path, *lignes), PRESENCES, choix=choix)
    return {une.titre: une.choisie for une in demande.value.colonnes}


def test_ce_qui_n_est_pas_reconnu_se_demande_avec_ce_que_l_on_devine(tmp_path: Path) -> None:
    lignes = ("Numéro;Etta;Capitaine", "1;present;Léa", "2;absent;")
    assert _demandees(tmp_path, {}, *lignes) == {"Etta": "etat", "Capitaine": ""}
    choix = {"etta": "etat", "capitaine": ""}
    recu = Recu(table(tmp_path, *lignes), PRESENCES, choix=choix)
    assert [cellules for _, cellules in recu] == [
        {"numero": "1", "etat": "present"},
        {"numero": "2", "etat": "absent"},
    ]
    assert recu.entetes.choisies == choix
    # Half an answer, or an answer that no column has, is asked again, with what was answered.
    assert _demandees(tmp_path, {"capitaine": "remarque"}, *lignes)["Capitaine"] == "remarque"
    assert _demandees(tmp_path, {**choix, "etta": "zz"}, *lignes)["Etta"] == "etat"


def test_deux_colonnes_pour_une_se_disent(tmp_path: Path) -> None:
    lignes = ("Numéro;Note;Mot;état", "1;un;deux;present")
    assert _demandees(tmp_path, {}, *lignes) == {"Mot": ""}
    with pytest.raises(
        ColonnesInconnues, match="« Note » et « Mot » disent « Remarque de l’organisme »"
    ):
        Recu(table(tmp_path, *lignes), PRESENCES, choix={"mot": "remarque"})


def test_la_cle_se_choisit_aussi(tmp_path: Path) -> None:
    lignes = ("Dossard;état", "1;present")
    assert _demandees(tmp_path, {"dossard": ""}, *lignes) == {"Dossard": ""}
    recu = Recu(table(tmp_path, *lignes), PRESENCES, choix={"dossard": "numero"})
    assert list(recu) == [(2, {"numero": "1", "etat": "present"})]


def test_une_colonne_sans_titre_se_nomme_par_sa_lettre(tmp_path: Path) -> None:
    demandees = _demandees(tmp_path, {}, "Numéro;;", "1;en plus;", "2;;")
    assert demandees == {"Colonne B, sans titre": ""}
    dits: list[str] = []
    loin = ["Numéro;", *(f"{un};" for un in range(250)), "250;seule"]
    assert len(list(Recu(table(tmp_path, *loin), PRESENCES, dits.append))) == 251
    assert dits == ["Ce qui est écrit sans titre au-dessus (colonne B) n’est pas lu."]


@pytest.mark.parametrize("titres", ["Présences, mars 2027, Lyon", "Présences;;;", ";;Présences"])
def test_un_titre_au_dessus_des_colonnes_est_passe_et_dit(tmp_path: Path, titres: str) -> None:
    dits: list[str] = []
    recu = Recu(
        table(tmp_path, titres, "", "Numéro;état;Note", "1;present;ok", "2;absent;non"),
        PRESENCES,
        dits.append,
    )
    assert [numero for numero, _ in recu] == [4, 5]
    assert dits == [
        "Les noms des colonnes sont lus à la ligne 3 de votre tableau. Ce qui est écrit au-dessus est passé."
    ]


def test_la_preuve_est_celle_de_tout_le_fichier_qui_reste_a_lire() -> None:
    octets = b"ligne\n" * 500_000
    fichier = io.BytesIO(octets)
    fichier.seek(12)
    assert preuve_de(fichier) == (len(octets), hashlib.sha256(octets).hexdigest())
    assert fichier.read() == octets
    assert preuve_de(io.BytesIO()) == (0, hashlib.sha256().hexdigest())
