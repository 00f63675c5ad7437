"""Who is expected in a slot, and who may read it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from binome.comptes.acteur import Acteur
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.parcours.etats import Statut
from binome.parcours.flows import FLUX as PARCOURS
from binome.sessions.attendus import attendus, attendus_des, creneaux_de
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import Creneau, Inscription
from binome.sessions.permissions import creneau_pour, session_pour
from tests.presences.vie import un_creneau, une_session
from tests.sessions.vie import inscrire, un_parcours

if TYPE_CHECKING:
    from tests.dossiers.monde import Monde


def test_est_attendu_qui_est_inscrit_au_bloc_et_a_le_module_a_suivre(monde: Monde) -> None:
    parcours, session = un_parcours(monde), une_session(monde)
    creneau = un_creneau(monde, session)
    creneau.module = parcours.modules.filter(bloc=1, statut=Statut.A_SUIVRE).earliest("rang").code
    creneau.save(update_fields=["module"])
    assert attendus(creneau) == []
    inscription = inscrire(monde, session, parcours, 1)
    assert attendus(creneau) == [inscription]
    assert list(creneaux_de(parcours)) == [creneau]
    creneau.bloc = 2
    assert attendus(creneau) == []
    dispense = parcours.modules.exclude(statut=Statut.A_SUIVRE).earliest("rang")
    creneau.bloc, creneau.module = dispense.bloc, dispense.code
    assert attendus(creneau) == []


def test_qui_s_arrete_n_est_plus_attendu_ensuite(monde: Monde) -> None:
    parcours, session = un_parcours(monde), une_session(monde)
    avant, apres = un_creneau(monde, session), un_creneau(monde, session)
    module = parcours.modules.filter(bloc=1, statut=Statut.A_SUIVRE).earliest("rang").code
    for creneau, jours in ((avant, 1), (apres, 20)):
        creneau.module = module
        creneau.debut = timezone.localtime() + timedelta(days=jours)
        creneau.fin = creneau.debut + timedelta(minutes=210)
        creneau.save()
    inscrire(monde, session, parcours, 1)
    donnees = {"raison": "absence", "du": (timezone.localdate() + timedelta(days=10)).isoformat()}
    faire(PARCOURS, "interrompre", parcours, Acteur(monde.alice), version=1, donnees=donnees)
    qui = attendus_des([avant, apres])
    assert (len(qui[avant.pk]), len(qui[apres.pk])) == (1, 0)
    parcours.refresh_from_db()
    assert list(creneaux_de(parcours)) == [avant]


def test_les_attendus_de_beaucoup_de_creneaux_se_lisent_en_deux_requetes(monde: Monde) -> None:
    session = une_session(monde)
    inscrire(monde, session, un_parcours(monde), 1)
    creneaux = [un_creneau(monde, session) for _ in range(5)]
    with CaptureQueriesContext(connection) as requetes:
        attendus_des(creneaux)
    assert len(requetes) == 2


def test_un_creneau_se_lit_ou_se_refuse(monde: Monde) -> None:
    session = une_session(monde, publiee=False)
    creneau = un_creneau(monde, session)
    assert creneau_pour(Acteur(monde.alice), creneau.uid, "ouvrir") == creneau
    assert session_pour(Acteur(monde.bob), session.pk) == session
    with pytest.raises(PermissionDenied):
        creneau_pour(Acteur(monde.bob), creneau.uid, "ouvrir")
    for autre in (monde.charlie, monde.emma, monde.lea):
        with pytest.raises(Http404):
            creneau_pour(Acteur(autre), creneau.uid)
        with pytest.raises(Http404):
            session_pour(Acteur(autre), session.pk)
    with pytest.raises(Http404):
        creneau_pour(Acteur(monde.alice), uuid4())


def test_qui_enseigne_contresigne(monde: Monde) -> None:
    creneau = un_creneau(monde, une_session(monde))
    creneau.formateur = monde.bob
    creneau.debut -= timedelta(minutes=210)
    creneau.fin -= timedelta(minutes=210)
    creneau.save()
    faire(CRENEAUX, "ouvrir", creneau, Acteur(monde.bob), version=1)
    faire(CRENEAUX, "geler", creneau, Acteur(monde.bob), version=2)
    creneau.refresh_from_db()
    assert (creneau.etat, creneau.gele_par, creneau.gele_le is None) == ("gele", monde.bob, False)


def test_ce_qui_est_enseigne_avant_l_inscription_ne_dit_rien_de_la_personne(monde: Monde) -> None:
    parcours, session = un_parcours(monde), une_session(monde)
    hier, demain = un_creneau(monde, session), un_creneau(monde, session)
    for creneau, jours in ((hier, -1), (demain, 1)):
        creneau.debut += timedelta(days=jours)
        creneau.fin += timedelta(days=jours)
        creneau.save()
    inscription = inscrire(monde, session, parcours, 1)
    assert [len(un) for un in attendus_des([hier, demain]).values()] == [0, 1]
    assert list(creneaux_de(parcours)) == [demain]
    # Who was there already is expected from the day that is said.
    jour = hier.debut.astimezone(session.site.fuseau).date()
    Inscription.objects.filter(pk=inscription.pk).update(depuis=jour)
    assert [len(un) for un in attendus_des([hier, demain]).values()] == [1, 1]
    assert list(creneaux_de(parcours)) == [hier, demain]
    Inscription.objects.filter(pk=inscription.pk).update(depuis=jour + timedelta(days=1))
    assert list(creneaux_de(parcours)) == [demain]


def test_on_ne_fait_pas_signer_une_session_que_personne_ne_lit(monde: Monde) -> None:
    creneau = un_creneau(monde, une_session(monde, publiee=False))
    with pytest.raises(GesteImpossible, match="publiez-la"):
        faire(CRENEAUX, "ouvrir", creneau, Acteur(monde.alice), version=1)
    Creneau.objects.filter(pk=creneau.pk).update(formateur=monde.bob)
    creneau.refresh_from_db()
    with pytest.raises(GesteImpossible, match="publiez-la"):
        faire(CRENEAUX, "geler", creneau, Acteur(monde.bob), version=1)
