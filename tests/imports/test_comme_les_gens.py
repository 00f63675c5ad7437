"""Keys, telephones and births of an import, read as people read them and by the rules of the form."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.bureau.colonnes import code_de, colonnes
from binome.comptes.acteur import Acteur
from binome.dossiers.formulaires import IdentiteDuCandidat
from binome.dossiers.models import Dossier
from binome.dossiers.receptions import EtatDeLigne, LigneImportee
from binome.echanges.cles import cle_comparee
from binome.echanges.colonnes import sans_casse
from binome.habillage.questions import dit_aussi
from binome.imports import services, tranches
from binome.imports.verifier import Lecteur
from tests.imports.tableau import ligne_de, xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from tests.dossiers.monde import Monde

UNE = (
    ("0012", "12"),
    ("zc-9", "ZC-9"),
    ("K 1", "k\N{NO-BREAK SPACE}1"),
    ("１２", "12"),
    ("0", "00"),
)


def _importer(monde: Monde, tmp_path: Path, cle: str, nom: str) -> dict[str, int]:
    acteur, chemin = Acteur(monde.alice), tmp_path / "t.xlsx"
    chemin.write_bytes(xlsx(ligne_de(1, cle=cle, nom=nom)))
    importation = services.ouvrir_import(monde.organisme, acteur, chemin)
    services.commencer(importation, acteur, deposer=False)
    tranches.tout_faire(importation, acteur)
    return {etat: nombre for etat, nombre in services.comptes(importation).items() if nombre}


@pytest.mark.parametrize(("une", "autre"), UNE)
def test_deux_ecritures_d_une_cle_sont_un_dossier(
    monde: Monde, tmp_path: Path, une: str, autre: str
) -> None:
    avant = Dossier.objects.count()
    assert _importer(monde, tmp_path, une, "Premier") == {"creee": 1}
    assert _importer(monde, tmp_path, autre, "Second") == {"changee": 1}
    assert Dossier.objects.count() == avant + 1
    fait = Dossier.objects.get(nom="Second")
    assert fait.cle_import == " ".join(une.split()), "kept as it was typed first"


@pytest.mark.parametrize(("une", "autre"), [("A0012", "A12"), ("K1", "K10"), ("12", "120")])
def test_deux_cles_restent_deux(une: str, autre: str) -> None:
    assert cle_comparee(une) != cle_comparee(autre)


def test_dans_un_fichier_aussi_et_une_fois_mendee(monde: Monde, tmp_path: Path) -> None:
    chemin, acteur = tmp_path / "t.xlsx", Acteur(monde.alice)
    lignes = [ligne_de(1, cle="zc-9"), ligne_de(2, cle="ZC-9"), ligne_de(3, cle="0012")]
    chemin.write_bytes(xlsx(*lignes))
    importation = services.ouvrir_import(monde.organisme, acteur, chemin)
    etats = [un.etat for un in importation.rangs.order_by("numero")]
    assert etats == [EtatDeLigne.BONNE, EtatDeLigne.A_MENDER, EtatDeLigne.BONNE]
    mendee: LigneImportee = services.mender(importation, 3, {"cle": "12"}, acteur)
    assert mendee.erreurs[0]["raison"] == "cette clé est déjà celle de la ligne 4"
    assert services.mender(importation, 3, {"cle": "13"}, acteur).etat == EtatDeLigne.BONNE


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("06 12 34 56 78", "06 12 34 56 78"),
        ("+262 692 12 34 56", "+262 692 12 34 56"),
        ("612345678", "0612345678"),
        ("néant", None),
        ("12", None),
        ("6 12 34 56 78", None),
        ("06 12 34 56 78 / 01 23 45 67 89", None),
    ],
)
def test_un_telephone(ecrit: str, lu: str | None) -> None:
    lue = Lecteur().lire({"cle": "K1", "telephone": ecrit})
    assert lue.identite.get("telephone") == lu
    assert [une.cle for une in lue.erreurs] == ([] if lu else ["telephone"])


@pytest.mark.parametrize("ecrite", ["03/05/2025", "03/05/1901", "31/02/1975"])
def test_une_naissance_impossible_nomme_sa_cellule(ecrite: str) -> None:
    lue = Lecteur().lire({"cle": "K1", "naissance": ecrite})
    assert [une.cle for une in lue.erreurs] == ["naissance"]


def test_le_formulaire_et_l_import_disent_la_meme_chose() -> None:
    enfant = timezone.localdate() - timedelta(days=3650)
    saisi = {"telephone": "néant", "naissance": enfant.strftime("%d/%m/%Y")}
    dits = {
        une.cle: une.raison.casefold() for une in Lecteur().lire({"cle": "K1", **saisi}).erreurs
    }
    formulaire = IdentiteDuCandidat(saisi)
    assert dits == {
        nom: str(fautes[0]).casefold().removesuffix(".")
        for nom, fautes in formulaire.errors.items()
    }


def test_un_29_fevrier_qui_existe_se_lit() -> None:
    lue = Lecteur().lire({"cle": "K1", "naissance": "29/02/2000"})
    assert lue.identite["naissance"] == date(2000, 2, 29)


@pytest.mark.parametrize(
    ("colonne", "ecrit", "lu"),
    [
        ("niveau_diplome", "Bac", 4),
        ("niveau_diplome", "bac+2", 5),
        ("niveau_diplome", "BTS", 5),
        ("niveau_diplome", "Aucun", 0),
        ("experience_secretaire_mois", "24 mois", 24),
        ("diplomes", "IDE ; aide-soignante", ["aide_soignant", "ide"]),
        ("contrat", "Contrat pro", "contrat_professionnalisation"),
        ("afgsu_niveau", "AFGSU 2", 2),
    ],
)
def test_une_cellule_dit_les_mots_du_metier(colonne: str, ecrit: str, lu: object) -> None:
    ligne = Lecteur().lire({"cle": "K1", colonne: ecrit})
    assert not ligne.erreurs
    assert ligne.faits == {colonne: lu}


def test_aucun_mot_n_en_dit_deux() -> None:
    for colonne in colonnes().par_nom.values():
        if colonne.fait is None:
            continue
        mots = [
            (sans_casse(un), code)
            for code, autres in dit_aussi(colonne.fait).items()
            for un in autres
        ]
        assert len(dict(mots)) == len(mots), colonne.nom
        assert all(code_de(colonne, un) == code for un, code in mots), colonne.nom


def test_un_siret_faux_est_nomme_avec_sa_cellule() -> None:
    (erreur,) = Lecteur().lire({"cle": "K1", "employeur_identifiant": "73282932000075"}).erreurs
    assert erreur.cle == "employeur_identifiant"
    assert "un de ses chiffres est faux" in erreur.raison
    assert not Lecteur().lire({"cle": "K1", "employeur_identifiant": "732 829 320 00074"}).erreurs
