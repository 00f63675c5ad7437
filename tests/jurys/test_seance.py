"""A jury from its preparation to its close: who decides, what it takes, what stays."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.gestes.passage import Passage
from binome.gestes.refus import Depasse, GesteImpossible
from binome.gestes.services import faire, faire_tous
from binome.jurys.blocs import blocs_valides
from binome.jurys.flows import JURYS, PLACES, PRESENTATIONS, REGLEMENTS
from binome.jurys.models import DecisionDeBloc, ProcesVerbal, ReglementDeJury
from binome.jurys.seance import lire_la_seance
from binome.jurys.services import blocs_a_presenter, preparer_un_jury, presenter
from binome.parcours.etats import Statut
from binome.parcours.models import ModuleSuivi
from tests.jurys.vie import A_RELIRE, NON_ACQUIS, geste, ouvrir, place, proposer, voter

if TYPE_CHECKING:
    from tests.jurys.vie import VieDeJury


def _clos(vie: VieDeJury) -> VieDeJury:
    geste(JURYS, "clore", vie.relire().jury, vie.ana)
    return vie.relire()


def test_un_jury_decide_bloc_par_bloc_puis_se_clot(
    vie: VieDeJury, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposer(monkeypatch)
    vie = ouvrir(vie)
    assert vie.presentation.blocs == [1, 2, 3, 4]
    for bloc in (1, 2, 3):
        voter(vie, bloc)
    with pytest.raises(GesteImpossible, match="reste à examiner"):
        geste(JURYS, "clore", vie.relire().jury, vie.ana)
    voter(vie, 4)
    assert vie.relire().presentation.etat == "decidee"
    assert blocs_valides(vie.parcours) == {}, "rien n’est tenu avant la clôture"
    vie = _clos(vie)
    assert set(blocs_valides(vie.parcours)) == {1, 2, 3, 4}
    dit = ProcesVerbal.objects.get(jury=vie.jury).dit
    assert [un["issue"] for un in dit["candidats"][0]["blocs"]] == ["valide"] * 4
    assert [un["nom"] for un in dit["membres"] if un["preside"]] == ["Aude D’essai"]
    assert vie.parcours.dossier.personne not in str(dit)


def test_sans_regles_personne_ne_decide(vie: VieDeJury) -> None:
    geste(JURYS, "convoquer", vie.jury, vie.ana)
    geste(REGLEMENTS, "retirer", ReglementDeJury.objects.get(), vie.ana)
    with pytest.raises(GesteImpossible, match="La branche n’a pas encore donné"):
        geste(JURYS, "ouvrir", vie.relire().jury, vie.ana)


def test_ajourner_ou_s_ecarter_se_motive(vie: VieDeJury, monkeypatch: pytest.MonkeyPatch) -> None:
    proposer(monkeypatch, {2: NON_ACQUIS, 3: A_RELIRE})
    vie = ouvrir(vie)
    with pytest.raises(GesteImpossible, match="Dites pourquoi"):
        voter(vie, 1, "ajourne")
    with pytest.raises(GesteImpossible, match="Dites pourquoi"):
        voter(vie, 2, "valide")
    with pytest.raises(GesteImpossible, match="Dites pourquoi"):
        voter(vie, 3, "valide")
    voter(vie, 3, "valide", raison="Le jury a lu les heures qui manquaient.")
    voter(vie, 2, "valide", raison="La grille oublie une situation que le jury a entendue.")
    assert DecisionDeBloc.objects.get(bloc=2).proposee["issue"] == "non_acquis"


@pytest.mark.parametrize(
    ("voix", "dit"),
    [
        ({"pour": "2", "contre": "2"}, "pas de majorité"),
        ({"pour": "4", "contre": "1"}, "plus de voix que de personnes"),
        ({"pour": "1", "contre": "3"}, "Les voix disent « ajourné »"),
        ({"pour": "", "contre": "0"}, "Comptez les voix"),
    ],
)
def test_les_voix_font_la_decision(
    vie: VieDeJury, monkeypatch: pytest.MonkeyPatch, voix: dict[str, str], dit: str
) -> None:
    proposer(monkeypatch)
    vie = ouvrir(vie)
    with pytest.raises(GesteImpossible, match=dit):
        voter(vie, 1, **voix)
    assert not DecisionDeBloc.objects.exists()


def test_qui_est_en_conflit_quitte_le_vote_et_le_quorum_se_recompte(
    vie: VieDeJury, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposer(monkeypatch)
    aude = vie.membres[0]
    type(aude).objects.filter(pk=aude.pk).update(organismes=[vie.parcours.organisme_id])
    vie = ouvrir(vie)
    qui = lire_la_seance(vie.jury, [vie.presentation]).candidats[vie.presentation.pk]
    assert qui.ecartes[aude.pk].raisons == ("travaille dans l’organisme qui l’a formée",)
    assert (qui.votants, qui.manque) == (3, ())
    with pytest.raises(GesteImpossible, match="plus de voix"):
        voter(vie, 1)
    voter(vie, 1, votants=3)
    assert DecisionDeBloc.objects.get().ecartes == [aude.pk]
    geste(PLACES, "manquer", place(vie, vie.membres[1]), vie.ana)
    with pytest.raises(GesteImpossible, match="Il manque 1 personne pour siéger"):
        voter(vie, 2, votants=2)


def test_un_pouvoir_vote_et_ne_fait_pas_le_quorum(
    vie: VieDeJury, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposer(monkeypatch)
    vie = ouvrir(vie)
    aude, basile, chloe = vie.membres[:3]
    geste(PLACES, "manquer", place(vie, basile), vie.ana, pouvoir=str(place(vie, aude).pk))
    qui = lire_la_seance(vie.jury, [vie.presentation]).candidats[vie.presentation.pk]
    assert (len(qui.restent), qui.votants) == (3, 4)
    with pytest.raises(GesteImpossible, match="porte déjà 1 pouvoir"):
        geste(PLACES, "manquer", place(vie, chloe), vie.ana, pouvoir=str(place(vie, aude).pk))
    with pytest.raises(GesteImpossible, match="notez d’abord à qui il va"):
        geste(PLACES, "manquer", place(vie, aude), vie.ana)
    voter(vie, 1)


def test_ce_qui_est_clair_se_confirme_ensemble(
    vie: VieDeJury, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposer(monkeypatch)
    vie = ouvrir(vie)
    presentation = vie.presentation
    bilan = faire_tous(
        PRESENTATIONS, "confirmer", [Passage(presentation, presentation.version)], vie.ana
    )
    assert len(bilan.passes) == 1
    assert DecisionDeBloc.objects.filter(issue="valide", pour=4).count() == 4
    _clos(vie)


def test_ce_qui_est_a_relire_ne_se_confirme_pas_ensemble(
    vie: VieDeJury, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposer(monkeypatch, {3: A_RELIRE})
    vie = ouvrir(vie)
    with pytest.raises(GesteImpossible, match="Le bloc 3 n’est pas proposé comme acquis"):
        geste(PRESENTATIONS, "confirmer", vie.presentation, vie.ana)
    assert not DecisionDeBloc.objects.exists()


def test_de_deux_personnes_qui_decident_la_seconde_relit(
    vie: VieDeJury, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposer(monkeypatch)
    vie = ouvrir(vie)
    vu = vie.presentation.version
    voter(vie, 1)
    donnees = {"bloc": "2", "issue": "valide", "pour": "4", "contre": "0"}
    with pytest.raises(Depasse):
        faire(PRESENTATIONS, "decider", vie.presentation, vie.ana, version=vu, donnees=donnees)
    assert DecisionDeBloc.objects.count() == 1


def test_une_decision_change_dans_la_seance_et_plus_apres(
    vie: VieDeJury, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposer(monkeypatch)
    vie = ouvrir(vie)
    for bloc in (1, 2, 3, 4):
        voter(vie, bloc)
    voter(vie, 3, "ajourne", raison="Une situation manque.")
    neuve = DecisionDeBloc.objects.get(bloc=3, etat="vigueur")
    assert neuve.remplace is not None
    assert neuve.remplace.etat == "remplacee"
    vie = _clos(vie)
    with pytest.raises(GesteImpossible, match="Le jury n’est pas ouvert"):
        voter(vie, 3)
    assert set(blocs_valides(vie.parcours)) == {1, 2, 4}


def test_qui_est_ajourne_revient_avec_les_blocs_qui_manquent(
    vie: VieDeJury, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposer(monkeypatch)
    vie = ouvrir(vie)
    for bloc in (1, 2, 4):
        voter(vie, bloc)
    voter(vie, 3, "ajourne", raison="Une situation manque.")
    second = preparer_un_jury(
        vie.ana, vie.monde.branche, {"jour": timezone.localdate() + timedelta(days=30)}
    )
    with pytest.raises(GesteImpossible, match="Un autre jury examine"):
        presenter(vie.ana, second, vie.parcours)
    vie = _clos(vie)
    reprise = presenter(vie.ana, second, vie.parcours)
    assert (reprise.tentative, reprise.blocs) == (2, [3])


def test_personne_d_autre_que_qui_organise(vie: VieDeJury) -> None:
    for qui in (vie.monde.emma, vie.monde.alice, vie.monde.lea):
        with pytest.raises(GesteImpossible):
            faire(JURYS, "convoquer", vie.jury, Acteur(qui), version=vie.jury.version)


def test_un_bloc_que_la_decision_dit_acquis_ne_se_presente_pas(vie: VieDeJury) -> None:
    assert blocs_a_presenter(vie.parcours, vie.jury.certification) == [1, 2, 3, 4]
    ModuleSuivi.objects.filter(parcours=vie.parcours, bloc=3).update(statut=Statut.ACQUIS)
    assert blocs_a_presenter(vie.parcours, vie.jury.certification) == [1, 2, 4]
    premier = ModuleSuivi.objects.filter(parcours=vie.parcours, bloc=1).order_by("rang")[:1]
    ModuleSuivi.objects.filter(pk__in=premier.values("pk")).update(statut=Statut.ACQUIS)
    assert blocs_a_presenter(vie.parcours, vie.jury.certification) == [1, 2, 4]
