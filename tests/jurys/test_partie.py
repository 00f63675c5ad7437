"""Nobody decides of themselves: neither who organises the jury, nor who sits there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.epreuves.accorder import accorder, noter_l_afgsu
from binome.epreuves.clos import JUGE, pourquoi_clos
from binome.epreuves.permissions import BRANCHE, cotes_d_epreuves
from binome.gestes.refus import GesteImpossible
from binome.jurys.flows import JURYS, RECOURS
from binome.jurys.models import DecisionDeBloc
from binome.jurys.seance import lire_la_seance
from binome.jurys.services import deposer_un_recours
from binome.parcours.flows import FLUX as PARCOURS
from binome.parcours.models import Parcours
from binome.titres.delivrance import delivrer
from tests.jurys.vie import geste, ouvrir, proposer, voter

if TYPE_CHECKING:
    from tests.jurys.vie import VieDeJury

CONCERNE = "vous concerne"


def test_qui_organise_ne_decide_rien_de_soi(
    vie: VieDeJury, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposer(monkeypatch)
    vie = ouvrir(vie)
    voter(vie, 1)
    vie.parcours.dossier.candidat = vie.monde.ana
    vie.parcours.dossier.save()
    with pytest.raises(GesteImpossible, match=CONCERNE):
        voter(vie, 2)
    with pytest.raises(GesteImpossible, match=CONCERNE):
        geste(JURYS, "clore", vie.relire().jury, vie.ana)
    with pytest.raises(GesteImpossible, match=CONCERNE):
        delivrer(vie.parcours, vie.ana)
    assert BRANCHE not in cotes_d_epreuves(vie.ana, vie.parcours)
    with pytest.raises(GesteImpossible, match="La branche seule"):
        accorder(vie.parcours, {"mesure": "dispense", "epreuve": "B1E1"}, vie.ana)
    assert DecisionDeBloc.objects.count() == 1


def test_qui_organise_ne_repond_pas_a_son_recours(
    vie: VieDeJury, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposer(monkeypatch)
    vie = ouvrir(vie)
    for bloc in (1, 2, 3):
        voter(vie, bloc)
    voter(vie, 4, "ajourne", raison="Une situation manque.")
    geste(JURYS, "clore", vie.relire().jury, vie.ana)
    vie.parcours.dossier.candidat = vie.monde.ana
    vie.parcours.dossier.save()
    recours = deposer_un_recours(vie.ana, vie.relire().presentation, "Je conteste.")
    with pytest.raises(GesteImpossible, match=CONCERNE):
        geste(RECOURS, "rejeter", recours, Acteur(vie.monde.ana), reponse="Non.")


@pytest.mark.parametrize("par", ["compte", "courriel"])
def test_la_personne_presentee_ne_siege_pas_pour_elle_meme(vie: VieDeJury, par: str) -> None:
    membre = vie.membres[0]
    if par == "compte":
        membre.compte = vie.monde.lea
    else:
        membre.courriel = vie.monde.lea.courriel.upper()
    membre.save()
    qui = lire_la_seance(vie.jury, [vie.presentation]).candidats[vie.presentation.pk]
    assert "est la personne présentée" in qui.ecartes[membre.pk].raisons
    assert membre.pk not in {un.code for un in qui.restent}


def test_rien_ne_change_de_ce_qu_un_jury_clos_a_lu(
    vie: VieDeJury, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposer(monkeypatch)
    vie = ouvrir(vie)
    avant = timezone.now()
    for bloc in (1, 2, 3):
        voter(vie, bloc)
    voter(vie, 4, "ajourne", raison="Une situation manque.")
    assert pourquoi_clos(vie.parcours, 1, tente_le=avant) == "", "rien n’est dit avant la clôture"
    geste(JURYS, "clore", vie.relire().jury, vie.ana)
    assert pourquoi_clos(vie.parcours, 1) == JUGE
    assert pourquoi_clos(vie.parcours, 4, tente_le=avant) == JUGE
    assert pourquoi_clos(vie.parcours, 4, tente_le=timezone.now()) == "", "une autre tentative"
    alice = Acteur(vie.monde.alice)
    with pytest.raises(GesteImpossible, match="Un jury a décidé"):
        accorder(vie.parcours, {"mesure": "humaine", "epreuve": "B1E1"}, alice)
    geste(PARCOURS, "abandonner", Parcours.objects.get(pk=vie.parcours.pk), alice, raison="choix")
    vie.parcours.refresh_from_db()
    with pytest.raises(GesteImpossible, match="terminé"):
        noter_l_afgsu(vie.parcours, timezone.localdate(), "CESU d’essai", alice)
