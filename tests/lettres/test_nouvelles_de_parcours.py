"""What is done of a path is told to who follows it: the person, who employs them, who goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.comptes.services import creer_organisation, donner_role
from binome.courrier.models import Message
from binome.gestes.suites import suite_de
from binome.lettres.parcours import LIGNES
from binome.parcours.flows import FLUX
from binome.parcours.models import Parcours
from binome.typographie import FINE
from tests.dossiers.monde import personne, suivi_par
from tests.parcours.test_parcours import decide

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde


def _faire(client: Client, parcours: Parcours, geste: str, **donnees: str) -> list[str]:
    """What the page says once Alice sent the form of a gesture."""
    reponse = client.post(
        f"/espace/suivis/parcours/{parcours.pk}/{geste}/",
        {"version": str(parcours.version), **donnees},
        follow=True,
    )
    assert reponse.status_code == 200, reponse.content.decode()
    parcours.refresh_from_db()
    return [str(un) for un in reponse.context["messages"]]


@pytest.fixture
def parcours(monde: Monde, client: Client) -> Parcours:
    """The path of Léa, whose employer has an account; Alice is signed in, and no mail has left."""
    dossier = decide(monde)
    cabinet = creer_organisation("cabinet", "Cabinet d’exemple", exemple=True)
    donner_role(personne("paul"), cabinet, "employeur")
    suivi_par(dossier, cabinet)
    client.force_login(monde.alice)
    Message.objects.all().delete()
    return Parcours.objects.get(dossier=dossier)


def _recus() -> dict[str, str]:
    return {un.destinataire: un.sujet.replace(FINE, " ") for un in Message.objects.order_by("pk")}


def test_chaque_geste_dit_qui_il_previent() -> None:
    assert set(LIGNES) == {un.nom for un in FLUX.table}
    for un in FLUX.table:
        suite = suite_de("parcours", un.nom)
        assert suite is not None
        assert suite.dit


def test_un_parcours_interrompu_est_dit_a_la_personne_et_a_son_employeur(
    client: Client, parcours: Parcours
) -> None:
    jour = timezone.localdate().isoformat()
    dits = _faire(client, parcours, "interrompre", raison="absence", du=jour)
    reference = parcours.dossier.reference
    assert _recus() == dict.fromkeys(
        ("lea@exemple.fr", "paul@exemple.fr"),
        f"Dossier {reference} : la formation est interrompue",
    )
    assert "à la personne candidate et à l’employeur" in dits[0]
    for message in Message.objects.order_by("pk"):
        assert "Absence" not in message.texte  # why stays on the page
        assert f"/espace/suivis/parcours/{parcours.pk}/" in message.texte
    Message.objects.all().delete()
    _faire(client, parcours, "reprendre")
    assert set(_recus().values()) == {f"Dossier {reference} : la formation reprend"}


def test_qui_recoit_un_parcours_ouvre_la_suite_depuis_le_courriel(
    client: Client, monde: Monde, parcours: Parcours
) -> None:
    _faire(client, parcours, "transferer", vers="Organisme C")
    suite = Parcours.objects.get(suite_de=parcours)
    message = Message.objects.get(destinataire=monde.charlie.courriel)
    assert (
        message.sujet.replace(FINE, " ")
        == f"Dossier {parcours.dossier.reference} : un parcours vous est transféré"
    )
    assert f"/espace/suivis/parcours/{suite.pk}/" in message.texte
    client.force_login(monde.charlie)
    assert client.get(f"/espace/suivis/parcours/{suite.pk}/").status_code == 200


def test_un_geste_refuse_ne_previent_personne_et_garde_ce_qui_est_tape(
    client: Client, parcours: Parcours
) -> None:
    reponse = client.post(
        f"/espace/suivis/parcours/{parcours.pk}/transferer/",
        {"version": str(parcours.version), "vers": "Personne de connu"},
    )
    assert reponse.status_code == 422
    page = reponse.content.decode()
    assert "Aucun organisme de Binôme n’a ce nom" in page
    assert "Personne de connu" in page
    assert page.count("open>") == 1
    assert not Message.objects.exists()


def test_qui_ne_gere_pas_ne_voit_aucun_formulaire(
    client: Client, monde: Monde, parcours: Parcours
) -> None:
    client.force_login(monde.lea)
    page = client.get(f"/espace/suivis/parcours/{parcours.pk}/").content.decode()
    assert 'class="geste"' not in page
    refuse = client.post(
        f"/espace/suivis/parcours/{parcours.pk}/abandonner/", {"version": "1", "raison": "choix"}
    )
    assert refuse.status_code == 403
    assert not Message.objects.exists()
