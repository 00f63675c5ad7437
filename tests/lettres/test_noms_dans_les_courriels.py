"""A mail says whom it is about to who works with names, in its text and never in its subject; and goes with the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import override_settings

from binome.comptes.acteur import Acteur
from binome.courrier.models import Message
from binome.dossiers import services
from binome.dossiers.effacement import anonymiser
from binome.dossiers.models import Dossier
from binome.dossiers.natures import a_envoyer
from tests.dossiers.monde import Monde, brouillon, construire, depose

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
NOM = "Ariane Exemple-Rochebrune"


@pytest.fixture
def monde() -> Monde:
    """The made-up world."""
    return construire()


def nommer() -> None:
    Dossier.objects.update(prenom="Ariane", nom="Exemple-Rochebrune")


@override_settings(DEMONSTRATION=True)
def test_l_invitation_nomme_la_personne_et_ce_qui_est_attendu(monde: Monde) -> None:
    dossier = brouillon(monde)
    Dossier.objects.update(candidat=None, courriel="ariane@exemple.invalid")
    nommer()
    dossier.refresh_from_db()
    attendues = [une.libelle for une in a_envoyer(dossier)]
    assert len(attendues) >= 3
    services.deposer(dossier, Acteur(monde.alice), version=dossier.version)
    lettre = Message.objects.get(cle__startswith="invitation:")
    for corps in (lettre.texte, lettre.html.replace("&#x27;", "'")):
        dit = corps.replace("\u202f", " ")
        assert f"Bonjour {NOM}" in dit
        assert f"Si vous n’êtes pas {NOM}, n’acceptez pas" in dit
        assert "Une question ? Demandez à Organisme A." in dit
        for libelle in attendues:
            assert libelle in dit
    assert NOM not in lettre.sujet


@override_settings(DEMONSTRATION=True)
def test_un_courriel_dit_de_qui_il_parle_a_qui_travaille_avec_des_noms(
    client: Client, monde: Monde
) -> None:
    dossier = depose(monde)
    nommer()
    Message.objects.all().delete()
    dossier.refresh_from_db()
    services.demander(dossier, Acteur(monde.emma), version=dossier.version, motif="Le titre.")
    siens = {un.destinataire: un for un in Message.objects.all()}
    assert f"le dossier {dossier.reference} d’{NOM}" in siens[monde.alice.courriel].texte
    assert f"votre dossier {dossier.reference}." in siens[monde.lea.courriel].texte
    # Its link is the upload of a document that is missing, and opens there.
    premiere = a_envoyer(dossier)[0].code
    adresse = f"/espace/dossiers/{dossier.reference}/pieces/?nature={premiere}"
    for qui in (monde.alice, monde.lea):
        assert adresse in siens[qui.courriel].texte
        client.force_login(qui)
        assert "autofocus" in client.get(adresse).content.decode()
    assert not [un.sujet for un in siens.values() if "Rochebrune" in un.sujet]
    # A name in a mail is erased with the person.
    assert anonymiser(dossier.pk, auteur=f"personne:{monde.lea.pk}", motif="Demande.")
    restes = " ".join(f"{un.sujet} {un.texte} {un.html}" for un in Message.objects.all())
    assert "Rochebrune" not in restes
