"""What the organisation and the branch see of booklets: who began, what is asked; never what is written."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.livret.branche import taches_signalees
from binome.livret.etats import CoteDuBinome, EtatDeGlissement, Valeur
from binome.livret.models import Appreciation, CarteDeSemaine, Glissement
from binome.livret.suivi import livrets_de
from binome.livret.tutorats import nommer
from binome.parcours.models import Parcours
from tests.livret.vie import Binome, dit, envoi, former, rendre, signe

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde

PHRASE = "J’ai rangé le chariot de soins."


@pytest.fixture
def binome(monde: Monde) -> Binome:
    """Léa and Tara, whose path was opened three weeks ago."""
    former_ = former(monde)
    Parcours.objects.update(ouvert_le=timezone.now() - timedelta(weeks=3))
    former_.parcours.refresh_from_db()
    return former_


def test_la_page_de_l_organisme_dit_qui_a_commence_sans_rien_de_ce_qui_est_ecrit(
    binome: Binome, client: Client
) -> None:
    client.force_login(binome.monde.alice)
    assert "Pas commencé" in client.get("/espace/livret/").content.decode()
    for semaines in (1, 0):
        une = dit(valeur=Valeur.PAS_EU, phrase=PHRASE)
        semaine = binome.semaine - timedelta(weeks=semaines)
        rendre(
            binome, binome.lea,
            envoi(binome, une, semaine=semaine, signature=signe(CoteDuBinome.STAGIAIRE, une)),
        )  # fmt: skip
    page = client.get("/espace/livret/").content.decode()
    assert PHRASE not in page
    (livret,) = livrets_de([binome.parcours])
    assert (livret.semaines, livret.commencees, livret.signees) == (4, 2, 0)
    assert (livret.attend_le_tuteur, livret.attend_la_personne) == (2, 0)
    assert "2 commencées, 0 signée par les deux" in page
    assert "2 attendent le tuteur ou la tutrice" in page
    assert "attend la personne" not in page
    assert [une.code for une in livret.demandees] == ["B1M1C1"]
    assert livret.demandees[0].intitule in page
    assert "Aucun livret ici" in client.get("/espace/livret/?etat=pas-commence").content.decode()


def test_la_liste_tient_en_peu_de_requetes(
    binome: Binome, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(4):  # type: ignore[operator] # pytest-django's own
        livrets_de([binome.parcours])


def test_l_organisme_sait_a_qui_dire_que_personne_n_est_nomme(
    binome: Binome, client: Client
) -> None:
    une = dit()
    rendre(binome, binome.lea, envoi(binome, une, signature=signe(CoteDuBinome.STAGIAIRE, une)))
    parcours = f"/espace/suivis/parcours/{binome.parcours.pk}/"
    client.force_login(binome.monde.alice)
    assert f'href="{parcours}#le-livret">à qui le dire' in client.get("/espace/livret/").content.decode()  # fmt: skip
    assert f"écrivez à {binome.cabinet.nom}" in client.get(parcours).content.decode()
    client.force_login(binome.tara)
    assert f"/espace/livret/{binome.parcours.pk}/tuteur/" in client.get(parcours).content.decode()
    nommer(binome.tutrice, binome.parcours, binome.tara.pk)
    client.force_login(binome.monde.alice)
    assert "écrivez à" not in client.get(parcours).content.decode()
    assert "à qui le dire" not in client.get("/espace/livret/").content.decode()


def test_la_branche_lit_la_tache_sans_phrase_et_cache_les_petits_nombres(
    binome: Binome, client: Client
) -> None:
    rendre(binome, binome.lea, envoi(binome, dit(phrase="J’ai fait une injection seule.")))
    client.force_login(binome.monde.emma)
    assert "Aucune tâche n’est signalée" in client.get("/espace/livret/taches/").content.decode()
    Glissement.objects.update(
        etat=EtatDeGlissement.TRANSMIS,
        dit_le=timezone.localtime() - timedelta(days=8),
        transmis_le=timezone.now(),
    )
    page = (
        client.get("/espace/livret/taches/")
        .content.decode()
        .replace("\u202f", " ")
        .replace("\xa0", " ")
    )
    assert "Moins de 11" in page
    assert "La suite : aucun livret n’est à corriger." in page
    assert "J’ai fait une injection" not in page
    assert binome.parcours.dossier.reference not in page
    (une,) = taches_signalees(Acteur(binome.monde.emma))
    assert (une.livrets, une.lieux) == (None, ())
    assert CarteDeSemaine.objects.count() == Appreciation.objects.count() == 1
