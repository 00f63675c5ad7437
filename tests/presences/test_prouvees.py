"""Nobody proves more minutes than the clock ran: the same hours, signed in two slots, count once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from binome.gestes.services import faire
from binome.presences.apres_coup import accepter, presence_de, proposee, proposer
from binome.presences.avancement import avancement
from binome.presences.constat import ABSENT, CeQuiSEstPasse
from binome.presences.etats import EtatDePresence
from binome.presences.feuille import feuille_de
from binome.presences.gel import corriger
from binome.presences.models import Presence
from binome.presences.prouvees import Tenue, minutes_prouvees, partager, prouvees
from binome.presences.recevoir import recevoir
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import Creneau
from tests.presences.suivi import Suivi, inscrire, poser, recue
from tests.presences.vie import une_session

if TYPE_CHECKING:
    from random import Random

MINUIT = datetime(2027, 1, 12, tzinfo=UTC)


@st.composite
def des_tenues(tirer: st.DrawFn) -> list[Tenue]:
    """Presences of two people, each with a late arrival or time away taken off."""
    tenues = []
    for numero in range(tirer(st.integers(1, 7))):
        debut = MINUIT + timedelta(minutes=tirer(st.integers(0, 400)))
        duree = tirer(st.integers(1, 240))
        tenues.append(
            Tenue(
                numero, tirer(st.sampled_from("ab")), (tirer(st.integers(0, 3)), numero), debut,
                debut + timedelta(minutes=duree), tirer(st.integers(1, duree)),
            )
        )  # fmt: skip
    return tenues


def union(tenues: list[Tenue]) -> int:
    """Minutes of the clock that some of them hold, counted one by one."""
    return len(
        {
            une.debut + timedelta(minutes=minute)
            for une in tenues
            for minute in range((une.fin - une.debut) // timedelta(minutes=1))
        }
    )


@given(des_tenues(), st.randoms(use_true_random=False))
def test_jamais_plus_que_l_horloge(tenues: list[Tenue], hasard: Random) -> None:
    partage = partager(tenues)
    for qui in "ab":
        siennes = [une for une in tenues if une.qui == qui]
        somme = sum(partage[une.numero][0] for une in siennes)
        assert somme <= union(siennes)
        if all(une.minutes == (une.fin - une.debut) // timedelta(minutes=1) for une in siennes):
            assert somme == union(siennes)
    for une in tenues:
        minutes, avec = partage[une.numero]
        assert 0 <= minutes <= une.minutes
        assert avec or minutes == une.minutes
    autrement = list(tenues)
    hasard.shuffle(autrement)
    assert {un: minutes for un, (minutes, _) in partager(autrement).items()} == {
        un: minutes for un, (minutes, _) in partage.items()
    }


def vivre(suivi: Suivi, creneau: Creneau) -> None:
    """A slot signed, then counter-signed."""
    une = recue(suivi.parcours, signee_le=creneau.debut)
    recevoir(suivi.bob, creneau, [une], maintenant=timezone.now())
    faire(CRENEAUX, "geler", creneau, suivi.bob, version=creneau.version)


def deux_creneaux(suivi: Suivi) -> tuple[Creneau, Creneau]:
    """Two slots of two sessions: from ten hours ago, and an hour and a half after; the second is counter-signed first."""
    autre = une_session(suivi.monde, suivi.creneau.session.site)
    inscrire(autre, suivi.parcours, suivi.monde)
    debut = timezone.now().replace(second=0, microsecond=0) - timedelta(hours=10)
    premier = poser(
        suivi.creneau.session, suivi.monde, debut=debut, fin=debut + timedelta(minutes=210)
    )
    debut += timedelta(minutes=90)
    second = poser(
        autre, suivi.monde, debut=debut, fin=debut + timedelta(minutes=210), module="B1M2"
    )
    vivre(suivi, second)
    vivre(suivi, premier)
    return premier, second


def test_le_creneau_contresigne_le_premier_garde_ses_minutes(suivi: Suivi) -> None:
    premier, second = deux_creneaux(suivi)
    par_creneau = {une.creneau_id: une for une in Presence.objects.all()}
    comptees = prouvees(par_creneau.values())
    assert comptees[par_creneau[second.pk].pk].minutes == 210
    assert comptees[par_creneau[premier.pk].pk].minutes == 90
    # One of them alone is counted by what the other holds too.
    assert minutes_prouvees([par_creneau[premier.pk]]) == 90
    total = avancement(suivi.parcours).total
    assert (total.prouvees, total.en_double) == (300, 120)
    (ligne,) = feuille_de(premier).lignes
    assert ligne.double.startswith("2 h ne comptent pas ici")
    assert "Site du centre" in ligne.double
    assert [une.double for une in feuille_de(second).lignes] == [""]


def test_corriger_l_une_rend_ses_minutes_a_l_autre(suivi: Suivi) -> None:
    premier, second = deux_creneaux(suivi)
    fausse = Presence.objects.select_related("creneau__session", "parcours__dossier").get(
        creneau=second
    )
    corriger(suivi.bob, fausse, CeQuiSEstPasse(ABSENT), "autre", version=fausse.version)
    total = avancement(suivi.parcours).total
    assert (total.prouvees, total.en_double, total.manquees) == (210, 0, 210)
    assert [une.double for une in feuille_de(premier).lignes] == [""]


def test_une_signature_acceptee_apres_coup_ne_prend_rien_a_ce_qui_etait_prouve(
    suivi: Suivi,
) -> None:
    autre = une_session(suivi.monde, suivi.creneau.session.site)
    inscrire(autre, suivi.parcours, suivi.monde)
    debut = timezone.now().replace(second=0, microsecond=0) - timedelta(hours=10)
    fin = debut + timedelta(minutes=210)
    premier = poser(suivi.creneau.session, suivi.monde, debut=debut, fin=fin)
    second = poser(autre, suivi.monde, debut=debut, fin=fin, module="B1M2")
    faire(CRENEAUX, "geler", premier, suivi.bob, version=premier.version)
    vivre(suivi, second)
    second = Creneau.objects.select_related("session__site").get(pk=second.pk)
    assert [une.comptee.minutes for une in feuille_de(second).lignes] == [210]
    absente = presence_de(suivi.lea, premier.uid)
    signature = proposee(premier.uid, proposer(suivi.lea, absente).pk)
    accepter(
        suivi.bob, signature, CeQuiSEstPasse(), version=signature.version, de_la_presence=absente.version
    )  # fmt: skip
    assert [une.comptee.minutes for une in feuille_de(second).lignes] == [210]
    premier = Creneau.objects.select_related("session__site").get(pk=premier.pk)
    (ligne,) = feuille_de(premier).lignes
    assert (ligne.comptee.minutes, ligne.comptee.en_double) == (0, 210)
    assert avancement(suivi.parcours).total.prouvees == 210


def test_une_correction_garde_ce_qui_etait_prouve_et_n_ajoute_qu_apres(suivi: Suivi) -> None:
    premier, second = deux_creneaux(suivi)
    for retard, restent in ((30, (180, 120)), (0, (180, 120))):
        une = Presence.objects.select_related("creneau__session__site", "parcours__dossier").get(
            creneau=second, etat=EtatDePresence.EN_VIGUEUR
        )
        corriger(suivi.bob, une, CeQuiSEstPasse(retard=retard), "heure", version=une.version)
        tenues = Presence.objects.filter(etat=EtatDePresence.EN_VIGUEUR)
        comptees = prouvees(tenues.select_related("creneau__session__site", "parcours__dossier"))
        par_creneau = {une.creneau_id: comptees[une.pk].minutes for une in tenues}
        # The half-hour given up goes to the other slot, which keeps it when it is claimed back.
        assert (par_creneau[second.pk], par_creneau[premier.pk]) == restent
