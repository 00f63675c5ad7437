"""A flow of one gesture, declared by one table: its permission, page, bulk form, journal, story and matrix."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binome.comptes.acteur import Acteur
from binome.gestes.annonce import matrice
from binome.gestes.auteur import Maison
from binome.gestes.auteur import personne as personne_de
from binome.gestes.passage import Passage
from binome.gestes.recit import recit
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.registre import declarer_flux, flux_nomme
from binome.gestes.services import faire, faire_tous
from binome.journal.chaine import verifier
from binome.journal.histoire import histoire
from binome.journal.models import Entree
from binome.journal.reconciliation import differences
from tests.dossiers.monde import dire
from tests.gestes.atelier.flows import FLUX
from tests.gestes.atelier.models import Demande
from tests.matrice.table import lire

if TYPE_CHECKING:
    from django.test import Client

    from binome.gestes.table import Flux
    from tests.dossiers.monde import Monde


def _demandes(monde: Monde, nombre: int = 1) -> list[Demande]:
    creees = [
        Demande.objects.create(nom=f"Demande {rang}", organisme=monde.organisme)
        for rang in range(nombre)
    ]
    for une in creees:
        dire(une.objet, une)
    return creees


def test_le_geste_ecrit_l_etat_la_version_et_le_journal(monde: Monde) -> None:
    (demande,) = _demandes(monde)
    faire(
        FLUX, "envoyer", demande, Acteur(monde.alice), version=1, donnees={"motif": "Léa l’attend"}
    )
    demande.refresh_from_db()
    assert (demande.etat, demande.version) == ("envoyee", 2)
    entree = histoire(demande.objet)[-1]
    assert (entree["geste"], entree["auteur"]) == ("demande.envoyer", monde.alice.sujet)
    assert (entree["avant"], entree["apres"]) == ({"etat": "prete"}, {"etat": "envoyee"})
    assert not list(differences())
    assert verifier() is None


def test_qui_puis_quoi_puis_quand(monde: Monde) -> None:
    (demande,) = _demandes(monde)
    alice, bob = Acteur(monde.alice), Acteur(monde.bob)
    with pytest.raises(GesteImpossible, match="Votre rôle"):
        faire(FLUX, "envoyer", demande, bob, version=1)
    with pytest.raises(GesteImpossible, match="Dites pourquoi"):
        faire(FLUX, "envoyer", demande, alice, version=1, donnees={"motif": "  "})
    with pytest.raises(Depasse, match="Cette demande"):
        faire(FLUX, "envoyer", demande, alice, version=3, donnees={"motif": "x"})
    faire(FLUX, "envoyer", demande, alice, version=1, donnees={"motif": "x"})
    with pytest.raises(GesteImpossible, match="la demande est « Envoyée »"):
        faire(FLUX, "envoyer", demande, alice, version=2, donnees={"motif": "x"})


def test_la_page_montre_le_geste_et_raconte_la_suite(monde: Monde, client: Client) -> None:
    (demande,) = _demandes(monde)
    adresse = f"/espace/suivis/demande/{demande.pk}/"
    client.force_login(monde.bob)
    assert "Envoyer la demande" not in client.get(adresse).content.decode()
    assert client.post(f"{adresse}envoyer/", {"version": 1}).status_code == 403
    client.force_login(monde.charlie)
    assert client.get(adresse).status_code == 404
    client.force_login(monde.alice)
    page = client.get(adresse).content.decode()
    assert "Envoyer la demande" in page
    assert re.search("<label[^>]*>Pourquoi</label>", page)
    refusee = client.post(f"{adresse}envoyer/", {"version": 1, "motif": ""})
    assert refusee.status_code == 422
    assert "Dites pourquoi" in refusee.content.decode()
    depassee = client.post(f"{adresse}envoyer/", {"version": 7, "motif": "Ce que j’ai tapé"})
    assert depassee.status_code == 409
    assert "Ce que j’ai tapé" in depassee.content.decode()
    suite = client.post(f"{adresse}envoyer/", {"version": 1, "motif": "Elle presse"}, follow=True)
    dite = suite.content.decode()
    for texte in (
        "La demande est envoyée.",
        "Envoyée",
        "Demande envoyée",
        "par l’organisme",
        "Elle presse",
    ):
        assert texte in dite, texte
    assert [un.mot for un in recit(FLUX, demande, interne=True)] == ["Demande envoyée"]


def test_la_liste_fait_le_geste_sur_plusieurs_et_dit_ce_qu_elle_laisse(
    monde: Monde, client: Client
) -> None:
    premiere, seconde, troisieme = _demandes(monde, 3)
    client.force_login(monde.alice)
    adresse = "/espace/suivis/demande/"
    liste = client.get(adresse).content.decode()
    assert liste.count('name="objet"') == 3
    assert "suivis/demande/ensemble/envoyer/" in liste
    coches = {
        "objet": [f"{premiere.pk}:1", f"{seconde.pk}:1", f"{troisieme.pk}:4"],
        "motif": "Tout",
    }
    page = client.post(f"{adresse}ensemble/envoyer/", coches, follow=True).content.decode()
    assert "La demande est envoyée. 2 en tout." in page
    assert "Cette demande a changé entre-temps" in page
    assert "Relisez-la," in page
    assert list(Demande.objects.values_list("etat", flat=True)) == ["envoyee", "envoyee", "prete"]
    assert not list(differences())


def test_un_texte_trop_long_est_refuse_en_mots_et_revient_entier(
    monde: Monde, client: Client
) -> None:
    (demande,) = _demandes(monde)
    client.force_login(monde.alice)
    adresse = f"/espace/suivis/demande/{demande.pk}/envoyer/"
    refus = client.post(adresse, {"version": 1, "motif": "x" * 6014})
    assert refus.status_code == 422
    assert "5\u202f000 au plus" in refus.content.decode().replace("\xa0", "\u202f")
    assert "x" * 6014 in refus.content.decode()
    assert Demande.objects.get().etat == "prete"
    # A browser counts an end of line for one, and sends two characters.
    entier = {"version": 1, "motif": "x\r\n" * 2499 + "xx"}
    assert client.post(adresse, entier).status_code == 302


def test_un_geste_sur_trop_d_objets_dit_combien_il_laisse(monde: Monde, client: Client) -> None:
    (demande,) = _demandes(monde)
    client.force_login(monde.alice)
    coches = [f"{demande.pk}:1", *(f"{10**6 + rang}:1" for rang in range(102))]
    dite = client.post(
        "/espace/suivis/demande/ensemble/envoyer/", {"objet": coches, "motif": "Tout"}, follow=True
    ).content.decode()
    assert "1 en tout." in dite
    assert "3 sont restés comme ils étaient" in dite


def test_la_liste_se_lit_page_par_page_et_garde_son_filtre(monde: Monde, client: Client) -> None:
    Demande.objects.bulk_create(
        Demande(
            nom=f"Demande {rang:03}",
            organisme=monde.organisme,
            etat="envoyee" if rang % 5 == 0 else "prete",
        )
        for rang in range(130)
    )
    Demande.objects.create(nom="Celle d’un autre", organisme=monde.autre)
    client.force_login(monde.alice)
    adresse, suite, lues = "/espace/suivis/demande/", "", []
    while True:
        page = client.get(f"{adresse}?etat=prete{suite}").content.decode()
        lues += re.findall(r">(Demande \d+)</a>", page)
        assert '<strong class="nombre">104</strong> en tout' in page
        suivante = re.search(r'href="\?etat=prete(&amp;apres=_\d+)">Page suivante', page)
        if suivante is None:
            break
        suite = suivante[1].replace("&amp;", "&")
    assert lues == [f"Demande {rang:03}" for rang in range(130) if rang % 5]
    assert "Page précédente" in page
    (avant,) = re.findall(r'href="(\?etat=prete&amp;avant=_\d+)"', page)
    precedente = client.get(adresse + avant.replace("&amp;", "&")).content.decode()
    assert precedente.count('name="objet"') == 100
    # The gesture is made from the page where one stands, and comes back to it.
    envoi = f"{adresse}ensemble/envoyer/?etat=prete{suite}"
    assert envoi.replace("&", "&amp;") in page
    assert client.post(envoi, {}).headers["Location"] == f"{adresse}?etat=prete{suite}"


@pytest.mark.parametrize(
    "adresse", ["?etat=hasard", "?apres=2026-01-01_3", "?apres=_", "?avant=_1", "?apres=x"]
)
def test_une_adresse_qui_ne_veut_rien_dire_montre_le_debut(
    monde: Monde, client: Client, adresse: str
) -> None:
    _demandes(monde, 2)
    client.force_login(monde.bob)
    reponse = client.get(f"/espace/suivis/demande/{adresse}")
    assert reponse.status_code == 200
    assert "Demande 1" in reponse.content.decode()


def test_un_geste_sur_cinquante_coute_les_requetes_de_cinq(monde: Monde) -> None:
    def requetes(nombre: int) -> int:
        passages = [Passage(une, 1, {"motif": "x"}) for une in _demandes(monde, nombre)]
        alice = Acteur(monde.alice)
        assert alice.gere
        with CaptureQueriesContext(connection) as lues:
            bilan = faire_tous(FLUX, "envoyer", passages, alice)
        assert len(bilan.passes) == nombre
        return len(lues)

    requetes(1)
    assert requetes(50) <= requetes(5) + 2


def test_la_matrice_connait_le_flux(monde: Monde) -> None:
    assert flux_nomme("demande") is FLUX
    assert dict(matrice(FLUX)) == {"envoyer": {"organisme"}}
    _, lignes = lire()
    dites = {une.adresse for une in lignes if une.adresse.startswith("espace/suivis/")}
    assert "espace/suivis/<slug:flux>/<int:numero>/<slug:nom>/" in dites


def test_la_maison_ne_fait_que_ce_que_la_table_lui_laisse(monde: Monde) -> None:
    (demande,) = _demandes(monde)
    with pytest.raises(GesteImpossible, match="Une personne seule"):
        faire(FLUX, "envoyer", demande, Maison(), version=1, donnees={"motif": "x"})
    with pytest.raises(TypeError):
        personne_de(Maison())
    demande.refresh_from_db()
    assert (demande.etat, demande.version) == ("prete", 1)


def test_de_deux_qui_passent_ensemble_le_second_est_laisse(monde: Monde) -> None:
    premiere, seconde = _demandes(monde, 2)
    alice = Acteur(monde.alice)
    passages = [Passage(une, 1, {"motif": "x"}) for une in (premiere, seconde)]
    # Somebody else passes the second one after it was read.
    autre = Demande.objects.get(pk=seconde.pk)
    faire(FLUX, "envoyer", autre, Acteur(monde.alice), version=1, donnees={"motif": "y"})
    bilan = faire_tous(FLUX, "envoyer", passages, alice)
    assert [un.objet for un in bilan.passes] == [premiere]
    assert isinstance(bilan.laisses[0].refus, Depasse)
    seconde.refresh_from_db()
    assert seconde.version == 2
    assert not list(differences())


def test_deux_flux_ne_se_partagent_pas_un_nom() -> None:
    declarer_flux(FLUX)
    with pytest.raises(ValueError, match="déjà déclaré"):
        declarer_flux(replace(FLUX, mot="autre chose"))


def test_un_flux_sans_table_suivie_est_refuse_des_le_depart() -> None:
    """No gesture of it could be written: the start says which line is missing."""
    flux: Flux[Any] = FLUX
    sans_table = replace(flux, nom="verger", modele=Entree)
    with pytest.raises(ImproperlyConfigured) as refus:
        declarer_flux(sans_table)
    dit = str(refus.value)
    assert "Le flux « verger » n’a pas de table suivie" in dit
    assert 'TableSuivie(Entree, (), lambda numero: (f"entree:{numero}", ""))' in dit
    assert flux_nomme("verger") is None
