"""The page of an import: what is ready is seen as it was read, and a part brought in is as good as a load."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from binome.comptes.acteur import Acteur
from binome.comptes.services import creer_organisation
from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier
from binome.dossiers.receptions import EtatDeLigne
from binome.imports import services, tranches
from tests.dossiers.monde import suivi_par
from tests.imports.tableau import TITRES, ligne_de, xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from binome.dossiers.receptions import Import
    from tests.dossiers.monde import Monde

HTMX: dict[str, Any] = {"headers": {"HX-Request": "true"}}


def _ouvrir(
    monde: Monde, tmp_path: Path, *lignes: list[str], titres: tuple[str, ...] = TITRES
) -> Import:
    chemin = tmp_path / "t.xlsx"
    chemin.write_bytes(xlsx(*lignes, titres=titres))
    return services.ouvrir_import(monde.organisme, Acteur(monde.alice), chemin)


def _corps(page: str) -> str:
    """The part of a page that is brought anew, without what only a part that comes says of itself."""
    corps = page[page.index('<div id="corps-import">') :]
    corps = corps[: corps.index("Les autres lignes sont effacées.")]
    corps = re.sub(r'<p class="message ligne-faite".*?</p>', "", corps, flags=re.DOTALL)
    corps = re.sub(
        r'name="csrfmiddlewaretoken" value="\w+"|tabindex="-1" autofocus|\bhx-preserve\b', "", corps
    )
    return re.sub(r">\s*<", "><", " ".join(corps.split())).replace(" >", ">")


def _dit(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


DEUX_FOIS = {"nom": "Jumelée", "courriel": "n@exemple.fr"}


@pytest.mark.parametrize(
    ("numero", "envoi", "etat"),
    [
        (4, {"c-courriel": "n@exemple.fr"}, EtatDeLigne.BONNE),
        (4, {"c-courriel": "encore"}, EtatDeLigne.A_MENDER),
        (4, {"ecarter": "oui"}, EtatDeLigne.ECARTEE),
        (5, {"c-situation": "salarie_autre", "partout": "situation"}, EtatDeLigne.BONNE),
        (2, {"ecarter": "oui", "depuis": "pretes"}, EtatDeLigne.ECARTEE),
        (3, {"distincte": "oui", "depuis": "pretes"}, EtatDeLigne.BONNE),
    ],
)
def test_ce_qui_s_echange_vaut_un_chargement(
    client: Client, monde: Monde, tmp_path: Path, numero: int, envoi: dict[str, str], etat: str
) -> None:
    importation = _ouvrir(
        monde, tmp_path,
        ligne_de(1, **DEUX_FOIS), ligne_de(2, nom="Jumelée"), ligne_de(3, nom="Jumelée", courriel="x"),
        ligne_de(4, situation="Salariée"), ligne_de(5, situation="Salariée"),
    )  # fmt: skip
    client.force_login(monde.alice)
    adresse = f"/espace/imports/{importation.pk}/"
    avant = _corps(client.get(adresse).content.decode())
    morceau = client.post(f"{adresse}lignes/{numero}/", envoi, **HTMX).content.decode()
    charge = client.get(adresse).content.decode()
    assert importation.rangs.get(numero=numero).etat == etat
    assert _corps(morceau) == _corps(charge)
    assert _corps(morceau) != avant, "a part that says nothing new is not looked at"
    assert morceau.count("autofocus") == 1, "the focus stays where one was"


def test_une_ligne_corrigee_change_les_comptes_et_dit_le_doublon(
    client: Client, monde: Monde, tmp_path: Path
) -> None:
    importation = _ouvrir(
        monde, tmp_path, ligne_de(1, **DEUX_FOIS), ligne_de(2, nom="jumelee", courriel="x")
    )
    client.force_login(monde.alice)
    adresse = f"/espace/imports/{importation.pk}/"
    avant = _dit(client.get(adresse).content.decode())
    assert "À corriger : 1" in avant
    assert "Créer le dossier" in avant
    assert "eut-être la même personne" not in avant
    morceau = client.post(f"{adresse}lignes/3/", {"c-courriel": "N@exemple.fr"}, **HTMX)
    dit = _dit(morceau.content.decode())
    assert "Prêtes : 2" in dit
    assert "Créer les 2 dossiers" in dit
    assert "Peut-être la même personne qu’à la ligne 2" in dit
    assert "Ce sont deux personnes" in dit
    apres = client.post(f"{adresse}lignes/3/", {"distincte": "oui", "depuis": "pretes"}, **HTMX)
    assert "eut-être la même personne" not in _dit(apres.content.decode())
    client.post(f"{adresse}lignes/3/", {"ecarter": "oui", "depuis": "pretes"})
    assert "Créer le dossier" in _dit(client.get(adresse).content.decode())
    assert importation.rangs.get(numero=3).cellules == {}


def test_ce_qui_est_tape_dans_les_autres_lignes_reste(
    client: Client, monde: Monde, tmp_path: Path
) -> None:
    """The part that comes leaves the other rows, and the choice under them, as they stand in the page."""
    importation = _ouvrir(
        monde, tmp_path, ligne_de(1), *(ligne_de(n, situation="Salariée") for n in (2, 3)), ligne_de(4, courriel="x")
    )  # fmt: skip
    client.force_login(monde.alice)
    adresse = f"/espace/imports/{importation.pk}/lignes/3/"
    morceau = client.post(adresse, {"c-situation": "en poste"}, **HTMX).content.decode()
    gardes = re.findall(r'id="([\w-]+)"\s+hx-preserve', morceau)
    assert gardes == ["que-faire", "ligne-4", "ligne-5"]
    partout = {"c-situation": "salarie_cabinet", "partout": "situation"}
    client.post(f"/espace/imports/{importation.pk}/lignes/4/", partout, **HTMX)
    assert importation.rangs.filter(etat=EtatDeLigne.A_MENDER).count() == 2, (
        "« en poste » is another mistake"
    )


def test_une_correction_vaut_pour_toutes_les_lignes_qui_disent_la_meme_chose(
    client: Client, monde: Monde, tmp_path: Path
) -> None:
    lignes = [
        ligne_de(n, situation="Salariée", courriel="x" if n == 3 else f"l{n}@exemple.fr")
        for n in range(1, 5)
    ]
    importation = _ouvrir(monde, tmp_path, *lignes)
    client.force_login(monde.alice)
    adresse = f"/espace/imports/{importation.pk}/"
    assert "Faire de même des 3 autres lignes qui disent « Salariée »" in _dit(
        client.get(adresse).content.decode()
    )
    envoi = {"c-situation": "salarie_cabinet", "partout": "situation"}
    dit = _dit(client.post(f"{adresse}lignes/2/", envoi, **HTMX).content.decode())
    assert "Ligne 2 : prête. 3 autres lignes corrigées de même." in dit
    assert [un.etat for un in importation.rangs.order_by("numero")] == [
        "bonne",
        "bonne",
        "a_mender",
        "bonne",
    ]


def test_ce_qui_est_lu_se_voit_en_mots(client: Client, monde: Monde, tmp_path: Path) -> None:
    titres = (*TITRES, "Niveau", "Expérience secrétariat", "Tél.")
    ligne = [
        *ligne_de(1, naissance="15/01/90", entree="15/01/27"),
        "Bac",
        "3 ans et demi",
        "612345678",
    ]
    importation = _ouvrir(monde, tmp_path, ligne, titres=titres)
    client.force_login(monde.alice)
    dit = _dit(client.get(f"/espace/imports/{importation.pk}/").content.decode())
    for attendu in (
        "Léa Exemple 1", "Date de naissance 15 janvier 1990", "Date d’entrée en formation 15 janvier 2027",
        "Niveau du plus haut diplôme validé baccalauréat (niveau 4)", "42 mois", "titre de secrétaire médical",
        "salariée ou salarié d’un cabinet médical libéral", "Téléphone 0612345678",
        "Le téléphone avait perdu son zéro",
    ):  # fmt: skip
        assert attendu in dit, attendu
    assert 'class="erreur"' not in client.get(f"/espace/imports/{importation.pk}/").content.decode()


def test_ce_que_l_on_devine_est_deja_choisi(client: Client, monde: Monde, tmp_path: Path) -> None:
    importation = _ouvrir(
        monde,
        tmp_path,
        ligne_de(1, situation="un centre de santée"),
        ligne_de(2, situation="Salariée"),
    )
    client.force_login(monde.alice)
    page = client.get(f"/espace/imports/{importation.pk}/").content.decode()
    assert re.findall(r'<option value="(\w+)"\s+selected', page) == ["salarie_centre_sante"]
    assert "vouliez-vous dire « salariée ou salarié d’un centre de santé » ?" in _dit(page)
    d_abord = page[page.index("Ce que cela peut dire") : page.index("Les autres réponses")]
    assert re.findall(r'value="(\w+)"', d_abord) == [
        "salarie_cabinet",
        "salarie_centre_sante",
        "salarie_autre",
    ]


def test_apres_la_creation_les_dossiers_se_trouvent_et_disent_ce_qui_leur_manque(
    client: Client, monde: Monde, tmp_path: Path
) -> None:
    importation = _ouvrir(monde, tmp_path, ligne_de(1), ligne_de(2, employeur=""), ligne_de(3))
    alice = Acteur(monde.alice)
    services.commencer(importation, alice, deposer=True)
    tranches.tout_faire(importation, alice)
    client.force_login(monde.alice)
    page = client.get(f"/espace/imports/{importation.pk}/").content.decode()
    dit = _dit(page)
    assert "3 dossiers créés" in dit
    assert "2 sont déposés à la branche" in dit
    assert "1 reste un brouillon" in dit
    for dossier in Dossier.objects.all():
        assert f'href="/espace/dossiers/{dossier.reference}/"' in page
    brouillon = Dossier.objects.get(etat=Etat.BROUILLON)
    assert f'href="/espace/dossiers/{brouillon.reference}/saisie/"' in page
    assert "Il manque l’employeur." in dit


def test_l_apercu_dit_que_l_employeur_associe_ne_suivra_plus(
    client: Client, monde: Monde, tmp_path: Path
) -> None:
    """Said before it is written: who employs loses the dossier when a row names another number."""
    titres = (*TITRES, "SIRET ou RPPS", "Session souhaitée")
    siret = "73282932000074"
    importation = _ouvrir(monde, tmp_path, [*ligne_de(1), siret, ""], titres=titres)
    services.commencer(importation, Acteur(monde.alice), deposer=False)
    tranches.tout_faire(importation, Acteur(monde.alice))
    dossier = Dossier.objects.get()
    cabinet = creer_organisation("cabinet", "Cabinet d’exemple", identifiant=siret, exemple=True)
    suivi_par(dossier, cabinet)
    dite = "L’employeur associé à ce dossier ne le suivra plus"
    client.force_login(monde.alice)
    for numero, attendu in ((siret, False), ("35600000009075", True)):
        suite = _ouvrir(monde, tmp_path, [*ligne_de(1), numero, "Autre"], titres=titres)
        page = client.get(f"/espace/imports/{suite.pk}/").content.decode()
        assert (dite in _dit(page)) is attendu, numero
        services.abandonner(suite, Acteur(monde.alice))
