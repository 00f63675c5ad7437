"""Changing one's address: the new one proves itself, the old one is told, and invitations follow."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import signing

from binome.comptes import changement_d_adresse
from binome.comptes.acteur import Acteur
from binome.comptes.models import AdresseQuittee, Invitation
from binome.comptes.registre import exporter
from binome.comptes.services import ChangementImpossible, inviter
from binome.conservation.cloture import clore_le_compte
from binome.courrier.envoi import envoyer
from binome.courrier.models import Message
from binome.journal.chaine import verifier
from tests.dossiers.monde import Monde, construire, personne
from tests.matrice.objets import entrer

if TYPE_CHECKING:
    from django.core.mail import EmailMessage
    from django.test import Client

    from binome.comptes.models import Personne

NOUVELLE = "alice.neuve@exemple.fr"
ADRESSE = "/compte/adresse/"

pytestmark = pytest.mark.sqlite


@pytest.fixture
def monde(db: None) -> Monde:
    return construire()


@pytest.fixture
def alice(monde: Monde) -> Client:
    """Alice's browser, where she has just said her password."""
    client = entrer(monde.alice)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    return client


def _lien(lettres: list[EmailMessage]) -> str:
    """The path of the link that the new address receives."""
    (lettre,) = [une for une in lettres if une.to == [NOUVELLE]]
    trouve = re.search(r"https?://[^/]+(/compte/adresse/\S+/)", str(lettre.body))
    assert trouve is not None
    return trouve[1]


def test_l_adresse_change_quand_la_nouvelle_le_confirme_et_l_ancienne_le_sait(
    monde: Monde, alice: Client, mailoutbox: list[EmailMessage]
) -> None:
    inviter(monde.alice.courriel, Acteur(monde.charlie), organisation=monde.autre, role="formateur")
    ailleurs = entrer(monde.alice)
    assert alice.post(ADRESSE, {"courriel": NOUVELLE.upper()}, follow=True).status_code == 200
    envoyer()
    lien = _lien(mailoutbox)
    assert [une.to for une in mailoutbox if "est demandé" in str(une.body)] == [
        ["alice@exemple.fr"]
    ]
    monde.alice.refresh_from_db()
    assert monde.alice.courriel == "alice@exemple.fr", "rien ne change avant le lien"
    page = alice.get(lien).content.decode()
    assert NOUVELLE in page
    monde.alice.refresh_from_db()
    assert monde.alice.courriel == "alice@exemple.fr", "lire le lien ne change rien"
    mailoutbox.clear()
    assert NOUVELLE in alice.post(lien, follow=True).content.decode()
    monde.alice.refresh_from_db()
    assert monde.alice.courriel == NOUVELLE
    assert Invitation.objects.get(role="formateur").courriel == NOUVELLE
    assert alice.get("/espace/").status_code == 200, "cette session reste"
    assert ailleurs.get("/espace/").status_code == 302, "les autres se ferment"
    envoyer()
    assert {une.to[0] for une in mailoutbox} == {"alice@exemple.fr", NOUVELLE}
    assert alice.get(lien).status_code == 410, "un lien sert une fois"
    assert verifier() is None


def test_le_lien_est_d_une_personne_d_une_heure_et_de_l_adresse_qu_il_remplace(
    monde: Monde, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    jeton = signing.dumps(
        [monde.alice.pk, monde.alice.courriel, NOUVELLE, 0], salt=changement_d_adresse.SEL
    )
    assert changement_d_adresse.lire(jeton) is not None
    assert changement_d_adresse.lire(jeton[:-2] + "xx") is None
    assert entrer(monde.bob).get(f"{ADRESSE}{jeton}/").status_code == 410
    assert entrer(None).get(f"{ADRESSE}{jeton}/").status_code == 302, (
        "la personne doit être connectée"
    )
    monkeypatch.setattr(changement_d_adresse, "VALIDITE", timedelta(seconds=-1))
    assert changement_d_adresse.lire(jeton) is None
    with pytest.raises(ChangementImpossible, match="n’est plus valable"):
        changement_d_adresse.changer(jeton, monde.alice)


def _changer(qui: Personne, nouvelle: str) -> None:
    contenu = [qui.pk, qui.courriel, nouvelle, qui.generation]
    changement_d_adresse.changer(signing.dumps(contenu, salt=changement_d_adresse.SEL), qui)
    qui.refresh_from_db()


def test_une_adresse_quittee_se_garde_s_emporte_et_s_efface_avec_le_compte(monde: Monde) -> None:
    """It tells who is party to a dossier; the person reads it in their archive, and it goes with the account."""
    bob = monde.bob
    for nouvelle in ("bob.neuf@exemple.fr", "bob@exemple.fr", "bob.dernier@exemple.fr"):
        _changer(bob, nouvelle)
    gardees = ["bob@exemple.fr", "bob.neuf@exemple.fr"]
    assert exporter(bob)["compte"]["adresses_d_avant"] == gardees
    assert [un.courriel for un in AdresseQuittee.objects.all()] == gardees
    assert Message.objects.filter(destinataire="bob.neuf@exemple.fr").exists()
    clore_le_compte(bob, auteur=bob.sujet, motif="Demande de la personne")
    assert not AdresseQuittee.objects.exists()
    assert not Message.objects.filter(destinataire__in=gardees).exists()
    assert verifier() is None


def test_clore_son_compte_n_efface_rien_de_qui_a_pris_l_adresse(monde: Monde) -> None:
    bob = monde.bob
    _changer(bob, "bob.neuf@exemple.fr")
    suivant = personne("bob")
    inviter(suivant.courriel, Acteur(monde.charlie), organisation=monde.autre, role="formateur")
    clore_le_compte(bob, auteur=bob.sujet, motif="Demande de la personne")
    assert Invitation.objects.get(role="formateur").courriel == "bob@exemple.fr"


def test_une_adresse_deja_prise_ne_se_dit_pas(monde: Monde, alice: Client) -> None:
    libre = alice.post(ADRESSE, {"courriel": NOUVELLE}, follow=True).content
    prise = alice.post(ADRESSE, {"courriel": "bob@exemple.fr"}, follow=True).content
    assert b"Un courriel part" in libre
    assert b"Un courriel part" in prise
    assert not Message.objects.filter(destinataire="bob@exemple.fr").exists()


def test_une_adresse_prise_entre_temps_ne_change_rien(monde: Monde) -> None:
    jeton = signing.dumps(
        [monde.alice.pk, monde.alice.courriel, NOUVELLE, 0], salt=changement_d_adresse.SEL
    )
    personne("alice.neuve")
    with pytest.raises(ChangementImpossible, match="n’est plus valable"):
        changement_d_adresse.changer(jeton, monde.alice)
    monde.alice.refresh_from_db()
    assert monde.alice.courriel == "alice@exemple.fr"


def test_on_prouve_d_abord_qui_l_on_est_et_l_on_n_insiste_pas(monde: Monde) -> None:
    monde.alice.set_password("une phrase assez longue")
    monde.alice.save()
    reponse = entrer(monde.alice).get(ADRESSE)
    assert reponse.headers["Location"].startswith("/compte/confirmer/")
    alice = entrer(monde.bob)
    meme = alice.post(ADRESSE, {"courriel": "Bob@exemple.fr"})
    assert "déjà l’adresse" in meme.content.decode()
    lus = [alice.post(ADRESSE, {"courriel": NOUVELLE}).status_code for _ in range(6)]
    assert lus == [302] * 5 + [422]
