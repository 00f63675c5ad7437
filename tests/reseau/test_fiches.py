"""An organisation says where it trains and who trains there; what it does not know stays unknown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.core.serializers import serialize
from django.db import IntegrityError, transaction

from binome.comptes.acteur import Acteur
from binome.conservation.cloture import clore_le_compte
from binome.gestes.recit import recit
from binome.gestes.services import faire
from binome.journal.chaine import verifier
from binome.journal.models import Entree
from binome.journal.reconciliation import differences
from binome.reseau.etats import EtatDeFormateur, EtatDeSite
from binome.reseau.flows import FORMATEURS, SITES
from binome.reseau.models import Formateur, SiteDeFormation
from binome.reseau.registre import en_archive, refaire
from tests.reseau.vie import FORMATEUR, SITE, un_formateur, un_site

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde


def lire(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200, adresse
    contenu: str = reponse.content.decode()
    return contenu.replace("\xa0", " ").replace("\u202f", " ")


def test_un_site_s_ajoute_se_corrige_se_ferme_et_se_rouvre(monde: Monde, client: Client) -> None:
    client.force_login(monde.alice)
    assert "Aucun site pour l’instant. Ajoutez" in lire(client, "/espace/reseau/")
    suite = client.post("/espace/reseau/sites/nouveau/", SITE, follow=True).content.decode()
    assert "Le site est ajouté." in suite
    site = SiteDeFormation.objects.get()
    assert (site.organisme, site.departement, site.places) == (monde.organisme, "53", 15)
    assert "Mayenne" in suite
    fiche = f"/espace/reseau/sites/{site.pk}/"
    assert 'value="Laval centre"' in lire(client, fiche)
    corrige = {**SITE, "places": "", "version": "1"}
    client.post(fiche, corrige)
    site.refresh_from_db()
    assert (site.places, site.version) == (None, 2)
    assert "Nombre de places : non dit." in lire(client, f"/espace/suivis/sites/{site.pk}/")
    for nom, etat in (("fermer", EtatDeSite.FERME), ("rouvrir", EtatDeSite.OUVERT)):
        client.post(f"/espace/suivis/sites/{site.pk}/{nom}/", {"version": site.version})
        site.refresh_from_db()
        assert site.etat == etat
    assert [un.mot for un in recit(SITES, site, interne=True)] == [
        "Site rouvert", "Site fermé", "Site corrigé", "Site ajouté",
    ]  # fmt: skip
    assert not list(differences())
    assert verifier() is None


@pytest.mark.parametrize(
    ("donnees", "phrase"),
    [
        ({"nom": ""}, "Donnez un nom à ce site."),
        ({"commune": " "}, "Dites dans quelle commune."),
        ({"departement": ""}, "Choisissez le département."),
        ({"departement": "99"}, "Sélectionnez un choix valide"),
        ({"code_postal": "5300"}, "Un code postal a cinq chiffres."),
        ({"places": "0"}, "Donnez un nombre entier de 1 à 500 places."),
        ({"places": "quinze"}, "Donnez un nombre entier de 1 à 500 places."),
        ({"nom": "laval CENTRE"}, "Un de vos sites porte déjà ce nom"),
    ],
)
def test_ce_qui_manque_est_nomme_et_rien_ne_se_perd(
    monde: Monde, client: Client, donnees: dict[str, str], phrase: str
) -> None:
    un_site(monde)
    client.force_login(monde.alice)
    recu = {**SITE, "nom": "Autre", "adresse": "1 rue de l’Essai", **donnees}
    refus = client.post("/espace/reseau/sites/nouveau/", recu)
    assert refus.status_code == 422
    page = refus.content.decode()
    assert phrase in page
    assert "1 rue de l’Essai" in page
    assert SiteDeFormation.objects.count() == 1


def test_deux_onglets_ne_s_ecrasent_pas(monde: Monde, client: Client) -> None:
    site = un_site(monde)
    client.force_login(monde.alice)
    fiche = f"/espace/reseau/sites/{site.pk}/"
    client.post(fiche, {**SITE, "places": "12", "version": "1"})
    depasse = client.post(fiche, {**SITE, "places": "20", "version": "1"})
    assert depasse.status_code == 409
    assert 'value="20"' in depasse.content.decode()
    site.refresh_from_db()
    assert site.places == 12


def test_chacun_chez_soi(monde: Monde, client: Client) -> None:
    site, un = un_site(monde), un_formateur(monde)
    client.force_login(monde.charlie)
    for adresse in (
        f"/espace/suivis/sites/{site.pk}/", f"/espace/reseau/sites/{site.pk}/",
        f"/espace/suivis/formateurs/{un.pk}/", f"/espace/reseau/formateurs/{un.pk}/",
    ):  # fmt: skip
        assert client.get(adresse).status_code == 404, adresse
    client.force_login(monde.bob)
    assert client.get(f"/espace/suivis/sites/{site.pk}/").status_code == 200
    assert client.get(f"/espace/reseau/sites/{site.pk}/").status_code == 403
    assert client.get(f"/espace/suivis/formateurs/{un.pk}/").status_code == 404
    client.force_login(monde.lea)
    assert client.get("/espace/reseau/").status_code == 404


def test_une_personne_qui_forme_est_dite_sans_plus(monde: Monde, client: Client) -> None:
    client.force_login(monde.alice)
    recu = {**FORMATEUR, "compte": str(monde.bob.pk), "depuis": "2026-01-05"}
    client.post("/espace/reseau/formateurs/nouveau/", recu)
    un = Formateur.objects.get()
    assert (un.compte, un.annees, un.forme_a_former, un.soignant) == (monde.bob, 4, True, True)
    client.post(f"/espace/reseau/formateurs/{un.pk}/", {"nom": "Zylberstéin", "version": "1"})
    un.refresh_from_db()
    assert (un.compte, un.annees, un.forme_a_former, un.soignant) == (None, None, None, None)
    page = lire(client, f"/espace/suivis/formateurs/{un.pk}/")
    assert page.count("Non dit") == 4
    naissance = Entree.objects.get(geste="formateurs.ajouter")
    assert "Zylberst" not in json.dumps([naissance.apres, naissance.lignes], ensure_ascii=False)


@pytest.mark.parametrize("deja", [False, True])
def test_un_compte_est_de_l_organisme_et_d_une_seule_personne(
    monde: Monde, client: Client, deja: bool
) -> None:
    if deja:
        un_formateur(monde, compte=monde.bob)
    client.force_login(monde.alice)
    compte = monde.bob if deja else monde.charlie
    refus = client.post(
        "/espace/reseau/formateurs/nouveau/", {**FORMATEUR, "compte": str(compte.pk)}
    )
    assert refus.status_code == 422
    assert Formateur.objects.count() == int(deja)


def _toute_la_table() -> str:
    return str(serialize("json", Formateur.objects.all()))


def test_le_nom_s_efface_et_ce_qui_est_compte_reste(monde: Monde) -> None:
    un = un_formateur(monde)
    faire(FORMATEURS, "effacer", un, Acteur(monde.alice), version=un.version)
    un.refresh_from_db()
    assert (un.etat, str(un), un.annees) == (EtatDeFormateur.EFFACE, "nom effacé", 4)
    assert "Zylber" not in _toute_la_table()
    assert not list(differences())
    assert verifier() is None
    assert refaire(un.pk, un.repere, auteur="systeme", motif="x") is False
    assert refaire(un.pk, "un autre jour", auteur="systeme", motif="x") is None


def test_clore_un_compte_efface_la_personne_qui_forme(monde: Monde) -> None:
    un = un_formateur(monde, compte=monde.bob)
    (dit,) = en_archive(monde.bob)
    assert (dit["organisme"], dit["nom"]) == ("Organisme A", "Zylberstéin")
    clore_le_compte(monde.bob, auteur=monde.bob.sujet, motif="Demande de la personne")
    un.refresh_from_db()
    assert un.etat == EtatDeFormateur.EFFACE
    assert "Zylber" not in _toute_la_table()
    assert not list(differences())


def test_une_restauration_efface_de_nouveau(monde: Monde) -> None:
    un = un_formateur(monde)
    assert refaire(un.pk, un.repere, auteur="systeme", motif="x") is True
    un.refresh_from_db()
    assert un.etat == EtatDeFormateur.EFFACE


@pytest.mark.postgresql
@pytest.mark.parametrize("autre", [{"nom": ""}, {"etat": EtatDeFormateur.EFFACE}])
def test_la_base_refuse_un_nom_efface_a_moitie(monde: Monde, autre: dict[str, str]) -> None:
    un = un_formateur(monde)
    with pytest.raises(IntegrityError), transaction.atomic():
        Formateur.objects.filter(pk=un.pk).update(**autre)
