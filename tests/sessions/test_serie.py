"""One gesture on many slots: shown before it is done, done whole or not at all."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from binome.courrier.models import Avis
from binome.gestes.services import naitre
from binome.journal.models import Entree
from binome.presences.etats import MoyenDeSignature
from binome.presences.flows import SIGNATURES
from binome.presences.models import Signature
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import Creneau, Session
from tests.presences.suivi import suivre
from tests.presences.vie import une_session

if TYPE_CHECKING:
    from tests.dossiers.monde import Monde
    from tests.presences.suivi import Suivi

MARDI, MERCREDI, JEUDI, VENDREDI = "1", "2", "3", "4"


@pytest.fixture
def suivi(monde: Monde) -> Suivi:
    """A published session of three weeks, on Tuesdays and Wednesdays, from nine to half past twelve."""
    sien = suivre(monde)
    session = une_session(monde, sien.creneau.session.site)
    creneaux = []
    for semaine in range(3):
        for jour in (12, 13):
            debut = datetime.combine(
                date(2027, 1, jour) + timedelta(weeks=semaine), time(9), tzinfo=session.site.fuseau
            )
            creneaux.append(
                Creneau(
                    session=session, debut=debut, fin=debut + timedelta(minutes=210), minutes=210, bloc=1,
                    module="B1M1", modalite="sur_place", formateur=monde.bob,
                )
            )  # fmt: skip
    naitre(CRENEAUX, "poser", creneaux, sien.alice)
    sien.creneau = creneaux[0]
    return sien


def envoyer(suivi: Suivi, **champs: Any) -> Any:
    alice = Client()
    alice.force_login(suivi.monde.alice)
    return alice.post(f"/espace/sessions/{suivi.creneau.session_id}/serie/", champs)


def faire(suivi: Suivi, **champs: Any) -> Any:
    """What a person does who reads what would happen, and confirms it."""
    vue = envoyer(suivi, **champs)
    montres = re.findall(r'name="creneau"\s+value="([^"]+)"', vue.content.decode())
    return envoyer(suivi, **champs, creneau=montres, faire="oui")


def jours(suivi: Suivi) -> list[str]:
    siens = Creneau.objects.filter(session=suivi.creneau.session_id).exclude(etat="annule")
    fuseau = suivi.creneau.session.site.fuseau
    return [f"{un.debut.astimezone(fuseau):%d/%m %H:%M}" for un in siens.order_by("debut")]


AVANT = ["12/01 09:00", "13/01 09:00", "19/01 09:00", "20/01 09:00", "26/01 09:00", "27/01 09:00"]


def test_voir_ne_change_rien_et_ne_previent_personne(suivi: Suivi) -> None:
    avis, entrees = Avis.objects.count(), Entree.objects.count()
    page = envoyer(suivi, quoi="deplacer", jour=MARDI, vers=JEUDI).content.decode()
    assert "3 créneaux passent" in page
    assert "jeudi 14 janvier 2027" in page
    assert jours(suivi) == AVANT
    assert (Avis.objects.count(), Entree.objects.count()) == (avis, entrees)


def test_tous_les_mardis_deviennent_des_jeudis(suivi: Suivi) -> None:
    faite = faire(suivi, quoi="deplacer", jour=MARDI, vers=JEUDI, minutes="30")
    assert faite.status_code == 302
    assert jours(suivi) == [
        "13/01 09:00", "14/01 09:30", "20/01 09:00", "21/01 09:30", "27/01 09:00", "28/01 09:30",
    ]  # fmt: skip
    assert Creneau.objects.filter(session=suivi.creneau.session_id, minutes=210).count() == 6


def test_un_creneau_prend_la_place_qu_un_autre_de_la_serie_quitte(suivi: Suivi) -> None:
    """All of them two hours later: nothing else is then at these hours but slots that move too."""
    debut = suivi.creneau.fin
    apres = Creneau(
        session=suivi.creneau.session, debut=debut, fin=debut + timedelta(minutes=120), minutes=120, bloc=1,
        module="B1M1", modalite="sur_place",
    )  # fmt: skip
    naitre(CRENEAUX, "poser", [apres], suivi.alice)
    faire(suivi, quoi="deplacer", au="2027-01-12", minutes="120")
    assert jours(suivi)[:2] == ["12/01 11:00", "12/01 14:30"]


def test_deux_jours_sur_un_seul_ne_se_recouvrent_pas(suivi: Suivi) -> None:
    page = envoyer(suivi, quoi="deplacer", vers=VENDREDI).content.decode()
    assert "3 créneaux passent" in page
    assert page.count("Il recouvre un autre créneau de la session") == 3


def test_signe_ou_ferie_un_creneau_dit_pourquoi_il_reste(suivi: Suivi) -> None:
    signe = Creneau.objects.filter(session=suivi.creneau.session_id).order_by("debut")[2]
    une = Signature(
        creneau=signe, parcours=suivi.parcours, moyen=MoyenDeSignature.TABLETTE, signee_le=timezone.now(),
        recue_le=timezone.now(), par=suivi.monde.bob,
    )  # fmt: skip
    naitre(SIGNATURES, "signer", [une], suivi.bob)
    page = envoyer(suivi, quoi="deplacer", jour=MARDI, vers="6").content.decode()
    assert page.count("un dimanche") == 3
    page = envoyer(suivi, quoi="deplacer", jour=MARDI, vers="6", confirme="oui").content.decode()
    assert "2 créneaux passent" in page
    assert "Une personne l’a signé" in page.replace("\u202f", " ")
    assert "dimanche 17 janvier 2027" in page


def test_rien_a_moitie_si_quelque_chose_a_change(suivi: Suivi) -> None:
    champs = {"quoi": "annuler", "du": "2027-01-19"}
    vue = envoyer(suivi, **champs).content.decode()
    montres = re.findall(r'name="creneau"\s+value="([^"]+)"', vue)
    assert len(montres) == 4
    autre = Creneau.objects.get(pk=int(montres[-1].split(":")[0]))
    Creneau.objects.filter(pk=autre.pk).update(version=autre.version + 1)
    rendue = envoyer(suivi, **champs, creneau=montres, faire="oui")
    assert (rendue.status_code, "Rien n’est fait" in rendue.content.decode()) == (409, True)
    assert jours(suivi) == AVANT
    assert faire(suivi, **champs).status_code == 302
    assert jours(suivi) == AVANT[:2]
    assert Avis.objects.filter(texte__contains="Un créneau est annulé").exists()


def test_qui_enseigne_et_la_salle_changent_ensemble_ce_qui_est_vide_reste(suivi: Suivi) -> None:
    numero = suivi.creneau.session_id
    faire(suivi, quoi="changer", jour=MERCREDI, salle="Salle 2")
    siens = Creneau.objects.filter(session=numero, salle="Salle 2")
    assert [un.formateur for un in siens] == [suivi.monde.bob] * 3
    faire(suivi, quoi="changer", jour=MERCREDI, formateur=str(suivi.monde.alice.pk))
    siens = Creneau.objects.filter(session=numero, formateur=suivi.monde.alice)
    assert [un.salle for un in siens] == ["Salle 2"] * 3


def test_un_conflit_nouveau_se_voit_avant(suivi: Suivi) -> None:
    """Bob teaches elsewhere on the Thursday at the same hour."""
    autre: Session = une_session(suivi.monde, suivi.creneau.session.site)
    debut = suivi.creneau.debut + timedelta(days=2)
    ailleurs = Creneau(
        session=autre, debut=debut, fin=debut + timedelta(minutes=60), minutes=60, bloc=1, module="B1M1",
        modalite="sur_place", formateur=suivi.monde.bob,
    )  # fmt: skip
    naitre(CRENEAUX, "poser", [ailleurs], suivi.alice)
    page = envoyer(suivi, quoi="deplacer", jour=MARDI, vers=JEUDI).content.decode()
    assert "enseigne déjà" in page.split("Ce qui serait à deux endroits")[1]


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({}, "Choisissez ce que vous voulez faire."),
        ({"quoi": "deplacer"}, "un autre jour"),
        ({"quoi": "deplacer", "minutes": "vingt"}, "Écrivez de combien"),
        ({"quoi": "deplacer", "minutes": "721"}, "au plus"),
        ({"quoi": "changer"}, "qui enseigne"),
        ({"quoi": "annuler", "du": "2027-02-31"}, "existe"),
        ({"quoi": "annuler", "du": "2027-02-02", "au": "2027-01-02"}, "avant le premier"),
        ({"quoi": "changer", "salle": "s" * 81}, "trop long"),
    ],
)
def test_ce_qui_ne_se_lit_pas_revient_avec_une_phrase(
    suivi: Suivi, champs: dict[str, str], phrase: str
) -> None:
    rendue = envoyer(suivi, **champs)
    assert (rendue.status_code, phrase in rendue.content.decode()) == (422, True)
    assert jours(suivi) == AVANT


def test_plus_tot_se_choisit_et_une_duree_se_lit_en_mots(suivi: Suivi) -> None:
    page = envoyer(
        suivi, quoi="deplacer", jour=MARDI, sens="tot", minutes="1 h 30"
    ).content.decode()
    assert 'name="sens" value="tot"' in page
    faire(suivi, quoi="deplacer", jour=MARDI, sens="tot", minutes="1 h 30")
    assert jours(suivi)[0] == "12/01 07:30"
    faire(suivi, quoi="deplacer", jour=MARDI, minutes="30 min")
    assert jours(suivi)[0] == "12/01 08:00"


def test_la_reponse_dit_d_abord_ce_qui_est_fait_puis_combien_de_conflits(suivi: Suivi) -> None:
    autre = une_session(suivi.monde, suivi.creneau.session.site)
    debut = suivi.creneau.debut + timedelta(days=2)
    pris = Creneau(
        session=autre, debut=debut, fin=debut + timedelta(minutes=60), minutes=60, bloc=1, module="B1M1",
        modalite="sur_place", formateur=suivi.monde.bob,
    )  # fmt: skip
    naitre(CRENEAUX, "poser", [pris], suivi.alice)
    champs = {"quoi": "deplacer", "jour": MARDI, "vers": JEUDI, "au": "2027-01-12"}
    montres = re.findall(
        r'name="creneau"\s+value="([^"]+)"', envoyer(suivi, **champs).content.decode()
    )
    alice = Client()
    alice.force_login(suivi.monde.alice)
    vers = f"/espace/sessions/{suivi.creneau.session_id}/serie/"
    page = alice.post(vers, {**champs, "creneau": montres, "faire": "oui"}, follow=True)
    dit = page.content.decode()
    assert dit.index("Un créneau est déplacé.") < dit.index("Un conflit est à régler depuis")


def test_une_ligne_se_laisse_avant_de_confirmer(suivi: Suivi) -> None:
    """The second Tuesday stays where it is; what somebody leaves is shown again, unchecked, when nothing could be done."""
    champs = {"quoi": "deplacer", "jour": MARDI, "vers": JEUDI}
    page = envoyer(suivi, **champs).content.decode()
    montres = re.findall(r'name="montre" value="([^"]+)"', page)
    assert re.findall(r'name="creneau"\s+value="([^"]+)"\s+checked', page) == montres
    rien = envoyer(suivi, **champs, montre=montres, faire="oui")
    assert rien.status_code == 422
    assert "Gardez au moins un créneau" in rien.content.decode()
    assert jours(suivi) == AVANT
    gardes = [montres[0], montres[2]]
    envoyer(suivi, **champs, montre=montres, creneau=gardes, faire="oui")
    assert jours(suivi) == [
        "13/01 09:00",
        "14/01 09:00",
        "19/01 09:00",
        "20/01 09:00",
        "27/01 09:00",
        "28/01 09:00",
    ]


def test_ce_qu_on_laisse_garde_sa_place(suivi: Suivi) -> None:
    """All pass together, each by the place that another leaves; with the Wednesday left out, the Tuesday finds it taken."""
    numero = suivi.creneau.session_id
    champs = {"quoi": "deplacer", "minutes": "210", "du": "2027-01-12", "au": "2027-01-12"}
    autre = Creneau.objects.get(session=numero, debut__date="2027-01-13")
    autre.debut, autre.fin = (
        un - timedelta(hours=20, minutes=30) for un in (autre.debut, autre.fin)
    )
    autre.save()
    page = envoyer(suivi, **champs).content.decode()
    montres = re.findall(r'name="montre" value="([^"]+)"', page)
    assert len(montres) == 2
    refus = envoyer(suivi, **champs, montre=montres, creneau=montres[:1], faire="oui")
    assert refus.status_code == 409
    dit = refus.content.decode()
    assert "avec ceux que vous laissez, un créneau gardé ne passe plus" in dit
    serre = " ".join(dit.split())
    assert f'name="creneau" value="{montres[1]}">' in serre
    assert f'name="creneau" value="{montres[1]}" checked' not in serre
