"""Épreuves planned on the slots of a session: once for each person, with their own minutes, one after another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from binome.epreuves.accorder import accorder, retirer
from binome.epreuves.etats import EtatDePassation, MesureAccordee
from binome.epreuves.flows import PASSATIONS
from binome.epreuves.models import Amenagement, Passation
from binome.epreuves.planifier import creneaux_d_epreuves, nouvelle_tentative, planifier
from binome.epreuves.sans_sante import faute_de_sante
from binome.epreuves.temps import tours
from binome.gestes.refus import GesteImpossible
from binome.gestes.services import faire
from binome.parcours.flows import FLUX as PARCOURS
from tests.epreuves.monde import epreuve, examen, prevue

if TYPE_CHECKING:
    from tests.dossiers.monde import Monde


def test_chacun_une_fois_et_le_temps_en_plus_partie_par_partie(monde: Monde) -> None:
    un = examen(monde)
    accorder(un.parcours, {"mesure": "temps", "temps": "1/3"}, un.alice)
    passation = prevue(un)
    assert (passation.parties, passation.tentative, passation.evaluateur) == (
        [27, 14],
        1,
        monde.bob,
    )
    assert passation.debut == un.creneau.debut
    assert passation.fin == un.creneau.debut + timedelta(minutes=41)
    assert planifier(un.session, [un.creneau], un.alice).prevues == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Passation.objects.create(
            parcours=un.parcours, bloc=1, epreuve="B1E1", tentative=2, prevue_le=timezone.now()
        )


def test_le_temps_accorde_apres_coup_vaut_pour_ce_qui_est_deja_prevu(monde: Monde) -> None:
    un = examen(monde)
    passation = prevue(un)
    faire(PASSATIONS, "convoquer", passation, un.alice, version=passation.version)
    mesure = accorder(un.parcours, {"mesure": "temps", "temps": "1/3"}, un.alice)
    passation.refresh_from_db()
    assert (passation.parties, passation.creneau_id) == ([27, 14], un.creneau.pk)
    assert passation.fin == un.creneau.debut + timedelta(minutes=41)
    assert passation.convoquee_le is None, "les heures ont changé : la convocation repart"
    retirer(mesure, un.alice, version=mesure.version)
    passation.refresh_from_db()
    assert (passation.parties, passation.fin) == (
        [20, 10],
        un.creneau.debut + timedelta(minutes=30),
    )
    Passation.objects.filter(pk=passation.pk).update(
        debut=un.creneau.fin - timedelta(minutes=30), fin=un.creneau.fin
    )
    accorder(un.parcours, {"mesure": "temps", "temps": "1/3"}, un.alice)
    passation.refresh_from_db()
    assert passation.parties == [27, 14]
    assert not Passation.objects.exclude(creneau=None, fin=None).exists()


def test_les_tours_se_suivent_ou_partent_ensemble(monde: Monde) -> None:
    debut = timezone.now()
    fin = debut + timedelta(minutes=60)
    suivis = list(tours([(20, 10), (30,), (10,)], debut, fin, chacun_son_tour=True))
    assert [(un.debut - debut).seconds // 60 for un in suivis] == [0, 30, 60]
    assert [un.place for un in suivis] == [True, True, False]
    ensemble = list(tours([(60,), (80,)], debut, fin, chacun_son_tour=False))
    assert [(un.debut == debut, un.place) for un in ensemble] == [(True, True), (True, False)]


@given(
    st.lists(st.lists(st.integers(1, 60), min_size=1, max_size=3).map(tuple), max_size=8),
    st.integers(10, 300),
)
def test_personne_ne_passe_en_meme_temps_qu_une_autre_ni_hors_du_creneau(
    durees: list[tuple[int, ...]], longueur: int
) -> None:
    debut = datetime(2027, 1, 19, 8, tzinfo=UTC)
    fin = debut + timedelta(minutes=longueur)
    places = [un for un in tours(durees, debut, fin, chacun_son_tour=True) if un.place]
    assert all(debut <= un.debut < un.fin <= fin for un in places)
    assert all(un.fin <= autre.debut for un, autre in pairwise(places))
    assert all((un.fin - un.debut).seconds // 60 == sum(un.parties) for un in places)


def test_un_creneau_trop_court_laisse_et_dit_pourquoi(monde: Monde) -> None:
    un = examen(monde)
    court = epreuve(un.session, monde, "B1E2", minutes=60)
    bilan = planifier(un.session, [court], un.alice)
    assert bilan.manque == [
        "B1E2 : le créneau est trop court pour une personne. Ajoutez-en un de 2 h, ou allongez-le."
    ]
    assert [une.module for une in creneaux_d_epreuves(un.session, 1)] == ["B1E1", "B1E2"]


def test_un_ecrit_continue_apres_la_pause(monde: Monde) -> None:
    un = examen(monde)
    debut = un.creneau.debut.replace(hour=8, minute=0)
    for depart in (0, 90):
        epreuve(
            un.session, monde, "B1E2", minutes=60,
            debut=debut + timedelta(minutes=depart), fin=debut + timedelta(minutes=depart + 60),
        )  # fmt: skip
    bilan = planifier(un.session, creneaux_d_epreuves(un.session, 1), un.alice)
    (ecrit,) = (une for une in bilan.prevues if une.epreuve == "B1E2")
    assert (ecrit.debut, ecrit.fin) == (debut, debut + timedelta(minutes=150))
    assert bilan.manque == []


def test_une_absence_puis_une_nouvelle_tentative(monde: Monde) -> None:
    un = examen(monde)
    passation = prevue(un)
    with pytest.raises(GesteImpossible, match="déjà prévue"):
        nouvelle_tentative(un.parcours, "B1E1", un.alice)
    with pytest.raises(GesteImpossible, match="raison"):
        faire(PASSATIONS, "absenter", passation, un.alice, version=1, donnees={"raison": "maladie"})
    faire(PASSATIONS, "absenter", passation, un.alice, version=1, donnees={"raison": "prevenu"})
    assert "nouvelle tentative" in planifier(un.session, [un.creneau], un.alice).laisses[0][1]
    seconde = nouvelle_tentative(un.parcours, "B1E1", un.alice)
    assert (seconde.tentative, seconde.creneau) == (2, None)
    (posee,) = planifier(un.session, [un.creneau], un.alice).prevues
    assert (posee.pk, posee.creneau_id) == (seconde.pk, un.creneau.pk)
    with pytest.raises(GesteImpossible):
        nouvelle_tentative(un.parcours, "B4E3", un.alice)


def test_la_fin_du_parcours_annule_ce_qui_etait_prevu(monde: Monde) -> None:
    un = examen(monde)
    passation = prevue(un)
    faire(
        PARCOURS, "abandonner", un.parcours, un.alice, version=un.parcours.version,
        donnees={"raison": "choix"},
    )  # fmt: skip
    passation.refresh_from_db()
    assert (passation.etat, passation.raison) == (EtatDePassation.ANNULEE, "fin")


@pytest.mark.parametrize(
    ("dit", "passe"),
    [
        ("Salle à part, sujet en gros caractères.", True),
        ("Interprète en langue des signes.", True),
        ("Lecteur d’écran sur son ordinateur.", True),
        ("Ordinateur avec traitement de texte.", True),
        ("Dyslexie reconnue.", False),
        ("Traitement en cours.", False),
        ("Place pour son fauteuil roulant.", False),
        ("Dossier MDPH en cours.", False),
        ("À cause de son diab\u200bète.", False),
        ("Certificat du médecin vu.", False),
        ("Troubles de l’attention.", False),
    ],
)
def test_la_mesure_jamais_le_diagnostic(dit: str, passe: bool) -> None:
    assert (faute_de_sante(dit) == "") is passe


def test_ce_qui_s_accorde(monde: Monde) -> None:
    un = examen(monde)
    for donnees, dit in (
        ({"mesure": "temps", "temps": "1/2"}, "un tiers"),
        ({"mesure": "temps", "temps": "beaucoup"}, "fraction"),
        ({"mesure": "materiel", "precision": "Sa dyslexie."}, "touche à la santé"),
        ({"mesure": "dispense", "epreuve": "B1E1"}, "branche"),
        ({"mesure": "magie"}, "mesure"),
        ({"mesure": "materiel", "epreuve": "B9E1"}, "épreuve"),
    ):
        with pytest.raises(GesteImpossible, match=dit):
            accorder(un.parcours, donnees, un.alice)
    with pytest.raises(GesteImpossible):
        accorder(un.parcours, {"mesure": "materiel"}, un.binome.lea)
    accorder(un.parcours, {"mesure": "materiel", "precision": "Écran plus grand."}, un.bob)
    assert [str(une.mesure) for une in Amenagement.objects.all()] == [MesureAccordee.MATERIEL]
    with pytest.raises(GesteImpossible, match="déjà"):
        accorder(un.parcours, {"mesure": "materiel"}, un.bob)
