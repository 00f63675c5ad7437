"""An address that is mended: the former link, its letter and who took the place by mistake open nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.services import ChangementImpossible, accepter
from binome.courrier.models import Message
from binome.dossiers import services
from binome.dossiers.etats import Etat
from binome.dossiers.models import Dossier
from tests.comptes.test_portes import jeton_de
from tests.dossiers.monde import Monde, brouillon, construire, personne

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture
def monde(db: None) -> Monde:
    """Alice, Bob, Charlie, Emma, Ana and Léa."""
    return construire()


def test_une_adresse_corrigee_ferme_la_porte_a_l_ancienne(monde: Monde) -> None:
    """Who received a letter by a slip of the keyboard must not take the dossier once it is mended."""
    alice, emma = Acteur(monde.alice), Acteur(monde.emma)
    dossier = brouillon(monde)
    Dossier.objects.update(candidat=None)
    dossier.refresh_from_db()
    dossier = services.deposer(dossier, alice, version=dossier.version)
    ancienne = Message.objects.get(destinataire="lea@exemple.fr")
    dossier = services.demander(dossier, emma, version=dossier.version, motif="L’adresse.")
    identite = {"courriel": "lea.juste@exemple.fr"}
    dossier = services.ecrire_identite(dossier, identite, alice, version=dossier.version)
    with pytest.raises(ChangementImpossible):
        accepter(jeton_de(ancienne), personne("intruse"))
    ancienne.refresh_from_db()
    assert ancienne.abandonne_le is not None, "une lettre qui n’ouvre plus rien ne part pas"
    juste = Message.objects.get(destinataire="lea.juste@exemple.fr", cle__startswith="invitation:")
    accepter(jeton_de(juste), monde.lea)
    dossier.refresh_from_db()
    assert dossier.candidat == monde.lea


def test_une_adresse_trop_longue_est_refusee_par_son_nom(client: Client, monde: Monde) -> None:
    """SQLite would keep it, and PostgreSQL fail: it is refused at the door, as the form and the import do."""
    dossier = brouillon(monde)
    Dossier.objects.update(candidat=None, etat=Etat.DEPOSE, depose_le=timezone.now())
    client.force_login(monde.alice)
    tape = {"courriel": f"{'x' * 300}@exemple.invalid", "version": dossier.version}
    reponse = client.post(f"/espace/dossiers/{dossier.reference}/gestes/inviter/", tape)
    assert reponse.status_code == 422
    assert "254 caractères au plus" in reponse.content.decode()


def test_qui_a_accepte_par_erreur_ne_lit_plus_le_dossier(client: Client, monde: Monde) -> None:
    """The address was wrong, and its owner took the place: mending it puts them out, and lets the right one in."""
    alice, intruse = Acteur(monde.alice), personne("intruse")
    dossier = brouillon(monde)
    Dossier.objects.update(candidat=None, courriel=intruse.courriel)
    dossier.refresh_from_db()
    dossier = services.deposer(dossier, alice, version=dossier.version)
    accepter(jeton_de(Message.objects.get(destinataire=intruse.courriel)), intruse)
    page = f"/espace/dossiers/{dossier.reference}/"
    client.force_login(intruse)
    assert client.get(page).status_code == 200
    client.force_login(monde.alice)
    dossier.refresh_from_db()
    tape = {"courriel": monde.lea.courriel, "version": dossier.version}
    assert client.post(f"{page}gestes/inviter/", tape).status_code == 302
    assert client.post(f"{page}gestes/inviter/", tape).status_code == 409, "deux clics, une lettre"
    lettre = Message.objects.get(destinataire=monde.lea.courriel)
    client.force_login(intruse)
    assert client.get(page).status_code == 404
    accepter(jeton_de(lettre), monde.lea)
    client.force_login(monde.lea)
    assert client.get(page).status_code == 200
