"""By experience: the contested rule is shown, nobody is refused by it, and the same jury decides; blocs held carry over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.bureau.decisions import decider
from binome.comptes.acteur import Acteur
from binome.dossiers.models import Dossier
from binome.gestes.refus import GesteImpossible
from binome.jurys.flows import JURYS, VAES
from binome.jurys.models import DemarcheVae
from binome.jurys.services import preparer_un_jury
from binome.jurys.vae import demander, presenter_par_experience
from binome.parcours.flows import FLUX as PARCOURS
from binome.parcours.models import Parcours
from tests.dossiers.monde import notifiee, propose
from tests.jurys.vie import RELU, geste, ouvrir, voter

if TYPE_CHECKING:
    from tests.dossiers.monde import Monde
    from tests.jurys.vie import VieDeJury


def _dossier(monde: Monde) -> Dossier:
    """A dossier whose path was given up."""
    dossier = propose(monde)
    decider(dossier, Acteur(monde.emma), version=dossier.version)
    dossier = notifiee(dossier)
    geste(
        PARCOURS,
        "abandonner",
        Parcours.objects.get(dossier=dossier),
        Acteur(monde.alice),
        raison="choix",
    )
    return dossier


def _mener(une: DemarcheVae, ana: Acteur) -> DemarcheVae:
    jour = timezone.localdate().isoformat()
    for nom, donnees in (
        ("recevoir", {"pourquoi": "2 000 heures attestées."}),
        ("accompagner", {"par_qui": "Un organisme d’essai"}),
        ("recevoir_le_livret", {"le": jour}),
        ("entretenir", {"le": jour}),
    ):
        geste(VAES, nom, une, ana, **donnees)
    return DemarcheVae.objects.get(pk=une.pk)


@pytest.mark.parametrize(("heures", "issue"), [(1607, "oui"), (1606, "indetermine"), (0, "non")])
def test_la_regle_contestee_se_lit_avec_ses_sources(monde: Monde, heures: int, issue: str) -> None:
    une = demander(Acteur(monde.ana), monde.branche, _dossier(monde), heures)
    assert (une.regle["issue"], une.regle["statut"]) == (issue, "contestee")
    assert any("2022-1598" in un or "21 décembre 2022" in un for un in une.regle["sources"])
    assert une.etat == "demandee", "la règle ne refuse personne"


def test_une_vae_mene_au_meme_jury(vie: VieDeJury) -> None:
    dossier = _dossier(vie.monde)
    une = _mener(demander(vie.ana, vie.monde.branche, dossier, 2000), vie.ana)
    jury = preparer_un_jury(vie.ana, vie.monde.branche, {"jour": timezone.localdate()})
    presentation = presenter_par_experience(vie.ana, jury, une)
    assert presentation.blocs == [1, 2, 3, 4]
    assert presentation.parcours.voie == "vae"
    assert not presentation.parcours.modules.exists()
    assert DemarcheVae.objects.get(pk=une.pk).parcours == presentation.parcours


def test_les_blocs_valides_en_formation_se_gardent(vie: VieDeJury) -> None:
    vie = ouvrir(vie)
    for bloc in (1, 2):
        voter(vie, bloc, raison=RELU)
    for bloc in (3, 4):
        voter(vie, bloc, "ajourne", raison="Une situation manque.")
    geste(JURYS, "clore", vie.relire().jury, vie.ana)
    parcours = Parcours.objects.get(pk=vie.parcours.pk)
    with pytest.raises(GesteImpossible, match="suit un parcours de formation"):
        demander(vie.ana, vie.monde.branche, parcours.dossier, 2000)
    geste(PARCOURS, "abandonner", parcours, Acteur(vie.monde.alice), raison="choix")
    une = _mener(demander(vie.ana, vie.monde.branche, parcours.dossier, 2000), vie.ana)
    jury = preparer_un_jury(vie.ana, vie.monde.branche, {"jour": timezone.localdate()})
    assert presenter_par_experience(vie.ana, jury, une).blocs == [3, 4]


def test_sans_entretien_pas_de_jury(vie: VieDeJury) -> None:
    une = demander(vie.ana, vie.monde.branche, _dossier(vie.monde), 2000)
    with pytest.raises(GesteImpossible, match="entretien"):
        presenter_par_experience(vie.ana, vie.jury, une)


def test_nul_ne_mene_sa_propre_vae(vie: VieDeJury) -> None:
    dossier = _dossier(vie.monde)
    Dossier.objects.filter(pk=dossier.pk).update(candidat=vie.monde.ana)
    sien = Dossier.objects.get(pk=dossier.pk)
    with pytest.raises(GesteImpossible, match="vous concerne"):
        demander(Acteur(vie.monde.ana), vie.monde.branche, sien, 2000)
    Dossier.objects.filter(pk=dossier.pk).update(candidat=vie.monde.lea)
    une = _mener(demander(vie.ana, vie.monde.branche, dossier, 2000), vie.ana)
    Dossier.objects.filter(pk=dossier.pk).update(candidat=vie.monde.ana)
    une = DemarcheVae.objects.get(pk=une.pk)
    with pytest.raises(GesteImpossible, match="vous concerne"):
        geste(VAES, "abandonner", une, Acteur(vie.monde.ana))
    with pytest.raises(GesteImpossible, match="vous concerne"):
        presenter_par_experience(Acteur(vie.monde.ana), vie.jury, une)
    assert not Parcours.objects.filter(voie="vae").exists()
