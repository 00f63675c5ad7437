"""One answers who writes: the address that an organisation gives is in its mails, and nowhere before it gives one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from django.core import mail

from binome.comptes.acteur import Acteur
from binome.comptes.contact import fixer_le_contact
from binome.comptes.services import creer_organisation, donner_role
from binome.courrier.envoi import envoyer
from binome.courrier.models import Message
from binome.dossiers import services
from binome.journal.models import Entree
from tests.dossiers.monde import brouillon, construire, depose, personne, suivi_par
from tests.dossiers.navigation import adresse, page

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives
    from django.test import Client
    from pytest_django import Settings

    from tests.dossiers.monde import Monde

NE_PAS: Final = "ne répondez pas"


@pytest.fixture
def monde(db: None, settings: Settings) -> Monde:
    """A house that sends mails."""
    settings.COURRIER_OUVERT = True
    return construire()


def partis() -> dict[str, EmailMultiAlternatives]:
    """What leaves, by its subject without the reference."""
    envoyer()
    return {un.subject.split("\u202f: ")[-1]: un for un in mail.outbox}  # type: ignore[misc] # both parts are sent


def test_une_reponse_va_a_qui_ecrit(monde: Monde) -> None:
    fixer_le_contact(monde.organisme, "accueil@organisme.fr", auteur="essai")
    fixer_le_contact(monde.branche, "dossiers@branche.fr", auteur="essai")
    dossier = brouillon(monde)
    dossier = services.deposer(dossier, Acteur(monde.alice), version=dossier.version)
    services.demander(dossier, Acteur(monde.emma), version=dossier.version, motif="Le titre.")
    dits = partis()
    depot, demande = dits["déposé par Organisme A"], dits["à compléter"]
    assert depot.reply_to == ["accueil@organisme.fr"]
    assert demande.reply_to == ["dossiers@branche.fr"]
    for un, ou in ((depot, "accueil@organisme.fr"), (demande, "dossiers@branche.fr")):
        for corps in (un.body, str(un.alternatives[0][0])):
            assert ou in corps
            assert NE_PAS not in corps.casefold()


def test_sans_adresse_on_ne_repond_pas(monde: Monde) -> None:
    dossier = brouillon(monde)
    services.deposer(dossier, Acteur(monde.alice), version=dossier.version)
    for un in partis().values():
        assert un.reply_to == []
        assert NE_PAS in un.body.casefold()


def test_l_invitation_se_repond_aussi(monde: Monde) -> None:
    fixer_le_contact(monde.organisme, "accueil@organisme.fr", auteur="essai")
    dossier = brouillon(monde)
    type(dossier).objects.update(candidat=None)
    dossier.refresh_from_db()
    services.deposer(dossier, Acteur(monde.alice), version=dossier.version)
    invitation = Message.objects.get(cle__startswith="invitation:")
    assert "votre réponse va à Organisme A, accueil@organisme.fr" in invitation.texte
    assert NE_PAS not in invitation.texte.casefold()


def test_qui_administre_donne_l_adresse(client: Client, monde: Monde) -> None:
    ici = f"/compte/organisations/{monde.organisme.pk}/"
    client.force_login(monde.alice)
    refus = client.post(ici, {"contact": "accueil@"})
    assert refus.status_code == 422
    assert "Une adresse s’écrit" in refus.content.decode()
    lue = client.post(ici, {"contact": "mailto:accueil@organisme.fr"}, follow=True)
    assert "est enregistrée" in lue.content.decode()
    assert 'value="accueil@organisme.fr"' in lue.content.decode()
    entree = Entree.objects.get(geste="organisation.contact")
    assert "accueil" not in str((entree.apres, entree.avant, entree.motif))
    client.force_login(monde.bob)
    assert client.post(ici, {"contact": ""}).status_code in (403, 404)
    monde.organisme.refresh_from_db()
    assert monde.organisme.contact == "accueil@organisme.fr"


def test_la_page_dit_a_qui_ecrire(client: Client, monde: Monde) -> None:
    """Who follows a dossier and manages nothing has somebody to ask; who manages it is that somebody."""
    fixer_le_contact(monde.organisme, "accueil@organisme.fr", auteur="essai")
    dossier = depose(monde)
    cabinet = creer_organisation("cabinet", "Cabinet d’exemple", exemple=True)
    paul = personne("paul")
    donner_role(paul, cabinet, "employeur")
    suivi_par(dossier, cabinet)
    for qui in (monde.lea, paul):
        assert 'href="mailto:accueil@organisme.fr"' in page(client, qui, adresse(dossier))
    for qui in (monde.alice, monde.emma):
        assert "mailto:accueil@" not in page(client, qui, adresse(dossier))
