"""Nobody examines, decides or answers for a dossier that is theirs, by any door."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.comptes.models import Appartenance
from binome.comptes.services import creer_organisation, donner_role
from binome.dossiers.etats import Etat
from binome.dossiers.flows import EXAMEN, GESTES
from binome.dossiers.flux import FLUX
from binome.dossiers.models import Decision, Dossier
from binome.dossiers.permissions import cotes
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.pieces import examen
from tests.dossiers.monde import (
    Monde,
    construire,
    depose,
    joindre,
    propose,
    suivi_par,
    trancher_tout,
)

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
LIENS = ("candidat", "courriel", "organisme", "organisme-quitte", "cabinet")


def _lier(monde: Monde, dossier: Dossier, lien: str) -> None:
    """Makes a dossier Ana's, who administers the branch."""
    if lien == "candidat":
        dossier.candidat = monde.ana
    elif lien == "courriel":
        dossier.candidat, dossier.courriel = None, "Ana@Exemple.fr"
    elif lien == "cabinet":
        cabinet = creer_organisation("cabinet", "Cabinet d’Ana", exemple=True)
        donner_role(monde.ana, cabinet, "employeur")
        suivi_par(dossier, cabinet)
    else:
        tenue = donner_role(monde.ana, monde.organisme, "formateur")
        if lien == "organisme-quitte":
            Appartenance.objects.filter(pk=tenue.pk).update(close_le=timezone.now())
    dossier.save()


@pytest.mark.parametrize("lien", LIENS)
def test_aucun_geste_de_la_branche_sur_un_dossier_qui_est_le_sien(lien: str) -> None:
    monde = construire()
    dossier = depose(monde)
    assert EXAMEN in cotes(Acteur(monde.ana), dossier)
    _lier(monde, dossier, lien)
    for acteur in (Acteur(monde.ana), Acteur(monde.ana, ici=monde.branche.pk)):
        assert EXAMEN not in cotes(acteur, dossier)
        for nom, geste in GESTES.items():
            if geste.qui == (EXAMEN,):
                with pytest.raises(GesteImpossible, match="une autre personne de la branche"):
                    faire(FLUX, nom, dossier, acteur, version=dossier.version)
    assert EXAMEN in cotes(Acteur(monde.emma), dossier)
    piece = joindre(monde, dossier, "diplomes")
    piece.dossier = dossier
    with pytest.raises(GesteImpossible):
        examen.accepter_piece(piece, Acteur(monde.ana), version=dossier.version, faits={})


def test_qui_a_quitte_l_organisme_avant_examine_ses_dossiers() -> None:
    monde = construire()
    tenue = donner_role(monde.ana, monde.organisme, "formateur")
    Appartenance.objects.filter(pk=tenue.pk).update(close_le=timezone.now())
    assert EXAMEN in cotes(Acteur(monde.ana), depose(monde))


def test_ensemble_non_plus_et_l_on_n_annule_pas_sa_decision() -> None:
    monde = construire()
    dossier, autre = propose(monde), propose(monde)
    trancher_tout(monde, dossier)
    Dossier.objects.filter(pk__in=(dossier.pk, autre.pk)).update(claire=True)
    _lier(monde, Dossier.objects.get(pk=dossier.pk), "cabinet")
    versions = {
        un.reference: un.version for un in Dossier.objects.filter(pk__in=(dossier.pk, autre.pk))
    }
    bilan = decisions.confirmer(Acteur(monde.ana), versions, ("lues",))
    assert bilan.confirmes == (autre.reference,)
    assert [(nom, "partie" in raison) for nom, raison in bilan.laisses] == [
        (dossier.reference, True)
    ]
    assert not Decision.objects.filter(dossier=dossier).exists()
    confirmation = decisions.confirmer(Acteur(monde.emma), versions).confirmation
    assert confirmation is not None
    with pytest.raises(GesteImpossible, match="qui vous concerne"):
        decisions.annuler_confirmation(confirmation, Acteur(monde.ana))
    decisions.annuler_confirmation(confirmation, Acteur(monde.emma))


def test_la_branche_lit_le_sien_comme_une_candidate(client: Client) -> None:
    monde = construire()
    dossier = Dossier.objects.get(pk=propose(monde).pk)
    adresse = f"/espace/dossiers/{dossier.reference}/"
    client.force_login(monde.ana)
    assert "Décider" in client.get(adresse).content.decode()
    _lier(monde, dossier, "candidat")
    page = client.get(adresse)
    assert page.status_code == 200
    assert "Décider" not in page.content.decode()
    assert page.context["proposition"] is None
    assert page.context["doublons"] == {"ouverts": [], "ailleurs": 0}
    refus = client.post(f"{adresse}gestes/decider/", {"version": dossier.version})
    assert refus.status_code == 403
    assert Dossier.objects.get(pk=dossier.pk).etat == Etat.PROPOSITION


def test_qui_examine_n_apprend_pas_sa_propre_decision_avant_les_autres(client: Client) -> None:
    monde = construire()
    dossier = Dossier.objects.get(pk=propose(monde).pk)
    _lier(monde, dossier, "candidat")
    autre = propose(monde)

    def lues() -> list[str]:
        client.force_login(monde.ana)
        pages = (f"{dossier.reference}/", "", *(f"?etat={etat}" for etat in Etat.values))
        reponses = [client.get(f"/espace/dossiers/{une}").content.decode() for une in pages]
        return [re.sub(r'name="(version|csrf\w+)" value="\w+"', "", une) for une in reponses]

    avant = lues()
    decisions.decider(dossier, Acteur(monde.emma), version=dossier.version)
    assert lues() == avant
    decisions.decider(autre, Acteur(monde.emma), version=autre.version)
    assert lues() != avant, "that of somebody else is hers to read"
