"""Twenty names from the form, or a row, to the list, the search, the exports and the archive: as they were typed."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from typing import TYPE_CHECKING

import pytest
from django.utils.html import escape
from openpyxl import load_workbook

from binome.bureau.filtres import FiltreDeDossiers, lister
from binome.comptes.acteur import Acteur
from binome.dossiers import services
from binome.dossiers.formulaires import IdentiteDuCandidat
from binome.dossiers.models import Dossier
from binome.dossiers.portee import TOUT
from binome.exports.services import exporter
from binome.imports import services as imports
from binome.imports import tranches
from binome.imports.verifier import Lecteur
from tests.dossiers.monde import joindre
from tests.dossiers.noms import VINGT
from tests.imports.tableau import ligne_de, xlsx
from tests.matrice.objets import entrer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.dossiers.monde import Monde


@pytest.fixture
def dossiers(monde: Monde) -> list[Dossier]:
    """One draft each, in the order of the table, written by the service that the form calls."""
    alice = Acteur(monde.alice)
    lus = []
    for un in VINGT:
        dossier = services.ouvrir(monde.organisme, alice, exemple=True)
        identite = {"prenom": un.prenom, "nom": un.nom}
        lus.append(services.ecrire_identite(dossier, identite, alice, version=dossier.version))
    return lus


def test_il_y_en_a_vingt() -> None:
    assert len(set(VINGT)) == 20


def test_le_formulaire_garde_les_noms_comme_ils_sont_tapes() -> None:
    for un in VINGT:
        lu = IdentiteDuCandidat({"prenom": un.prenom, "nom": un.nom})
        assert lu.is_valid(), lu.errors
        assert (lu.cleaned_data["prenom"], lu.cleaned_data["nom"]) == (un.prenom, un.nom)


def test_un_tableau_fait_sur_un_mac_donne_les_memes_noms(monde: Monde, tmp_path: Path) -> None:
    """Its letters are decomposed: the same people all the same."""
    chemin, alice = tmp_path / "candidats.xlsx", Acteur(monde.alice)
    rangs = [
        ligne_de(n, **{champ: unicodedata.normalize("NFD", getattr(un, champ)) for champ in ("prenom", "nom")})
        for n, un in enumerate(VINGT)
    ]  # fmt: skip
    chemin.write_bytes(xlsx(*rangs))
    importation = imports.ouvrir_import(monde.organisme, alice, chemin)
    imports.commencer(importation, alice, deposer=False)
    tranches.tout_faire(importation, alice)
    lus = Dossier.objects.filter(cle_import__startswith="K").values_list("prenom", "nom")
    assert set(lus) == {(un.prenom, un.nom) for un in VINGT}


def test_le_champ_et_la_ligne_disent_ce_qu_aucune_lettre_n_imprime() -> None:
    assert "« 李 »" in str(IdentiteDuCandidat({"nom": "李"}).errors["nom"])
    (faute,) = Lecteur().lire({"cle": "1", "nom": "李"}).erreurs
    assert (faute.cle, "« 李 »" in faute.raison) == ("nom", True)


def test_la_liste_montre_et_la_recherche_trouve(monde: Monde, dossiers: list[Dossier]) -> None:
    page = entrer(monde.alice).get("/espace/dossiers/").content.decode()
    tous = Dossier.objects.all()
    for un, dossier in zip(VINGT, dossiers, strict=True):
        assert escape(dossier.personne) in page
        for q in (un.cherche, un.nom, un.nom.upper(), unicodedata.normalize("NFD", un.nom)):
            assert dossier in lister(tous, FiltreDeDossiers(q=q), TOUT), (un, q)


def test_les_exports_gardent_les_noms_et_l_archive_s_ouvre_partout(
    monde: Monde, dossiers: list[Dossier]
) -> None:
    alice = Acteur(monde.alice)
    with exporter(alice, "csv", FiltreDeDossiers()) as fichier:
        texte = fichier.read().decode("utf-8-sig")
    lignes = list(csv.DictReader(io.StringIO(texte), delimiter=";"))
    attendus = {(un.prenom, un.nom) for un in VINGT}
    assert {(une["Prénom"], une["Nom"]) for une in lignes} == attendus
    with exporter(alice, "xlsx", FiltreDeDossiers()) as fichier:
        (feuille,) = load_workbook(fichier, read_only=True).worksheets
        titres, *rangs = feuille.iter_rows(values_only=True)
        ou = (titres.index("Prénom"), titres.index("Nom"))
        assert {tuple(rang[une] for une in ou) for rang in rangs} == attendus
    for dossier in dossiers:
        joindre(monde, dossier, "identite")
    with exporter(alice, "zip", FiltreDeDossiers()) as fichier, zipfile.ZipFile(fichier) as archive:
        noms = [*archive.namelist(), *archive.read("pieces-manquantes.txt").decode().split()]
    # No letter that Windows refuses or that a Mac writes otherwise: the archive is the same everywhere.
    assert all(nom.isascii() and not set(nom) & set('<>:"\\|?*') for nom in noms)
    assert all(any(dossier.reference in nom for nom in noms) for dossier in dossiers)
