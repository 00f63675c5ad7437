"""One person filed twice is said before any dossier is made, as the form says it; nothing is stopped."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.dossiers import services as a_la_main
from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier
from binome.dossiers.receptions import EtatDeLigne
from binome.imports import doutes as module_des_doutes
from binome.imports import services, tranches
from binome.imports.doutes import doutes
from binome.imports.vues import suivi
from tests.dossiers.monde import brouillon
from tests.imports.tableau import TITRES, ligne_de, xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from binome.comptes.models import Organisation, Personne
    from binome.dossiers.receptions import Import
    from tests.dossiers.monde import Monde


def _ouvrir(organisme: Organisation, qui: Personne, tmp_path: Path, *lignes: list[str]) -> Import:
    chemin = tmp_path / "t.xlsx"
    chemin.write_bytes(xlsx(*lignes, titres=(*TITRES, "Téléphone")))
    return services.ouvrir_import(organisme, Acteur(qui), chemin)


def _creer(importation: Import, qui: Personne) -> None:
    services.commencer(importation, Acteur(qui), deposer=False)
    tranches.tout_faire(importation, Acteur(qui))


def test_la_meme_personne_deux_fois_dans_un_fichier(
    client: Client, monde: Monde, tmp_path: Path
) -> None:
    importation = _ouvrir(
        monde.organisme, monde.alice, tmp_path,
        ligne_de(1, nom="Jumelée", courriel="n@exemple.fr"),
        ligne_de(2, nom="Autre", naissance="04/05/1984"),
        ligne_de(3, nom="JUMELEE", courriel="N@exemple.fr"),
    )  # fmt: skip
    phrase = (
        "peut-être la même personne qu’à la ligne 2 (même nom, même date de naissance, "
        "même adresse électronique)"
    )
    assert doutes(importation, Acteur(monde.alice)) == [(4, phrase, True)]
    client.force_login(monde.alice)
    adresse = f"/espace/imports/{importation.pk}/"
    assert f"P{phrase[1:]}." in client.get(adresse).content.decode()
    _creer(importation, monde.alice)
    assert "eut-être la même personne" not in client.get(adresse).content.decode()


def test_une_personne_qui_a_deja_un_dossier(monde: Monde, tmp_path: Path) -> None:
    deja = brouillon(monde)
    soi = {
        "prenom": deja.prenom, "nom": deja.nom,
        "naissance": f"{deja.naissance:%d/%m/%Y}", "courriel": "x@exemple.fr",
    }  # fmt: skip
    importation = _ouvrir(monde.organisme, monde.alice, tmp_path, ligne_de(1, **soi))
    ((numero, phrase, _),) = doutes(importation, Acteur(monde.alice))
    assert numero == 2
    assert phrase.startswith(
        f"peut-être la même personne que dans le dossier {deja.reference} (même nom"
    )
    # Elsewhere, no more is said than by the form: neither the reference nor the name of the other.
    ailleurs = _ouvrir(monde.autre, monde.charlie, tmp_path, ligne_de(1, **soi))
    ((_, phrase, _),) = doutes(ailleurs, Acteur(monde.charlie))
    assert phrase.endswith("que dans un dossier d’un autre organisme. La branche vérifiera")
    a_la_main.retirer(deja, Acteur(monde.alice), version=deja.version)
    assert doutes(importation, Acteur(monde.alice)) == []


@pytest.mark.parametrize(
    ("jours", "que_faire"), [(0, "Rétablissez-le depuis sa page, ou"), (31, "Donnez une autre clé")]
)
def test_la_cle_d_un_dossier_retire_se_dit_avant_et_apres(
    client: Client, monde: Monde, tmp_path: Path, jours: int, que_faire: str
) -> None:
    _creer(_ouvrir(monde.organisme, monde.alice, tmp_path, ligne_de(1)), monde.alice)
    dossier = Dossier.objects.get()
    a_la_main.retirer(dossier, Acteur(monde.alice), version=dossier.version)
    avant = timezone.localtime() - timedelta(days=jours)
    Dossier.objects.filter(pk=dossier.pk).update(clos_le=avant, cree_le=avant)
    importation = _ouvrir(
        monde.organisme, monde.alice, tmp_path, ligne_de(1, cle="k1"), ligne_de(2)
    )
    client.force_login(monde.alice)
    adresse = f"/espace/imports/{importation.pk}/"
    dit = f"Le dossier {dossier.reference} est retiré. {que_faire}"
    assert dit in client.get(adresse).content.decode()
    assert client.post(f"{adresse}creer/", {"deposer": "oui"}).status_code == 302
    importation = tranches.tout_faire(importation, Acteur(monde.alice))
    rang = importation.rangs.get(numero=2)
    assert rang.etat == EtatDeLigne.LAISSEE
    lue = client.get(adresse).content.decode()
    assert dit in lue
    dossier.refresh_from_db()
    assert dossier.etat == Etat.RETIRE
    assert Dossier.objects.count() == 2


def test_la_cle_d_un_dossier_retire_ailleurs_ne_dit_rien(monde: Monde, tmp_path: Path) -> None:
    _creer(_ouvrir(monde.autre, monde.charlie, tmp_path, ligne_de(1)), monde.charlie)
    dossier = Dossier.objects.get()
    a_la_main.retirer(dossier, Acteur(monde.charlie), version=dossier.version)
    importation = _ouvrir(monde.organisme, monde.alice, tmp_path, ligne_de(1))
    assert doutes(importation, Acteur(monde.alice)) == []


def test_le_dossier_d_une_ligne_n_est_pas_un_doute(monde: Monde, tmp_path: Path) -> None:
    _creer(_ouvrir(monde.organisme, monde.alice, tmp_path, ligne_de(1, cle="zc-9")), monde.alice)
    assert Dossier.objects.filter(cle_import="zc-9").exists()
    encore = _ouvrir(monde.organisme, monde.alice, tmp_path, ligne_de(1, cle="ZC-9"))
    assert doutes(encore, Acteur(monde.alice)) == []
    autre_cle = _ouvrir(monde.organisme, monde.alice, tmp_path, ligne_de(1, cle="ZC-10"))
    assert len(doutes(autre_cle, Acteur(monde.alice))) == 1


def test_une_page_dit_quand_tout_n_est_pas_compare(
    client: Client, monde: Monde, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (module_des_doutes, suivi):
        monkeypatch.setattr(module, "COMPAREES", 1)
    lignes = [ligne_de(1), ligne_de(2, nom="Exemple 1")]
    importation = _ouvrir(monde.organisme, monde.alice, tmp_path, *lignes)
    assert doutes(importation, Acteur(monde.alice)) == []
    client.force_login(monde.alice)
    page = client.get(f"/espace/imports/{importation.pk}/").content.decode()
    assert "Seules les 1 premières lignes prêtes ont été comparées" in page


def test_un_zero_rendu_est_dit(monde: Monde, tmp_path: Path) -> None:
    ligne = [*ligne_de(1), "612345678"]
    importation = _ouvrir(monde.organisme, monde.alice, tmp_path, ligne)
    assert doutes(importation, Acteur(monde.alice)) == [
        (2, "le téléphone avait perdu son zéro ; il est lu 0612345678", False)
    ]
    _creer(importation, monde.alice)
    assert Dossier.objects.get(cle_import="K1").telephone == "0612345678"
