"""People and roles: given, taken back, never the last; invitations; support's look."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.models import Appartenance, Invitation, Organisation, Personne, Regard
from binome.comptes.services import (
    ChangementImpossible,
    accepter,
    cesser_de_regarder,
    creer_organisation,
    donner_role,
    inviter,
    regarder,
    retirer_role,
)
from binome.journal.histoire import histoire

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def personne(nom: str) -> Personne:
    return Personne.objects.create_user(f"{nom}@exemple.fr", prenom=nom.title(), nom="Exemple")


@pytest.fixture
def organisme() -> Organisation:
    return creer_organisation("organisme", "Organisme d’exemple", exemple=True)


def test_une_adresse_est_la_meme_quelles_que_soient_ses_capitales() -> None:
    alice = Personne.objects.create_user(" Alice@Exemple.FR ", prenom="Alice", nom="Exemple")
    assert alice.courriel == "alice@exemple.fr"
    assert Personne.objects.get_by_natural_key("ALICE@exemple.fr") == alice
    with pytest.raises(IntegrityError), transaction.atomic():
        personne("alice")


def test_un_role_d_un_autre_genre_est_refuse(organisme: Organisation) -> None:
    with pytest.raises(ChangementImpossible, match="n’existe pas dans cette organisation"):
        donner_role(personne("alice"), organisme, "examinateur")


def test_un_role_donne_deux_fois_n_est_ecrit_qu_une(organisme: Organisation) -> None:
    alice = personne("alice")
    assert donner_role(alice, organisme, "gestionnaire") == donner_role(
        alice, organisme, "gestionnaire"
    )
    gestes = [une["geste"] for une in histoire(f"organisation:{organisme.pk}")]
    assert gestes == ["organisation.creee", "role.donne"]


def test_la_derniere_personne_qui_administre_ne_part_pas(organisme: Organisation) -> None:
    alice, bob = personne("alice"), personne("bob")
    premiere = donner_role(alice, organisme, "gestionnaire")
    donner_role(bob, organisme, "formateur")
    with pytest.raises(ChangementImpossible, match="dernière personne"):
        retirer_role(premiere, auteur=alice.sujet)
    donner_role(bob, organisme, "gestionnaire")
    retirer_role(premiere, auteur=alice.sujet)
    assert not Acteur(alice).appartenances
    bob.is_active = False
    bob.save()
    derniere = donner_role(alice, organisme, "gestionnaire")
    with pytest.raises(ChangementImpossible):
        retirer_role(derniere, auteur=alice.sujet)


def test_un_role_clos_se_redonne(organisme: Organisation) -> None:
    alice, bob = personne("alice"), personne("bob")
    donner_role(bob, organisme, "gestionnaire")
    retirer_role(donner_role(alice, organisme, "formateur"), auteur=bob.sujet)
    donner_role(alice, organisme, "formateur")
    assert Appartenance.objects.filter(personne=alice).count() == 2
    assert Acteur(alice).organisations("formateur") == {organisme.pk}


def test_une_invitation_sert_une_fois(organisme: Organisation) -> None:
    alice, bob = personne("alice"), personne("bob")
    donner_role(alice, organisme, "gestionnaire")
    envoi = inviter("Bob@exemple.fr", Acteur(alice), organisation=organisme, role="formateur")
    assert envoi.jeton not in str(Invitation.objects.values().get())
    accepter(envoi.jeton, bob)
    assert Acteur(bob).organisations("formateur") == {organisme.pk}
    with pytest.raises(ChangementImpossible, match="n’est plus valable"):
        accepter(envoi.jeton, personne("charlie"))


def test_une_invitation_perimee_ou_inventee_ne_sert_pas(organisme: Organisation) -> None:
    alice, bob = personne("alice"), personne("bob")
    donner_role(alice, organisme, "gestionnaire")
    envoi = inviter("bob@exemple.fr", Acteur(alice), organisation=organisme, role="formateur")
    Invitation.objects.update(expire_le=timezone.now() - timedelta(seconds=1))
    for jeton in (envoi.jeton, "", "inventé"):
        with pytest.raises(ChangementImpossible):
            accepter(jeton, bob)


def test_qui_n_administre_pas_n_invite_pas(organisme: Organisation) -> None:
    bob = personne("bob")
    donner_role(bob, organisme, "formateur")
    with pytest.raises(ChangementImpossible, match="administre"):
        inviter("x@exemple.fr", Acteur(bob), organisation=organisme, role="formateur")


def test_le_soutien_regarde_pour_une_raison_et_un_temps() -> None:
    equipe = creer_organisation("soutien", "Aide", exemple=True)
    alice, bob = personne("alice"), personne("bob")
    donner_role(alice, equipe, "soutien")
    with pytest.raises(ChangementImpossible, match="pourquoi"):
        regarder(alice, bob, "  ")
    with pytest.raises(ChangementImpossible, match="Seule l’aide"):
        regarder(bob, alice, "Curiosité")
    with pytest.raises(ChangementImpossible):
        regarder(alice, alice, "Moi")
    regard = regarder(alice, bob, "Bob ne voit pas son dossier")
    assert regard.fin - regard.debut == timedelta(minutes=30)
    cesser_de_regarder(regard)
    cesser_de_regarder(regard)
    assert Regard.objects.get().clos_le is not None
    assert [une["geste"] for une in histoire(bob.sujet)] == ["regard.ouvert", "regard.clos"]
    assert histoire(bob.sujet)[0]["motif"] == "Bob ne voit pas son dossier"


@pytest.mark.parametrize("identifiant", ["123", "1234567890123", "1234567890123A"])
def test_un_numero_impossible_est_refuse(identifiant: str) -> None:
    with pytest.raises(ChangementImpossible):
        creer_organisation("cabinet", "Cabinet", identifiant=identifiant)


def test_deux_organisations_n_ont_pas_le_meme_numero() -> None:
    creer_organisation("cabinet", "Cabinet", identifiant="12345678901234")
    creer_organisation("cabinet", "Sans numéro")
    creer_organisation("cabinet", "Sans numéro non plus")
    with pytest.raises(ChangementImpossible, match="existe déjà"):
        creer_organisation("cabinet", "Le même", identifiant="12345678901234")
