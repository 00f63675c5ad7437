"""A trainer whose role was withdrawn: the slot still names them, and nothing of it is theirs any more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.comptes.models import Appartenance, Personne
from binome.comptes.services import donner_role, retirer_role
from binome.courrier.models import Avis
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.presences.models import Signature
from binome.presences.permissions import cotes_de_remise
from binome.presences.recevoir import recevoir
from binome.sessions.abonnement import ouvrir_une_adresse
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import Creneau
from binome.sessions.permissions import cotes_de_creneau
from binome.sessions.prevenir import prevenir_des_creneaux
from binome.sessions.rappels import rappeler
from tests.presences.suivi import Suivi, poser, recue

if TYPE_CHECKING:
    from pytest_django import Settings


def partir(suivi: Suivi) -> None:
    """Bob trains nowhere any more."""
    for role in Appartenance.objects.filter(personne=suivi.monde.bob, close_le=None):
        retirer_role(role, auteur=suivi.monde.alice.sujet)


def relu(suivi: Suivi) -> Creneau:
    return Creneau.objects.select_related("session__site", "session__organisme", "formateur").get(
        pk=suivi.creneau.pk
    )


def test_il_ne_lit_n_ouvre_ni_ne_contresigne_plus(suivi: Suivi) -> None:
    recevoir(suivi.bob, relu(suivi), [recue(suivi.parcours)], maintenant=timezone.now())
    assert "formateur" in cotes_de_creneau(suivi.bob, relu(suivi))
    partir(suivi)
    bob, un = suivi.bob, relu(suivi)
    assert (cotes_de_creneau(bob, un), cotes_de_remise(bob, un)) == (frozenset(), frozenset())
    for geste in ("ouvrir", "geler"):
        with pytest.raises(GesteImpossible):
            faire(CRENEAUX, geste, relu(suivi), bob, version=un.version)
    client = Client()
    client.force_login(Personne.objects.get(pk=suivi.monde.bob.pk))
    for vers in (
        f"/espace/sessions/{un.session_id}/",
        f"/espace/sessions/{un.session_id}/presences/",
        f"/espace/creneaux/{un.uid}/presences/",
        f"/espace/creneaux/{un.uid}/tablette/",
        f"/espace/creneaux/{un.uid}/presences.pdf",
    ):
        assert client.get(vers).status_code in {403, 404}
        assert "Léa" not in client.get(vers).content.decode()
    # What he handed in before stays, with his name; who trains there hands in what is left on a tablet.
    assert Signature.objects.get().par == suivi.monde.bob
    donner_role(suivi.monde.charlie, suivi.monde.organisme, "formateur")
    assert cotes_de_remise(Acteur(suivi.monde.charlie), un) == {"formateur"}


def test_son_calendrier_et_ses_courriels_n_en_disent_plus_rien(
    suivi: Suivi, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    debut = timezone.localtime() + timedelta(days=1)
    demain = poser(suivi.creneau.session, suivi.monde, debut=debut, fin=debut + timedelta(hours=1))
    adresse = urlsplit(ouvrir_une_adresse(suivi.bob, 0)).path
    siens = Avis.objects.filter(destinataire=suivi.monde.bob.courriel)
    assert Client().get(adresse).content.count(b"BEGIN:VEVENT") == 2
    partir(suivi)
    avant = siens.count()
    assert Client().get(adresse).content.count(b"BEGIN:VEVENT") == 0
    lu = Creneau.objects.select_related("session__site", "session__organisme", "formateur")
    prevenir_des_creneaux("deplacer", [lu.get(pk=demain.pk)])
    rappeler()
    assert siens.count() == avant
    assert Avis.objects.exclude(destinataire=suivi.monde.bob.courriel).exists()
