"""The headings of a table as people write them: known by other words, asked about once, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from binome.bureau.colonnes import colonnes
from binome.comptes.acteur import Acteur
from binome.dossiers.receptions import EtatDeLigne, Import
from binome.echanges.colonnes import sans_casse
from binome.imports import services
from binome.regles.courante import certifications
from tests.imports.tableau import xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from tests.dossiers.monde import Monde

CONNUS = {
    "N°": "cle", "Numéro": "cle", "SIRET": "employeur_identifiant", "RPPS": "employeur_identifiant",
    "E-mail": "courriel", "E-MAIL": "courriel", "Courriel": "courriel", "mail": "courriel",
    "Né(e) le": "naissance", "Née le": "naissance", "Date de naissance": "naissance", "DATE NAISSANCE": "naissance",
    "Niveau": "niveau_diplome", "Téléphone": "telephone", "Tél.": "telephone", "tel": "telephone",
    "Portable": "telephone", "Nom de jeune fille": "nom_de_naissance", "Début de formation": "date_entree",
    "Situation professionnelle": "situation", "Type de contrat": "contrat", "Date AFGSU": "afgsu_date",
    "AFGSU": "afgsu_niveau", "Cabinet": "employeur", "Promotion": "session", "Référence": "reference",
}  # fmt: skip


@pytest.mark.parametrize(("titre", "nom"), CONNUS.items())
def test_un_titre_se_reconnait_comme_on_l_ecrit(titre: str, nom: str) -> None:
    assert colonnes().nom_de(titre) == nom


def test_aucun_titre_n_en_dit_deux() -> None:
    for certification in certifications():
        connues = colonnes(certification)
        vus: dict[str, str] = {}
        for une in connues.par_nom.values():
            for dit in une.aussi:
                assert vus.setdefault(sans_casse(dit), une.nom) == une.nom, dit
                assert connues.nom_de(dit) == une.nom, f"« {dit} » is the heading of another column"


def test_un_tableau_comme_on_en_fait_se_lit(monde: Monde, tmp_path: Path) -> None:
    titres = ("Liste des candidats, promo janvier 2027",)
    chemin = tmp_path / "t.xlsx"
    chemin.write_bytes(
        xlsx(
            ["N°", "Prénom", "NOM", "Né(e) le", "E-mail", "Tél.", "SIRET", "Niveau"],
            [
                "1",
                "Léa",
                "Exemple",
                "15/01/90",
                "lea@exemple.fr",
                "06 12 34 56 78",
                "732 829 320 00074",
                "Bac",
            ],
            titres=titres,
        )
    )
    dits: list[str] = []
    importation = services.ouvrir_import(
        monde.organisme, Acteur(monde.alice), chemin, dire=dits.append
    )
    rang = importation.rangs.get()
    assert (rang.etat, rang.numero, rang.cle) == (EtatDeLigne.BONNE, 3, "1")
    assert "lus à la ligne 2" in dits[0]


def _envoyer(
    client: Client, monde: Monde, titres: list[str], ligne: list[str], **choix: Any
) -> Any:
    fichier = SimpleUploadedFile("t.xlsx", xlsx(ligne, titres=tuple(titres)))
    envoi = {"organisme": monde.organisme.pk, "fichier": fichier, **choix}
    return client.post("/espace/imports/", envoi, follow=True)


def test_ce_qui_n_est_pas_reconnu_se_choisit_une_fois(client: Client, monde: Monde) -> None:
    client.force_login(monde.alice)
    titres, ligne = (
        ["N°", "Nom", "Prénon", "Portable perso", "Observations"],
        ["1", "Exemple", "Léa", "06 12 34 56 78", "à rappeler"],
    )
    demande = _envoyer(client, monde, titres, ligne)
    assert demande.status_code == 422
    page = demande.content.decode()
    assert "à rappeler" in page, "some cells help to choose"
    assert [une.choisie for une in demande.context["inconnues"]] == ["prenom", "telephone", ""]
    assert not Import.objects.exists()
    choix = {"titre": titres[2:], "colonne": ["prenom", "telephone", ""]}
    assert _envoyer(client, monde, titres, ligne, **choix).status_code == 200
    premier = Import.objects.get()
    assert premier.rangs.get().cellules == {
        "cle": "1", "nom": "Exemple", "prenom": "Léa", "telephone": "06 12 34 56 78",
    }  # fmt: skip
    # The next time nothing is asked, and what is done is said; unless one wants to choose again.
    suite = _envoyer(client, monde, titres, ["2", *ligne[1:]])
    dit = " ".join(suite.content.decode().split())
    assert "« Portable perso » est lue comme « Téléphone »" in dit
    assert "« Observations » n’est pas lue" in dit
    assert Import.objects.count() == 2
    assert "Choisir de nouveau" in client.get("/espace/imports/").content.decode()
    assert _envoyer(client, monde, titres, ligne, revoir="oui").status_code == 422
    # Somebody else's organisation is asked.
    client.force_login(monde.charlie)
    envoi = {
        "organisme": monde.autre.pk,
        "fichier": SimpleUploadedFile("t.xlsx", xlsx(ligne, titres=tuple(titres))),
    }
    assert client.post("/espace/imports/", envoi).status_code == 422


def test_un_choix_impossible_se_redemande(client: Client, monde: Monde) -> None:
    client.force_login(monde.alice)
    titres, ligne = ["Dossard", "Nom", "Surnom"], ["1", "Exemple", "Léa"]
    for colonnes_dites, dit in (
        (["", "prenom"], "la colonne « Clé » manque"),
        (["cle", "nom"], "« Nom » et « Surnom » disent « Nom »"),
        (["cle", "capitaine"], "2 colonnes ne sont pas reconnues"),
    ):
        choix = {"titre": ["Dossard", "Surnom"], "colonne": colonnes_dites}
        reponse = _envoyer(client, monde, titres, ligne, **choix)
        assert reponse.status_code == 422
        assert dit in " ".join(reponse.content.decode().split())
    bon = {"titre": ["Dossard", "Surnom"], "colonne": ["cle", ""]}
    assert _envoyer(client, monde, titres, ligne, **bon).status_code == 200
