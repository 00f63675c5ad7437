"""What holds when people hurry, look, choose or insist: the last administrator, the look, the limits."""

from __future__ import annotations

import time
from datetime import timedelta
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import OperationalError, connection
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.facteurs import poser_application
from binome.comptes.models import Appartenance, Regard
from binome.comptes.services import (
    ChangementImpossible,
    clore_les_regards,
    creer_organisation,
    donner_role,
    inviter,
    regarder,
    retirer_role,
)
from binome.courrier.envoi import envoyer
from binome.courrier.models import Message
from binome.journal.models import Entree
from tests.dossiers.monde import Monde, construire, depose, personne

if TYPE_CHECKING:
    from django.test import Client

    from binome.comptes.models import Personne


@pytest.fixture
def monde(db: None) -> Monde:
    return construire()


@pytest.fixture
def sam(monde: Monde) -> Personne:
    """Someone of the support."""
    sam = personne("sam")
    donner_role(sam, creer_organisation("soutien", "Aide d’exemple", exemple=True), "soutien")
    poser_application(sam)
    return sam


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_deux_administrations_qui_partent_ensemble_n_en_laissent_pas_zero() -> None:
    organisme = creer_organisation("organisme", "Organisme d’exemple", exemple=True)
    roles = [
        donner_role(personne(nom), organisme, "gestionnaire") for nom in ("ines", "jean", "kim")
    ]
    depart, refus = Barrier(len(roles)), []

    def partir(role: Appartenance) -> None:
        depart.wait()
        try:
            # SQLite in memory, which the tests use, refuses at once where a file would wait its turn.
            for _ in range(500):
                try:
                    retirer_role(role, auteur=f"personne:{role.personne_id}")
                    break
                except OperationalError:
                    time.sleep(0.01)
        except ChangementImpossible as impossible:
            refus.append(str(impossible))
        finally:
            connection.close()

    fils = [Thread(target=partir, args=(role,)) for role in roles]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert Appartenance.objects.filter(organisation=organisme, close_le__isnull=True).count() == 1
    (raison,) = refus
    assert "la dernière personne qui administre" in raison


def test_le_regard_ne_change_rien_nulle_part(client: Client, monde: Monde, sam: Personne) -> None:
    depose(monde)
    client.force_login(sam)
    motif = {"courriel": monde.alice.courriel, "motif": "Un dossier ne s’ouvre pas."}
    long = client.post("/compte/regard/", {**motif, "motif": "x" * 501})
    assert long.status_code == 422
    assert "500 au plus" in long.content.decode()
    assert "x" * 501 in long.content.decode()
    assert client.post("/compte/regard/", motif).status_code == 302
    avant = Entree.objects.count()
    for adresse in ("/espace/imports/", "/espace/dossiers/nouveau/", "/espace/n-importe-quoi/"):
        assert client.post(adresse, {}).status_code == 403
    assert Entree.objects.count() == avant


def test_un_regard_echu_se_ferme_et_le_journal_le_dit(
    client: Client, monde: Monde, sam: Personne
) -> None:
    client.force_login(sam)
    client.post("/compte/regard/", {"courriel": monde.alice.courriel, "motif": "Question."})
    assert "Vous regardez à la place" in client.get("/espace/").content.decode()
    assert clore_les_regards() == 0
    plus_tot = timezone.now() - timedelta(minutes=31)
    Regard.objects.update(debut=plus_tot, fin=plus_tot + timedelta(minutes=30))
    assert "Vous regardez" not in client.get("/espace/").content.decode()
    assert clore_les_regards() == 1
    regard = Regard.objects.get()
    assert regard.clos_le == regard.fin
    assert Entree.objects.filter(geste="regard.clos").count() == 1
    assert clore_les_regards() == 0


def test_on_ne_regarde_qu_une_personne_et_jamais_la_branche(monde: Monde, sam: Personne) -> None:
    with pytest.raises(ChangementImpossible, match="ne se regarde pas"):
        regarder(sam, monde.emma, "Question.")
    premier = regarder(sam, monde.alice, "Question.")
    regarder(sam, monde.bob, "Question.")
    premier.refresh_from_db()
    assert premier.clos_le is not None


def test_on_agit_pour_une_organisation_a_la_fois_si_l_on_veut(client: Client, monde: Monde) -> None:
    chez_a = depose(monde)
    donner_role(monde.alice, monde.autre, "formateur")
    client.force_login(monde.alice)
    choisir, page = "/compte/organisations/choisir/", f"/espace/dossiers/{chez_a.reference}/"
    assert client.get(page).status_code == 200
    assert client.post(choisir, {"organisation": monde.autre.pk}).status_code == 302
    assert "Organisme C" in client.get("/espace/").content.decode()
    assert client.get(page).status_code == 404
    assert "Vous agissez pour elle" in client.get("/compte/organisations/").content.decode()
    assert client.post(choisir, {"organisation": monde.branche.pk}).status_code == 404
    assert client.post(choisir, {"organisation": ""}).status_code == 302
    assert client.get(page).status_code == 200
    # A choice never widens what one may do, nor spares the second factor of another role.
    assert not Acteur(monde.bob, ici=monde.branche.pk).de_la_branche
    donner_role(monde.alice, monde.branche, "examinateur")
    client.post(choisir, {"organisation": monde.organisme.pk})
    assert client.get("/espace/").headers["Location"] == "/compte/securite/"


def test_la_derniere_cle_d_un_role_garde_reste(client: Client, monde: Monde) -> None:
    monde.emma.set_password("une phrase d’essai assez longue")
    monde.emma.save()
    autre, cle = (
        Authenticator.objects.create(
            user=monde.emma, type=Authenticator.Type.WEBAUTHN, data={"name": "Clé"}
        )
        for _ in range(2)
    )
    Authenticator.objects.filter(user=monde.emma, type=Authenticator.Type.TOTP).delete()
    client.force_login(monde.emma)
    client.post("/compte/confirmer/", {"password": "une phrase d’essai assez longue"})
    retirer = "/compte/securite/cles/{}/retirer/"
    assert client.post(retirer.format(cle.pk)).status_code == 302
    assert "Ajoutez-en un autre" in client.post(
        retirer.format(autre.pk), follow=True
    ).content.decode().replace("\xa0", " ")
    assert list(Authenticator.objects.filter(user=monde.emma, type="webauthn")) == [autre]


def test_un_lien_qui_ouvre_un_compte_n_est_pas_garde(monde: Monde, mailoutbox: list[Any]) -> None:
    envoi = inviter(
        "zoe@exemple.fr", Acteur(monde.alice), organisation=monde.organisme, role="formateur"
    )
    assert envoi.jeton in Message.objects.get().texte
    assert envoyer() == 1
    assert envoi.jeton in mailoutbox[0].body
    message = Message.objects.get()
    assert (message.texte, message.html) == ("", "")


def test_qui_insiste_attend_et_on_le_lui_dit(client: Client, monde: Monde) -> None:
    reponses = (
        client.post("/compte/mot-de-passe/oublie/", {"email": f"{rang}@exemple.fr"})
        for rang in range(80)
    )
    reponse = next(une for une in reponses if une.status_code == 429)
    assert "Réessayez dans quelques minutes" in reponse.content.decode().replace("\xa0", " ")
