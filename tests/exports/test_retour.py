"""An export comes back: its reference is a key, nothing is made twice, and what was corrected in it is corrected."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from binome.comptes.acteur import Acteur
from binome.comptes.models import Organisation, Personne
from binome.dossiers import services as a_la_main
from binome.dossiers.models import Dossier
from binome.exports.tableau import DEBUT
from binome.imports.services import commencer, comptes, ouvrir_import
from binome.imports.tranches import tout_faire
from binome.journal.models import Entree
from binome.lots.lecture import RACONTEES, lire_lot
from binome.regles.courante import base_courante
from tests.dossiers.monde import Monde, brouillon, construire, depose
from tests.exemples.jeu import jouer
from tests.exports.test_exports import _contenu

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from binome.dossiers.receptions import Import


@pytest.fixture
def monde(db: None) -> Monde:
    return construire()


def test_un_lot_lit_un_export_comme_il_sort(
    client: Client, db: None, tmp_path: Path, settings: Settings
) -> None:
    """The words of the export are those that a lot reads, at the terminal and in the API: nothing is retyped."""
    jouer(settings, tmp_path / "fichiers")
    client.force_login(Personne.objects.get(courriel="gestionnaire@exemple.invalid"))
    for sorte in ("csv", "xlsx"):
        chemin = tmp_path / f"export.{sorte}"
        chemin.write_bytes(_contenu(client, sorte=sorte)[1])
        lues = list(lire_lot(chemin, base_courante().vue("positionnement")))
        assert [une.en_clair() for une in lues if une.erreurs] == []
        par_reference = {une.reference: une.dossier for une in lues}
        assert len(par_reference) == len(lues) > 10
        for dossier in Dossier.objects.filter(reference__in=par_reference):
            faits = base_courante().faits
            for dit in dossier.faits.filter(origine="declare"):
                lu = par_reference[dossier.reference][dit.nom]
                assert faits[dit.nom].en_json(lu) == dit.valeur, (dossier.reference, dit.nom)


def test_un_lot_passe_tout_ce_que_l_export_raconte() -> None:
    assert {*RACONTEES, "Référence"} == {*DEBUT, "Certification"}


def _revenir(
    client: Client,
    qui: Personne,
    organisme: Organisation,
    chemin: Path,
    *,
    sorte: str = "csv",
    **change: str,
) -> Import:
    """The export of an organisation, taken back as an import; `change` writes cells of its first row again."""
    client.force_login(qui)
    contenu = _contenu(client, sorte=sorte)[1]
    if change:
        lignes = list(csv.reader(io.StringIO(contenu.decode("utf-8-sig")), delimiter=";"))
        for titre, texte in change.items():
            lignes[1][lignes[0].index(titre)] = texte
        tampon = io.StringIO()
        csv.writer(tampon, delimiter=";").writerows(lignes)
        contenu = tampon.getvalue().encode()
    chemin.write_bytes(contenu)
    return ouvrir_import(organisme, Acteur(qui), chemin)


def _finir(importation: Import, qui: Personne) -> dict[str, int]:
    commencer(importation, Acteur(qui), deposer=False)
    tout_faire(importation, Acteur(qui))
    return {etat: n for etat, n in comptes(importation).items() if n}


@pytest.mark.parametrize(
    ("sorte", "taille"),
    [
        ("csv", 60),
        pytest.param("csv", 200, marks=pytest.mark.long(3)),
        pytest.param("xlsx", 200, marks=pytest.mark.long(3)),
    ],
)
def test_l_export_du_monde_d_exemple_revient_sans_rien_changer(
    client: Client, db: None, tmp_path: Path, settings: Settings, sorte: str, taille: int
) -> None:
    jouer(settings, tmp_path / "fichiers", taille)
    qui = Personne.objects.get(courriel="gestionnaire@exemple.invalid")
    organisme = Organisation.objects.get(pk__in=Acteur(qui).organisations("gestionnaire"))
    siens = Dossier.objects.filter(organisme=organisme)
    assert len(Counter(siens.values_list("etat", flat=True))) > 4, "a world of every state"
    avant = list(Dossier.objects.order_by("pk").values())
    ecrites = Entree.objects.filter(objet__startswith="dossier:").count()
    importation = _revenir(client, qui, organisme, tmp_path / f"retour.{sorte}", sorte=sorte)
    assert [un.erreurs for un in importation.rangs.all() if un.erreurs] == []
    page = client.get(f"/espace/imports/{importation.pk}/").content.decode()
    assert "rien ne change" in page
    assert _finir(importation, qui) == {"identique": siens.count()}
    assert list(Dossier.objects.order_by("pk").values()) == avant
    assert Entree.objects.filter(objet__startswith="dossier:").count() == ecrites


def test_une_correction_dans_l_export_revient_dans_le_brouillon(
    client: Client, monde: Monde, tmp_path: Path
) -> None:
    dossier = brouillon(monde)
    importation = _revenir(
        client, monde.alice, monde.organisme, tmp_path / "r.csv",
        **{"Clé": "K-7", "Nom": "Corrigé", "AFGSU": "niveau 2"},
    )  # fmt: skip
    page = client.get(f"/espace/imports/{importation.pk}/").content.decode()
    assert "Mettre le brouillon à jour" in page
    assert dossier.reference in page
    assert _finir(importation, monde.alice) == {"changee": 1}
    dossier.refresh_from_db()
    assert (dossier.nom, dossier.cle_import) == ("Corrigé", "K-7")
    assert dossier.faits.get(nom="afgsu_niveau").valeur == 2
    # The key that it was given is now as good as its reference.
    encore = _revenir(client, monde.alice, monde.organisme, tmp_path / "r.csv", **{"Référence": ""})
    assert _finir(encore, monde.alice) == {"identique": 1}
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    ("reference", "dit"),
    [
        ("BM-7KQ4", "Cette référence ne se lit pas"),
        ("ailleurs", "Aucun de vos dossiers n’a cette référence"),
    ],
)
def test_une_reference_qui_n_est_pas_des_siennes_se_refuse(
    client: Client, monde: Monde, tmp_path: Path, reference: str, dit: str
) -> None:
    depose(monde)
    ailleurs = a_la_main.ouvrir(monde.autre, Acteur(monde.charlie), exemple=True)
    dite = ailleurs.reference if reference == "ailleurs" else reference
    importation = _revenir(
        client, monde.alice, monde.organisme, tmp_path / "r.csv", **{"Référence": dite}
    )
    (erreur,) = importation.rangs.get().erreurs
    assert erreur["cle"] == "reference"
    assert dit in erreur["raison"]


def test_deux_lignes_d_un_dossier_se_disent(client: Client, monde: Monde, tmp_path: Path) -> None:
    """By its reference on one row, by its key on another: they are one, and neither key takes another's dossier."""
    premier = a_la_main.ouvrir(monde.organisme, Acteur(monde.alice), exemple=True, cle_import="K1")
    second = a_la_main.ouvrir(monde.organisme, Acteur(monde.alice), exemple=True, cle_import="K2")
    chemin = tmp_path / "t.csv"
    chemin.write_text(
        f"Référence;Clé;Nom\n{premier.reference};;Un\n;k1;Deux\n{second.reference};K1;Trois\n",
        encoding="utf-8",
    )
    importation = ouvrir_import(monde.organisme, Acteur(monde.alice), chemin)
    dites: list[list[Any]] = [
        [une["raison"] for une in un.erreurs] for un in importation.rangs.order_by("numero")
    ]
    assert dites[0] == []
    assert dites[1] == ["cette clé est déjà celle de la ligne 2"]
    assert (
        dites[2][0]
        == f"Cette clé est celle d’un autre dossier que {second.reference}. Gardez l’une des deux."
    )


def test_un_classeur_donne_la_reference_d_abord(client: Client, monde: Monde) -> None:
    depose(monde)
    client.force_login(monde.alice)
    feuille = load_workbook(io.BytesIO(_contenu(client, sorte="xlsx")[1])).worksheets[0]
    assert [une.value for une in feuille[1]][:2] == ["Référence", "Clé"]
