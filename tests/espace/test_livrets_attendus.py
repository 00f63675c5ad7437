"""The home page of who employs names each card that waits for them, and who has no tutor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binome.comptes.acteur import Acteur
from binome.comptes.services import donner_role
from binome.livret.attente import livrets_attendus
from binome.livret.etats import CoteDuBinome
from binome.livret.tutorats import nommer
from tests.dossiers.monde import personne, suivi_par
from tests.dossiers.navigation import page
from tests.livret.vie import Binome, dit, envoi, former, rendre, signe
from tests.parcours.test_parcours import ouvert

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde

RIEN = "Rien ne vous est demandé"


@pytest.fixture
def binome(monde: Monde) -> Binome:
    """Léa and Tara."""
    return former(monde)


def _lea_signe(binome: Binome) -> None:
    une = dit()
    rendre(binome, binome.lea, envoi(binome, une, signature=signe(CoteDuBinome.STAGIAIRE, une)))


def test_la_carte_qui_attend_et_le_tuteur_a_nommer_se_lisent_a_l_accueil(
    binome: Binome, client: Client
) -> None:
    _lea_signe(binome)
    lu = page(client, binome.tara, "/espace/")
    assert RIEN not in lu
    assert "La carte de la semaine est signée par Léa Exemple, et attend votre signature." in lu
    assert f"/espace/livret/{binome.parcours.pk}/tuteur/" in lu
    assert "Nommer le tuteur ou la tutrice" in lu


def test_une_fois_le_tuteur_nomme_c_est_lui_que_la_carte_attend(
    binome: Binome, client: Client
) -> None:
    _lea_signe(binome)
    tom = personne("tom")
    donner_role(tom, binome.cabinet, "tuteur")
    nommer(binome.tutrice, binome.parcours, tom.pk)
    lu = page(client, binome.tara, "/espace/")
    assert RIEN in lu
    assert f"signée par Léa Exemple, et attend {tom}." in lu
    assert "Nommer le tuteur" not in lu
    lu = page(client, tom, "/espace/")
    assert RIEN not in lu
    assert "attend votre signature" in lu


def test_ce_qui_est_signe_par_les_deux_ne_demande_plus_rien(binome: Binome) -> None:
    une = dit()
    rendre(binome, binome.lea, envoi(binome, une, signature=signe(CoteDuBinome.STAGIAIRE, une)))
    deux = envoi(binome, signature=signe(CoteDuBinome.TUTEUR, une))
    rendre(binome, binome.tutrice, deux)
    nommer(binome.tutrice, binome.parcours, binome.tara.pk)
    attendu = livrets_attendus(Acteur(binome.tara), [binome.parcours])[binome.parcours.pk]
    assert (attendu.dit, attendu.a_faire) == (
        "La carte de la semaine est signée par les deux.",
        False,
    )


def test_le_nombre_de_requetes_ne_suit_pas_celui_des_livrets(monde: Monde, binome: Binome) -> None:
    autres = [ouvert(monde), ouvert(monde)]
    for un in autres:
        suivi_par(un.dossier, binome.cabinet)
    comptes = []
    for parcours in ([binome.parcours], [binome.parcours, *autres]):
        with CaptureQueriesContext(connection) as requetes:
            attendus = livrets_attendus(Acteur(binome.tara), parcours)
        comptes.append(len(requetes))
        assert len(attendus) == len(parcours)
    assert comptes[0] == comptes[1] <= 6


def test_qui_suit_les_yeux_d_un_autre_ou_rien_n_a_rien_a_signer(binome: Binome) -> None:
    assert livrets_attendus(Acteur(binome.monde.bob), [binome.parcours]) == {}
