"""Mails that never arrived: told to who answers for them, on their page and the dossier's, sent again or withdrawn."""

from __future__ import annotations

import re
import smtplib
from datetime import timedelta
from typing import TYPE_CHECKING

from django.test import override_settings
from django.utils import timezone

from binome.bureau.decisions import decider
from binome.comptes.acteur import Acteur
from binome.comptes.facteurs import poser_application
from binome.comptes.models import Invitation
from binome.comptes.services import creer_organisation, donner_role, retirer_invitation
from binome.courrier import envoi
from binome.courrier.models import RETIRE, Message
from binome.courrier.services import AMettre, mettre_en_file
from binome.dossiers import services
from binome.dossiers.models import Dossier
from binome.journal.models import Entree
from tests.dossiers.monde import Monde, depose, notifiee, personne, propose
from tests.dossiers.navigation import adresse, envoyer, page

if TYPE_CHECKING:
    from django.test import Client

    from binome.comptes.models import Personne

REFUS = smtplib.SMTPRecipientsRefused({"lea@exemple.fr": (550, b"inconnue")})
ENVOIS = "/espace/courriels/"


def perdu(dossier: Dossier, a: str = "lea@exemple.fr", *, repondant: int | None = None) -> Message:
    """A mail whose address was refused for good."""
    message = mettre_en_file(
        AMettre(
            cle=f"essai:{a}:{repondant}", destinataire=a, sujet=f"Dossier {dossier.reference} : clos",
            gabarit="nouvelle", contexte={"phrase": "Un secret de Léa.", "pourquoi": "essai"},
            reference=dossier.reference, repondant=repondant, ecrit_par=repondant,
        )
    )  # fmt: skip
    assert message is not None
    envoi._reporter([message], REFUS)
    message.refresh_from_db()
    return message


def _aide() -> Personne:
    """Who helps users, with the second factor that the role asks for."""
    aide = personne("sophie")
    donner_role(aide, creer_organisation("soutien", "Aide", exemple=True), "soutien")
    poser_application(aide)
    return aide


def dits() -> dict[str, str]:
    """Who was told of a mail that was given up."""
    return dict(
        Message.objects.filter(cle__startswith="abandon:").values_list("destinataire", "texte")
    )


def test_une_adresse_refusee_pour_toujours_n_est_pas_essayee_deux_jours(monde: Monde) -> None:
    dossier = depose(monde)
    message = perdu(dossier, repondant=monde.organisme.pk)
    assert message.abandonne_le is not None
    assert dits().keys() == {"alice@exemple.fr"}
    texte = " ".join(dits()["alice@exemple.fr"].split())
    assert "n’est pas arrivé : l’adresse est refusée." in texte
    assert ENVOIS in texte
    assert "secret" not in texte
    plus_tard = smtplib.SMTPRecipientsRefused({"lea@exemple.fr": (451, b"plus tard")})
    assert not envoi.pour_toujours(plus_tard)
    # Of a mail that tells of another, nobody is told.
    envoi._reporter(list(Message.objects.filter(cle__startswith="abandon:")), REFUS)
    assert Message.objects.filter(cle__startswith="abandon:").count() == 1


def test_ce_qui_n_est_a_aucune_organisation_se_dit_a_la_maison(monde: Monde) -> None:
    aide = _aide()
    perdu(depose(monde))
    assert dits().keys() == {aide.courriel}


def test_chacun_voit_les_siens_sans_leur_texte(monde: Monde, client: Client) -> None:
    aide = _aide()
    dossier = depose(monde)
    perdu(dossier, "a@exemple.fr", repondant=monde.organisme.pk)
    perdu(dossier, "b@exemple.fr", repondant=monde.branche.pk)
    perdu(dossier, "c@exemple.fr", repondant=monde.autre.pk)

    def vus(qui: Personne) -> list[str]:
        lue = page(client, qui, ENVOIS)
        assert "secret" not in lue
        return re.findall(r"\b([abc])@exemple\.fr", lue)

    assert vus(monde.alice) == ["a"]
    assert vus(monde.emma) == vus(monde.ana) == ["b"]
    assert vus(monde.charlie) == ["c"]
    assert sorted(vus(aide)) == ["a", "b", "c"]
    for autre in (monde.bob, monde.lea):
        page(client, autre, ENVOIS, 404)


def test_ce_qui_est_parti_se_voit_a_qui_et_quand_sans_rien_pouvoir_y_changer(
    monde: Monde, client: Client
) -> None:
    dossier = depose(monde)
    Message.objects.all().delete()
    for courriel, qui in (("a@exemple.fr", monde.organisme.pk), ("c@exemple.fr", monde.autre.pk)):
        parti = perdu(dossier, courriel, repondant=qui)
        Message.objects.filter(pk=parti.pk).update(abandonne_le=None, envoye_le=timezone.now())
    lue = page(client, monde.alice, f"{ENVOIS}?sorte=partis")
    assert "Partis : <span" in lue
    assert "a@exemple.fr" in lue
    assert "c@exemple.fr" not in lue, "another organisation's stay its own"
    assert "Parti le" in lue
    assert "secret" not in lue
    assert "Envoyer de nouveau" not in lue
    assert "a@exemple.fr" not in page(client, monde.alice, ENVOIS)
    page(client, monde.bob, f"{ENVOIS}?sorte=partis", 404)


def test_deux_clics_renvoient_une_fois_et_le_journal_le_dit(monde: Monde, client: Client) -> None:
    message = perdu(depose(monde), repondant=monde.organisme.pk)
    geste = f"{ENVOIS}{message.pk}/renvoyer/"
    envoyer(client, monde.charlie, geste, 404)
    envoyer(client, monde.alice, geste)
    assert "Le courriel repart." in page(client, monde.alice, ENVOIS)
    envoyer(client, monde.alice, geste)
    assert "repart déjà" in page(client, monde.alice, ENVOIS)
    message.refresh_from_db()
    assert (message.abandonne_le, message.essais, message.derniere_erreur) == (None, 0, "")
    assert Entree.objects.filter(geste="courriel.renvoye").count() == 1
    envoyer(client, monde.alice, f"{ENVOIS}{message.pk}/retirer/")
    message.refresh_from_db()
    assert (message.abandonne_le is not None, message.derniere_erreur) == (True, RETIRE)
    envoyer(client, monde.alice, geste)
    assert "déjà parti, ou déjà retiré" in page(client, monde.alice, ENVOIS)
    assert Entree.objects.filter(geste="courriel.retire").count() == 1


def test_la_page_du_dossier_dit_ce_qui_n_est_pas_arrive(monde: Monde, client: Client) -> None:
    dossier = depose(monde)
    message = perdu(dossier, repondant=monde.organisme.pk)
    dit = "Un courriel n’est pas arrivé"
    for qui in (monde.alice, monde.emma):
        assert dit in page(client, qui, adresse(dossier))
    assert dit not in page(client, monde.lea, adresse(dossier))
    Message.objects.filter(pk=message.pk).update(derniere_erreur=RETIRE)
    assert dit not in page(client, monde.alice, adresse(dossier))


def test_une_adresse_corrigee_fait_suivre_ce_qui_attendait(monde: Monde) -> None:
    dossier = depose(monde)
    Dossier.objects.update(candidat=None)
    perdu(dossier, repondant=monde.organisme.pk)
    dossier.refresh_from_db()
    alice, emma = Acteur(monde.alice), Acteur(monde.emma)
    dossier = services.demander(dossier, emma, version=dossier.version, motif="L’adresse.")
    identite = {"courriel": "lea.juste@exemple.fr"}
    services.ecrire_identite(dossier, identite, alice, version=dossier.version)
    restent = Message.objects.filter(reference=dossier.reference, destinataire="lea@exemple.fr")
    assert set(restent.values_list("derniere_erreur", flat=True)) <= {RETIRE}
    suivi = Message.objects.get(cle__startswith="essai:")
    assert (suivi.destinataire, suivi.abandonne_le) == ("lea.juste@exemple.fr", None)


@override_settings(DEMONSTRATION=True)
def test_le_courriel_d_une_decision_ne_se_retire_que_par_la_branche(
    monde: Monde, client: Client
) -> None:
    """The organisation mends the candidate's address; it may not keep the decision from them."""
    dossier = propose(monde)
    decider(dossier, Acteur(monde.emma), version=dossier.version)
    Message.objects.all().delete()
    notifiee(dossier)
    message = Message.objects.get(destinataire=monde.lea.courriel)
    assert (message.repondant, message.ecrit_par) == (monde.organisme, monde.branche)
    attente = f"{ENVOIS}?sorte=attente"
    geste = f"{ENVOIS}{message.pk}/retirer/"
    lue = page(client, monde.alice, attente)
    assert message.sujet in lue
    assert geste not in lue
    envoyer(client, monde.alice, geste)
    assert "n’a pas écrit ce courriel" in page(client, monde.alice, attente)
    message.refresh_from_db()
    assert message.abandonne_le is None
    assert geste in page(client, monde.emma, attente)
    assert geste in page(client, _aide(), attente)
    envoyer(client, monde.emma, geste)
    message.refresh_from_db()
    assert message.derniere_erreur == RETIRE


def test_une_organisation_ne_voit_pas_a_qui_elle_ecrit_dans_la_branche(
    monde: Monde, client: Client
) -> None:
    dossier = depose(monde)
    message = perdu(dossier, "emma@exemple.fr", repondant=monde.branche.pk)
    Message.objects.filter(pk=message.pk).update(ecrit_par=monde.organisme)
    assert "emma@exemple.fr" not in page(client, monde.alice, ENVOIS)
    envoyer(client, monde.alice, f"{ENVOIS}{message.pk}/retirer/", 404)


def test_une_invitation_morte_ne_repart_pas(monde: Monde, client: Client) -> None:
    Dossier.objects.update(candidat=None)
    dossier = depose(monde)
    Dossier.objects.update(candidat=None)
    dossier.refresh_from_db()
    services.demander(dossier, Acteur(monde.emma), version=dossier.version, motif="Le titre.")
    lettre = Message.objects.get(cle__startswith="invitation:")
    assert lettre.repondant_id == monde.organisme.pk
    envoi._reporter([lettre], REFUS)
    geste = f"{ENVOIS}{lettre.pk}/renvoyer/"
    assert "Corriger l’adresse" in page(client, monde.alice, ENVOIS)
    Invitation.objects.update(expire_le=timezone.localtime() - timedelta(days=1))
    envoyer(client, monde.alice, geste)
    assert "n’est plus valable" in page(client, monde.alice, ENVOIS)
    Invitation.objects.update(expire_le=timezone.localtime() + timedelta(days=1))
    retirer_invitation(Invitation.objects.get(), auteur="essai")
    assert "Rien ne s’est perdu." in page(client, monde.alice, ENVOIS), "elle n’ouvre plus rien"
