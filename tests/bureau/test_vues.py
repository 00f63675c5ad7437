"""Views of the list: kept under a name, for oneself or for the branch, without what was searched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib.messages import get_messages

from binome.bureau.models import VueGardee
from binome.journal.models import Entree
from tests.dossiers.monde import depose
from tests.dossiers.navigation import envoyer, page

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde

LISTE: Final = "/espace/dossiers/"
VUES: Final = "/espace/vues/"


def test_une_vue_se_garde_sous_un_nom_et_mene_a_son_adresse(client: Client, monde: Monde) -> None:
    depose(monde)
    envoi = envoyer(
        client, monde.emma, VUES, nom="Les FAE  pressées", voie="fae", tri="entree", q="Exemple"
    )
    assert envoi.headers["Location"].startswith(f"{LISTE}?")
    vue = VueGardee.objects.get()
    assert (vue.nom, vue.branche) == ("Les FAE pressées", None)
    assert "Exemple" not in vue.requete, "a search may be somebody's name"
    assert {"voie=fae", "tri=entree"} <= set(vue.requete.split("&"))
    dit = page(client, monde.emma, f"{LISTE}?{vue.requete}")
    assert 'aria-current="page">Les FAE pressées</a>' in dit
    assert "Les FAE pressées" not in page(client, monde.ana, LISTE), "one's own stays one's own"
    assert Entree.objects.filter(objet=f"vue:{vue.pk}", geste="vue.garder").exists()


def test_une_vue_de_la_branche_est_a_tous_ceux_qui_examinent(client: Client, monde: Monde) -> None:
    envoyer(client, monde.emma, VUES, nom="À confirmer", voie="a_confirmer", partagee="oui")
    vue = VueGardee.objects.get()
    assert vue.branche == monde.branche
    assert "À confirmer</a>" in page(client, monde.ana, LISTE)
    for qui in (monde.alice, monde.lea):
        assert "À confirmer</a>" not in page(client, qui, LISTE)
        envoyer(client, qui, f"{VUES}{vue.pk}/oter/", 404)
    envoyer(client, monde.ana, f"{VUES}{vue.pk}/oter/")
    assert not VueGardee.objects.exists()


def test_ce_qui_ne_se_garde_pas_se_dit(client: Client, monde: Monde) -> None:
    envoyer(client, monde.emma, VUES, nom="Une", tri="recent")
    for nom, partagee, qui in (("", "", monde.emma), ("x" * 41, "", monde.emma), ("Une", "", monde.emma), ("UNE", "", monde.emma),
                               ("Mienne", "oui", monde.alice)):  # fmt: skip
        reponse = envoyer(client, qui, VUES, nom=nom, partagee=partagee)
        assert any(un.level_tag == "error" for un in get_messages(reponse.wsgi_request)), nom
    assert VueGardee.objects.count() == 1
