"""A spreadsheet of candidates: read, mended in the page, made dossiers once and only once."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from binome.bureau.colonnes import colonnes
from binome.comptes.acteur import Acteur
from binome.diagnostic.reconciliation import differences
from binome.dossiers import services as a_la_main
from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier
from binome.dossiers.receptions import EtatDeLigne, EtatDImport, Import
from binome.imports import fichiers, services, tranches
from binome.imports.verifier import Lecteur
from binome.journal.chaine import verifier
from binome.journal.histoire import histoire
from binome.journal.models import Entree
from tests.imports.tableau import TITRES, ligne_de, xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from tests.dossiers.monde import Monde


def _ouvrir(
    monde: Monde,
    tmp_path: Path,
    *lignes: list[str],
    nom: str = "t.xlsx",
    titres: tuple[str, ...] = TITRES,
) -> Import:
    chemin = tmp_path / nom
    chemin.write_bytes(xlsx(*lignes, titres=titres))
    return services.ouvrir_import(monde.organisme, Acteur(monde.alice), chemin)


def _faire(monde: Monde, importation: Import, *, deposer: bool = False) -> dict[str, int]:
    acteur = Acteur(monde.alice)
    services.commencer(importation, acteur, deposer=deposer)
    tranches.tout_faire(importation, acteur)
    return {nom: nombre for nom, nombre in services.comptes(importation).items() if nombre}


def test_le_modele_rempli_se_relit(monde: Monde, tmp_path: Path) -> None:
    classeur = load_workbook(io.BytesIO(fichiers.modele()))
    assert classeur.sheetnames == ["Candidats", "Aide", "Réponses"]
    titres = [str(cellule.value) for cellule in classeur["Candidats"][1]]
    assert titres[:3] == ["Clé", "Prénom", "Nom"]
    assert "Date d’entrée en formation" in titres
    mots = [str(une.value) for ligne in classeur["Réponses"] for une in ligne if une.value]
    assert "salariée ou salarié d’un cabinet médical libéral" in mots
    assert not any("_" in un for un in mots)
    assert not any("_" in str(un.value) for un in classeur["Aide"]["B"])
    aides = {str(titre) for titre, *_ in classeur["Aide"].iter_rows(min_row=2, values_only=True)}
    assert set(titres) <= aides
    ligne = dict.fromkeys(titres, "") | dict(zip(TITRES, ligne_de(1), strict=True))
    classeur["Candidats"].append(list(ligne.values()))
    chemin = tmp_path / "m.xlsx"
    classeur.save(chemin)
    importation = services.ouvrir_import(monde.organisme, Acteur(monde.alice), chemin)
    assert [un.etat for un in importation.rangs.all()] == [EtatDeLigne.BONNE]


def test_chaque_erreur_dit_sa_cellule(monde: Monde, tmp_path: Path) -> None:
    importation = _ouvrir(
        monde, tmp_path,
        ligne_de(1),
        ligne_de(2, cle="K1"),
        ligne_de(3, naissance="31/02/1990", courriel="lea@"),
        ligne_de(4, diplomes="kinésithérapeute", cle=""),
        ligne_de(5, naissance="03/05/2008", entree="15/01/2005"),
    )  # fmt: skip
    lues = {
        un.numero: [(une["cle"], une["raison"]) for une in un.erreurs]
        for un in importation.rangs.all()
    }
    assert lues[2] == []
    assert lues[3] == [("cle", "cette clé est déjà celle de la ligne 2")]
    assert [cle for cle, _ in lues[4]] == ["naissance", "courriel"]
    assert [cle for cle, _ in lues[5]] == ["cle", "diplomes"]
    assert lues[6][0][0] == "naissance"
    assert "ne peut pas suivre" in lues[6][0][1]


def test_les_mots_du_formulaire_et_les_codes_disent_la_meme_chose() -> None:
    cle = {"cle": "K1"}
    for colonne in colonnes().par_nom.values():
        for code, mots in colonne.reponses.items():
            par_code, par_mots = (
                Lecteur().lire({**cle, colonne.nom: dit}) for dit in (code.upper(), mots)
            )
            assert par_code.erreurs == par_mots.erreurs == ()
            assert par_code.faits == par_mots.faits
            assert par_code.faits[colonne.nom] is not None


@pytest.mark.parametrize(
    ("texte", "lu"),
    [
        ("IDE ; Titre de secrétaire médical ou médicale", ["ide", "secretaire_medical"]),
        ("ide, cqp d'aide dentaire", ["aide_dentaire", "ide"]),
        ("Aucun", []),
        ("aucun ; ide", ["ide"]),
    ],
)
def test_plusieurs_reponses_en_mots_ou_en_codes(texte: str, lu: list[str]) -> None:
    assert Lecteur().lire({"cle": "K1", "diplomes": texte}).faits == {"diplomes": lu}


@pytest.mark.parametrize(
    ("nom", "texte", "dit"),
    [
        ("diplomes", "kinésithérapeute", "choisissez parmi : diplôme d’État infirmier ;"),
        ("diplomes", "CQP d’aide dentère", "vouliez-vous dire « CQP d’aide dentaire »"),
        ("diplomes", " ; ", "écrivez « aucun »"),
        ("contrat", "intérim", "choisissez parmi : CDI ; CDD ;"),
    ],
)
def test_une_reponse_inconnue_se_refuse_en_mots(nom: str, texte: str, dit: str) -> None:
    lue = Lecteur().lire({"cle": "K1", nom: texte})
    assert [une.cle for une in lue.erreurs] == [nom]
    assert dit in lue.erreurs[0].raison
    assert "_" not in lue.erreurs[0].raison


def test_la_page_des_corrections_parle_comme_le_formulaire(
    client: Client, monde: Monde, tmp_path: Path
) -> None:
    importation = _ouvrir(
        monde, tmp_path, ligne_de(1, diplomes="ide ; kinésithérapeute", situation="en poste")
    )
    client.force_login(monde.alice)
    adresse = f"/espace/imports/{importation.pk}/"
    visible = re.sub(r"<[^>]*>", " ", client.get(adresse).content.decode())
    assert "Diplôme d’État infirmier" in visible
    assert "en poste" in visible, "what was typed is kept"
    assert not re.search(r"salarie_|secretaire_medical", visible)
    page = client.get(adresse).content.decode()
    assert re.findall(r'value="(\w+)" checked', page) == ["ide"]
    envoi = {"c-diplomes": ["ide", "aide_dentaire"], "c-situation": "En recherche d’emploi"}
    client.post(f"{adresse}lignes/2/", envoi)
    rang = importation.rangs.get()
    assert rang.etat == EtatDeLigne.BONNE
    assert Lecteur().lire(rang.cellules).faits["diplomes"] == ["aide_dentaire", "ide"]
    assert Lecteur().lire(rang.cellules).faits["situation"] == "demandeur_emploi"


def test_une_ligne_mendee_est_verifiee_seule(monde: Monde, tmp_path: Path) -> None:
    importation = _ouvrir(monde, tmp_path, ligne_de(1, courriel="lea@"), ligne_de(2, cle="K1"))
    alice = Acteur(monde.alice)
    rang = services.mender(importation, 2, {"courriel": "lea@exemple.fr"}, alice)[0]
    assert rang.etat == EtatDeLigne.A_MENDER, "the key is also that of the other row"
    assert services.mender(importation, 3, {"cle": "K2"}, alice)[0].etat == EtatDeLigne.BONNE
    assert services.mender(importation, 2, {}, alice)[0].etat == EtatDeLigne.BONNE
    assert _faire(monde, importation) == {"creee": 2}


def test_les_dossiers_sont_ceux_qu_on_aurait_faits_a_la_main(monde: Monde, tmp_path: Path) -> None:
    importation = _ouvrir(monde, tmp_path, ligne_de(1), ligne_de(2, employeur=""))
    assert _faire(monde, importation, deposer=True) == {"creee": 2}
    entier, partiel = Dossier.objects.order_by("cle_import")
    assert (entier.etat, partiel.etat) == (Etat.DEPOSE, Etat.BROUILLON)
    assert entier.recherche == "1 exemple lea"
    assert {un.nom: un.valeur for un in entier.faits.all()} == {
        "date_entree": "2026-01-15",
        "diplomes": ["secretaire_medical"],
        "situation": "salarie_cabinet",
    }
    ecrits = histoire(entier.objet)
    assert [un["geste"] for un in ecrits] == [
        "dossier.ouvrir", "dossier.ecrire", "dossier.deposer", "invitation.envoyee",
    ]  # fmt: skip
    assert ecrits[1]["prive"]["nom"]["apres"] == "Exemple 1"
    assert entier.version == 3
    assert verifier() is None
    importation.refresh_from_db()
    assert importation.etat == EtatDImport.FINI
    assert all(un.cellules == {} for un in importation.rangs.all())
    assert list(differences()) == []
    assert "Exemple 1" not in str(list(Entree.objects.values_list("avant", "apres")))


def test_le_meme_fichier_deux_fois_ne_change_rien(monde: Monde, tmp_path: Path) -> None:
    lignes = [ligne_de(rang) for rang in range(1, 6)]
    _faire(monde, _ouvrir(monde, tmp_path, *lignes))
    avant = list(Dossier.objects.order_by("pk").values())
    ecrits = Entree.objects.filter(objet__startswith="dossier:").count()
    assert _faire(monde, _ouvrir(monde, tmp_path, *lignes)) == {"identique": 5}
    assert list(Dossier.objects.order_by("pk").values()) == avant
    assert Entree.objects.filter(objet__startswith="dossier:").count() == ecrits


def test_seuls_les_brouillons_sont_mis_a_jour(monde: Monde, tmp_path: Path) -> None:
    _faire(monde, _ouvrir(monde, tmp_path, ligne_de(1), ligne_de(2), ligne_de(3)))
    depose = Dossier.objects.get(cle_import="K2")
    a_la_main.deposer(depose, Acteur(monde.alice), version=depose.version)
    change = _ouvrir(
        monde, tmp_path,
        ligne_de(1, nom="Nouveau", diplomes="ide"), ligne_de(2, nom="Nouveau"), ligne_de(3, nom=""),
    )  # fmt: skip
    assert _faire(monde, change) == {"changee": 1, "identique": 1, "laissee": 1}
    premier = Dossier.objects.get(cle_import="K1")
    assert premier.nom == "Nouveau"
    assert premier.faits.get(nom="diplomes").valeur == ["ide"]
    assert histoire(premier.objet)[-1]["prive"]["nom"] == {
        "avant": "Exemple 1",
        "apres": "Nouveau",
    }
    assert Dossier.objects.get(cle_import="K2").nom == "Exemple 2"
    laissee = change.rangs.get(cle="K2")
    assert "« Déposé »" in laissee.raison
    assert verifier() is None
    assert list(differences()) == []


def test_deux_organismes_ont_chacun_leurs_cles(monde: Monde, tmp_path: Path) -> None:
    _faire(monde, _ouvrir(monde, tmp_path, ligne_de(1)))
    charlie = Acteur(monde.charlie)
    autre = services.ouvrir_import(monde.autre, charlie, tmp_path / "t.xlsx")
    services.commencer(autre, charlie, deposer=False)
    tranches.tout_faire(autre, charlie)
    assert Dossier.objects.filter(cle_import="K1").count() == 2


def test_les_pages_du_fichier_aux_dossiers(client: Client, monde: Monde) -> None:
    client.force_login(monde.alice)
    assert "Télécharger le modèle" in client.get("/espace/imports/").content.decode()
    assert client.get("/espace/imports/modele.xlsx").content[:2] == b"PK"
    fichier = SimpleUploadedFile("Mes élèves.xlsx", xlsx(ligne_de(1), ligne_de(2, courriel="x")))
    envoi = {"organisme": monde.organisme.pk, "fichier": fichier}
    page = client.post("/espace/imports/", envoi, follow=True)
    adresse = page.redirect_chain[-1][0]
    texte = page.content.decode()
    assert "Une adresse s’écrit nom@domaine.fr." in texte
    assert "1 ligne prête" in texte
    htmx: dict[str, Any] = {"headers": {"HX-Request": "true"}}
    rendu = client.post(f"{adresse}lignes/3/", {"c-courriel": "encore"}, **htmx).content.decode()
    assert 'value="encore"' in rendu
    pret = client.post(f"{adresse}lignes/3/", {"c-courriel": "x@exemple.fr"}, **htmx)
    assert "Prête" in pret.content.decode()
    page = client.post(f"{adresse}creer/", {"deposer": "non"}, follow=True)
    assert "<progress" in page.content.decode()
    fini = client.post(f"{adresse}avancer/", **htmx)
    assert fini.headers["HX-Redirect"] == adresse
    assert "Terminé" in client.get(adresse).content.decode()
    assert Dossier.objects.count() == 2


@pytest.mark.parametrize(
    ("nom", "contenu", "dit"),
    [
        ("t.exe", b"MZ", "n’est pas lu"),
        ("t.xlsx", b"PK rien", "lisible"),
        ("t.csv", b"", "vide"),
        ("t.csv", "Clé;Prenon\n1;Léa\n".encode(), "une colonne n’est pas reconnue"),
        ("t.csv", "Prénom;Nom\nLéa;Exemple\n".encode(), "manque. Elle nomme"),
        ("t.csv", "Clé;Prénom\n".encode(), "aucune ligne"),
        ("t.csv", "Clé;Prénom\n1;Léa\n".encode("mac_roman"), "UTF-8"),
    ],
)
def test_un_fichier_refuse_ne_laisse_rien(
    client: Client, monde: Monde, nom: str, contenu: bytes, dit: str
) -> None:
    client.force_login(monde.alice)
    envoi = {"organisme": monde.organisme.pk, "fichier": SimpleUploadedFile(nom, contenu or b"\n")}
    page = client.post("/espace/imports/", envoi)
    assert page.status_code == 422
    assert dit in page.content.decode()
    assert not Import.objects.exists()


def test_un_import_n_est_qu_a_son_organisme(client: Client, monde: Monde, tmp_path: Path) -> None:
    importation = _ouvrir(monde, tmp_path, ligne_de(1))
    for personne in (monde.charlie, monde.bob, monde.emma, monde.lea):
        client.force_login(personne)
        assert client.get(f"/espace/imports/{importation.pk}/").status_code == 404
        for suite in ("lignes/2/", "creer/", "avancer/", "abandonner/"):
            assert client.post(f"/espace/imports/{importation.pk}/{suite}").status_code == 404
        fichier = SimpleUploadedFile("t.xlsx", xlsx(ligne_de(9)))
        envoi = {"organisme": monde.organisme.pk, "fichier": fichier}
        assert client.post("/espace/imports/", envoi).status_code == 422
    assert Import.objects.count() == 1


def test_un_import_abandonne_efface_ses_cellules(monde: Monde, tmp_path: Path) -> None:
    importation = _ouvrir(monde, tmp_path, ligne_de(1), ligne_de(2, cle=""))
    services.abandonner(importation, Acteur(monde.alice))
    assert {un.etat for un in importation.rangs.all()} == {EtatDeLigne.ECARTEE}
    assert not importation.rangs.exclude(cellules={}).exists()
    Import.objects.update(cree_le="2020-01-01T00:00:00Z")
    assert services.oublier_anciens() == 0
