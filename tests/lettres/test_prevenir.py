"""What a gesture says of its mails: one for many dossiers, an invitation that holds, and who cannot be told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.models import Appartenance, Invitation
from binome.comptes.services import accepter, inviter, retirer_role
from binome.courrier.models import Message
from binome.dossiers import services
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Dossier
from binome.gestes.passage import Passage
from binome.gestes.services import faire_tous
from tests.dossiers.monde import Monde, brouillon, depose, personne
from tests.dossiers.navigation import adresse, envoyer, page

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings


def _demander(monde: Monde, client: Client, dossier: Dossier) -> str:
    """The page of the branch once it asked to complete."""
    dossier.refresh_from_db()
    geste = adresse(dossier, "gestes/demander/")
    envoyer(client, monde.emma, geste, motif="Le titre.", version=dossier.version)
    return page(client, monde.emma, adresse(dossier))


def test_trois_depots_d_un_geste_font_un_seul_courriel(monde: Monde) -> None:
    dossiers = [brouillon(monde) for _ in range(3)]
    passages = [Passage(un, un.version) for un in dossiers]
    assert len(faire_tous(FLUX, "deposer", passages, Acteur(monde.alice)).passes) == 3
    recus = Message.objects.filter(destinataire="alice@exemple.fr")
    (seul,) = recus
    assert seul.sujet == "3 dossiers déposés, accusé de réception"
    for dossier in dossiers:
        assert adresse(dossier) in seul.texte
        assert f"Dossier {dossier.reference} de Léa Exemple" in seul.texte, (
            "a reference names nobody"
        )
    assert Message.objects.filter(destinataire="lea@exemple.fr").count() == 3


def test_la_page_dit_a_qui_un_courriel_part(monde: Monde, client: Client) -> None:
    lue = _demander(monde, client, depose(monde))
    assert "Un courriel part à l’organisme et à la personne candidate." in lue


def test_la_page_dit_qui_ne_peut_pas_etre_prevenu(monde: Monde, client: Client) -> None:
    dossier = depose(monde)
    Dossier.objects.update(candidat=None, courriel="")
    Appartenance.objects.filter(organisation=monde.organisme).update(close_le=timezone.now())
    lue = _demander(monde, client, dossier)
    assert "Personne ne gère l’organisme sur Binôme" in lue
    assert "La personne candidate n’a pas d’adresse" in lue
    assert "Un courriel part à" not in lue


@pytest.mark.parametrize(
    ("reglage", "dit"),
    [
        ("COURRIER_OUVERT", "Cette installation n’envoie pas de courriel"),
        ("DEMONSTRATION", "Dossier d’exemple : aucun courriel ne part."),
    ],
)
def test_la_page_ne_promet_pas_ce_qui_ne_part_pas(
    monde: Monde, client: Client, settings: Settings, reglage: str, dit: str
) -> None:
    dossier = depose(monde)
    setattr(settings, reglage, False)
    lue = _demander(monde, client, dossier)
    assert dit in lue
    assert "Un courriel part à" not in lue


def test_une_invitation_passee_repart_avec_la_nouvelle(monde: Monde) -> None:
    dossier = brouillon(monde)
    Dossier.objects.update(candidat=None)
    dossier.refresh_from_db()
    dossier = services.deposer(dossier, Acteur(monde.alice), version=dossier.version)
    Invitation.objects.update(expire_le=timezone.localtime() - timedelta(days=1))
    services.demander(dossier, Acteur(monde.emma), version=dossier.version, motif="Le titre.")
    assert Invitation.objects.filter(expire_le__gt=timezone.now()).count() == 1
    (demande,) = Message.objects.filter(destinataire="lea@exemple.fr").exclude(
        sujet__contains="déposé par"
    )
    assert demande.cle.startswith("invitation:"), "one mail: the invitation tells the news"
    assert demande.sujet == f"Dossier {dossier.reference}\u202f: à compléter"
    assert "demande de compléter votre dossier" in demande.texte
    assert "Ce qui manque\u202f:\nLe titre." in demande.texte
    assert "créez d’abord votre compte" in demande.texte
    assert "/compte/invitation/" in demande.texte


def test_une_invitation_qui_tient_laisse_partir_la_nouvelle_seule(monde: Monde) -> None:
    dossier = brouillon(monde)
    Dossier.objects.update(candidat=None)
    dossier.refresh_from_db()
    dossier = services.deposer(dossier, Acteur(monde.alice), version=dossier.version)
    services.demander(dossier, Acteur(monde.emma), version=dossier.version, motif="Le titre.")
    assert Invitation.objects.count() == 1
    demande = Message.objects.get(cle__startswith="geste:demander", destinataire="lea@exemple.fr")
    assert "Vous n’avez pas encore de compte" in demande.texte


def test_un_role_pris_ou_retire_se_dit(monde: Monde) -> None:
    nour = personne("nour")
    envoi = inviter(
        nour.courriel, Acteur(monde.alice), organisation=monde.organisme, role="formateur"
    )
    accepter(envoi.jeton, nour)
    dite = Message.objects.get(cle__startswith="acceptee:")
    assert (dite.destinataire, dite.sujet) == ("alice@exemple.fr", "Invitation acceptée\u202f: Organisme A")  # fmt: skip
    assert f"/compte/organisations/{monde.organisme.pk}/" in dite.texte
    retirer_role(Appartenance.objects.get(personne=nour), auteur="essai")
    retrait = Message.objects.get(cle__startswith="role:")
    assert retrait.destinataire == nour.courriel
    assert retrait.expediteur == "Organisme A"
