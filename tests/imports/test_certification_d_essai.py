"""A table filed for another certification: its own columns and template, and the answer of the form."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from binome.bureau.colonnes import colonnes
from binome.comptes.acteur import Acteur
from binome.comptes.services import creer_organisation
from binome.dossiers import services as a_la_main
from binome.dossiers.bases import base_de
from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier
from binome.dossiers.positionnement import positionner_dossier
from binome.dossiers.receptions import EtatDeLigne, Import
from binome.echanges.entetes import ColonnesInconnues
from binome.exports.fichiers import en_csv
from binome.exports.tableau import DEBUT, tableau_de
from binome.imports import fichiers, services, tranches
from binome.journal.reconciliation import differences
from binome.lots.erreurs import TravailImpossible
from binome.regles.courante import certifications, code_par_defaut
from binome.regles.metiers.positionnement import positionner
from tests.dossiers.monde import depose
from tests.dossiers.navigation import page
from tests.dossiers.test_certification_d_essai import ESSAI, ETIQUETTE, FAITS

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from binome.comptes.models import Organisation
    from tests.dossiers.monde import Monde

pytestmark = pytest.mark.django_db
LIGNE = {
    "cle": "K1", "prenom": "Léa", "nom": "Exemple", "naissance": "03/05/1984",
    "courriel": "lea@exemple.fr", "employeur": "Cabinet d’exemple", "date_entree": "05/09/2022",
    "niveau_diplome": "CAP ou BEP (niveau 3)", "diplomes": "qualification d’aide dentaire",
    "experience_aide_dentaire_mois": "6", "afgsu2_valable": "non",
}  # fmt: skip


@pytest.fixture
def branche(monde: Monde) -> Organisation:
    return creer_organisation("branche", "Branche dentaire", certification=ESSAI.code, exemple=True)


def _csv(**autres: str) -> bytes:
    tampon = io.StringIO()
    ecrivain = csv.writer(tampon, delimiter=";")
    ecrivain.writerow(LIGNE)
    ecrivain.writerow({**LIGNE, **autres}.values())
    return tampon.getvalue().encode()


def _ouvrir(monde: Monde, tmp_path: Path, certification: str = ESSAI.code, **autres: str) -> Import:
    chemin = tmp_path / "t.csv"
    chemin.write_bytes(_csv(**autres))
    return services.ouvrir_import(monde.organisme, Acteur(monde.alice), chemin, certification)


def _faire(monde: Monde, importation: Import) -> dict[str, int]:
    acteur = Acteur(monde.alice)
    services.commencer(importation, acteur, deposer=True)
    tranches.tout_faire(importation, acteur)
    return {nom: nombre for nom, nombre in services.comptes(importation).items() if nombre}


def test_l_import_donne_la_reponse_du_formulaire(
    monde: Monde, branche: Organisation, tmp_path: Path
) -> None:
    importation = _ouvrir(monde, tmp_path)
    assert [un.erreurs for un in importation.rangs.all()] == [[]]
    assert _faire(monde, importation) == {EtatDeLigne.CREEE: 1}
    dossier = Dossier.objects.get()
    assert (dossier.certification, dossier.branche_id) == (ESSAI.code, branche.pk)
    assert dossier.etat == Etat.DEPOSE
    assert {un.nom: un.valeur for un in dossier.faits.all()} == FAITS
    base = base_de(ESSAI.code)
    assert (
        positionner_dossier(dossier).declare.en_json()
        == positionner(base, base.lire(FAITS)).en_json()
    )
    assert list(differences()) == []


def test_les_colonnes_et_le_modele_sont_de_ses_regles(client: Client, monde: Monde) -> None:
    siennes = colonnes(ESSAI.code).titres
    titres = [
        str(une.value)
        for une in load_workbook(io.BytesIO(fichiers.modele(ESSAI.code))).worksheets[0][1]
    ]
    assert titres == siennes
    assert "Expérience d’aide dentaire" in titres
    client.force_login(monde.alice)
    for suite, attendus in ((f"?certification={ESSAI.code}", siennes), ("", colonnes().titres)):
        for sorte in ("csv", "xlsx"):
            assert client.get(f"/espace/imports/modele.{sorte}{suite}").status_code == 200
        recu = client.get(f"/espace/imports/modele.csv{suite}").content.decode("utf-8-sig")
        assert next(csv.reader([recu], delimiter=";")) == attendus
    assert client.get("/espace/imports/modele.csv?certification=autre").status_code == 404


def test_la_page_ne_demande_que_s_il_y_a_un_choix(client: Client, monde: Monde) -> None:
    client.force_login(monde.alice)
    envoi: dict[str, Any] = {"organisme": monde.organisme.pk, "certification": ESSAI.code}
    assert "Pour quelle certification" not in page(client, monde.alice, "/espace/imports/")
    fermee = client.post(
        "/espace/imports/", {**envoi, "fichier": SimpleUploadedFile("t.csv", _csv())}
    )
    assert fermee.status_code == 422
    assert "Aucune branche n’examine ici" in fermee.content.decode()
    creer_organisation("branche", "Branche dentaire", certification=ESSAI.code, exemple=True)
    assert f"?certification={ESSAI.code}" in page(client, monde.alice, "/espace/imports/")
    mal = SimpleUploadedFile("t.csv", _csv(niveau_diplome="Permis B"))
    suite = client.post("/espace/imports/", {**envoi, "fichier": mal}).headers["Location"]
    dit = page(client, monde.alice, suite)
    assert ETIQUETTE in dit
    assert "niveau du plus haut diplôme" in dit.lower()
    mendee = client.post(f"{suite}lignes/2/", {"c-niveau_diplome": "3"})
    assert mendee.status_code == 302
    assert Import.objects.get().rangs.get().etat == EtatDeLigne.BONNE
    assert f"{ESSAI.titre} (d’essai" in page(client, monde.alice, "/espace/imports/")


def test_le_tableau_d_une_autre_certification_ne_passe_pas(
    monde: Monde, branche: Organisation, tmp_path: Path
) -> None:
    with pytest.raises(ColonnesInconnues, match="2 colonnes ne sont pas reconnues") as demande:
        _ouvrir(monde, tmp_path, certification="")
    assert "experience_aide_dentaire_mois" in [une.titre for une in demande.value.colonnes]
    with pytest.raises(TravailImpossible, match="Aucune branche n’examine"):
        _ouvrir(monde, tmp_path, certification="autre")


def test_un_dossier_ne_change_pas_de_certification(
    monde: Monde, branche: Organisation, tmp_path: Path
) -> None:
    deja = a_la_main.ouvrir(monde.organisme, Acteur(monde.alice), exemple=True, cle_import="K1")
    importation = _ouvrir(monde, tmp_path)
    assert _faire(monde, importation) == {EtatDeLigne.LAISSEE: 1}
    assert (
        importation.rangs.get().raison
        == f"Le dossier {deja.reference} est d’une autre certification."
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Import.objects.update(certification="")


def test_l_export_ne_nomme_la_certification_que_s_il_y_en_a_plusieurs(
    monde: Monde, branche: Organisation, tmp_path: Path
) -> None:
    depose(monde)
    seule = tableau_de(Dossier.objects.all())
    assert seule.titres == [*DEBUT, *(une.titre for une in colonnes().par_nom.values() if une.fait)]
    _faire(monde, _ouvrir(monde, tmp_path))
    tampon = io.BytesIO()
    assert en_csv(Dossier.objects.order_by("pk"), tampon) == 2
    lues = list(csv.DictReader(io.StringIO(tampon.getvalue().decode("utf-8-sig")), delimiter=";"))
    noms = {une.nom for une in certifications().values()}
    assert {une["Certification"] for une in lues} == noms
    par_nom = {une["Certification"]: une for une in lues}
    assert par_nom[ESSAI.nom]["Expérience d’aide dentaire"] == "6"
    assert par_nom[ESSAI.nom]["AFGSU de niveau 2 valable"] == "non"
    assert par_nom[certifications()[code_par_defaut()].nom]["Expérience d’aide dentaire"] == ""
    assert par_nom[ESSAI.nom]["Date d’entrée en formation"] == "2022-09-05"
