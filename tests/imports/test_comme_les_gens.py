"""Keys, telephones and births of an import, read as people read them and by the rules of the form."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.http import QueryDict
from django.utils import timezone

from binome.bureau.colonnes import colonnes
from binome.comptes.acteur import Acteur
from binome.dossiers.formulaires import IdentiteDuCandidat
from binome.dossiers.models import Dossier
from binome.dossiers.receptions import EtatDeLigne, LigneImportee
from binome.dossiers.saisie import lire_faits
from binome.echanges.cles import cle_comparee
from binome.habillage.mots import code_de, trop_peu
from binome.habillage.questions import dit_aussi, dit_trop_peu, reponses_de
from binome.imports import services, tranches
from binome.imports.verifier import Lecteur
from binome.regles.courante import base_courante, certifications
from binome.typographie import majuscule
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
    mendee: LigneImportee = services.mender(importation, 3, {"cle": "12"}, acteur)[0]
    assert mendee.erreurs[0]["raison"] == "cette clé est déjà celle de la ligne 4"
    assert services.mender(importation, 3, {"cle": "13"}, acteur)[0].etat == EtatDeLigne.BONNE


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


@pytest.mark.parametrize(
    "saisi",
    [
        {"telephone": "néant"},
        {"telephone": "06 12.34 56 7"},
        {"telephone": "612345678"},
        {"telephone": "0000-00-00"},
        {"telephone": "+33 (0)6 12 34 56 78"},
        {"naissance": "31/02/1990"},
        {"naissance": "15/01/90"},
        {"naissance": "janvier 1990"},
        {"naissance": f"{timezone.localdate() - timedelta(days=3650):%d/%m/%Y}"},
        {"courriel": "jm.legall@exemple"},
        {"courriel": f"{'x' * 250}@exemple.fr"},
        {"employeur_identifiant": "12345678901234"},
        {"nom": "x" * 101},
        {"nom": "名前"},
        {"prenom": "-"},
        {"session": " Lyon \N{NO-BREAK SPACE} mars "},
    ],
)
def test_le_formulaire_et_l_import_lisent_la_meme_chose(saisi: dict[str, str]) -> None:
    """One reader: what is kept, and what is said of the rest, word for word."""
    lue, formulaire = Lecteur().lire({"cle": "K1", **saisi}), IdentiteDuCandidat(saisi)
    dites = {nom: str(fautes[0]) for nom, fautes in formulaire.errors.items()}
    assert {une.cle: une.raison for une in lue.erreurs} == dites
    gardees = {nom: lu for nom, lu in formulaire.cleaned_data.items() if nom in saisi}
    assert lue.identite == gardees


@pytest.mark.parametrize("texte", ["24 mois", "3 ans et demi", "Salariée", "oui", "15/01/27", "4", "bac", "23,5", "demain"])  # fmt: skip
def test_un_fait_se_lit_de_meme_des_deux_cotes(texte: str) -> None:
    base = base_courante()
    for nom, colonne in colonnes().par_nom.items():
        if colonne.fait is None:
            continue
        donnees = QueryDict(mutable=True)
        donnees.setlist("posee", [nom])
        donnees.setlist(nom, [texte])
        saisie = lire_faits(donnees, [nom], base)
        lue = Lecteur().lire({"cle": "K1", nom: texte})
        assert lue.faits == {n: v for n, v in saisie.faits.items() if v is not None}, nom
        assert [majuscule(une.raison) for une in lue.erreurs] == list(saisie.erreurs.values()), nom
        assert not any(mot in str(lue.erreurs) for mot in ("entier", "année-mois", "2026-01-15"))


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
        ("afgsu_niveau", "non", 0),
        ("afgsu_niveau", "Pas d’AFGSU", 0),
        ("situation", "centre de santé", "salarie_centre_sante"),
        ("situation", "Salarié(e) d’un cabinet médical", "salarie_cabinet"),
        ("situation", "salariée dans un centre de santé", "salarie_centre_sante"),
        ("situation", "salariée à l’hôpital", "salarie_autre"),
        ("experience_secretaire_mois", "3 ans et demi", 42),
        ("date_entree", "15/01/27", "2027-01-15"),
    ],
)
def test_une_cellule_dit_les_mots_du_metier(colonne: str, ecrit: str, lu: object) -> None:
    ligne = Lecteur().lire({"cle": "K1", colonne: ecrit})
    assert not ligne.erreurs
    assert ligne.faits == {colonne: lu}


@pytest.mark.parametrize(
    ("colonne", "ecrit", "entre", "dit"),
    [
        ("situation", "Salariée", 3, "ne dit pas chez qui"),
        ("situation", "salarié(e)", 3, "ne dit pas chez qui"),
        ("afgsu_niveau", "oui", 2, "ne dit pas le niveau ; choisissez parmi : niveau 1 ; niveau 2"),
        ("diplomes", "IDE ; CQP", 2, "« CQP » ne dit pas lequel"),
    ],
)
def test_ce_qui_dit_trop_peu_demande_entre_quoi(
    colonne: str, ecrit: str, entre: int, dit: str
) -> None:
    (erreur,) = Lecteur().lire({"cle": "K1", colonne: ecrit}).erreurs
    assert dit in erreur.raison
    assert erreur.raison.count(" ; ") == entre


def test_aucun_mot_n_en_dit_deux() -> None:
    for certification in certifications():
        for colonne in colonnes(certification).par_nom.values():
            fait = colonne.fait
            if fait is None:
                continue
            for code, autres in dit_aussi(fait.nom).items():
                for un in autres:
                    assert code not in reponses_de(fait) or code_de(fait, un) == code, (
                        fait.nom,
                        un,
                    )
                    assert trop_peu(fait, un) is None, (fait.nom, un)
            for une in dit_trop_peu(fait.nom):
                assert all(code_de(fait, mot) is None for mot in une["mots"]), fait.nom


def test_un_siret_faux_est_nomme_avec_sa_cellule() -> None:
    (erreur,) = Lecteur().lire({"cle": "K1", "employeur_identifiant": "73282932000075"}).erreurs
    assert erreur.cle == "employeur_identifiant"
    assert "un de ses chiffres est faux" in erreur.raison
    assert not Lecteur().lire({"cle": "K1", "employeur_identifiant": "732 829 320 00074"}).erreurs
