"""The days of contracts in a calendar that follows them by a private address: moved, never doubled, read by real calendars."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from binome.comptes.acteur import Acteur
from binome.comptes.models import Appartenance, Personne
from binome.contrats_d_aide.abonnement import contrats_au_calendrier, ouvrir_une_adresse
from binome.contrats_d_aide.models import AbonnementAuxEcheances, HorlogeDeContrat
from binome.gestes.refus import GesteImpossible
from binome.journal.models import Entree
from tests.contrats_d_aide.cabinets import Cabinets, deux_medecins

if TYPE_CHECKING:
    from binome.contrats_d_aide.models import Contrat

pytestmark = pytest.mark.django_db
ICI = "/espace/calendrier-des-contrats/"


@pytest.fixture
def ici() -> Cabinets:
    """Two doctors and their caisse."""
    return deux_medecins()


def client(qui: Acteur) -> Client:
    """Signed in as them."""
    navigateur = Client()
    navigateur.force_login(qui.personne)
    return navigateur


def ouvrir(qui: Acteur) -> str:
    """The path of the address that a person opens."""
    page = client(qui).post(f"{ICI}ouvrir/").content.decode()
    adresse = re.search(r'value="https?://[^/"]+(/calendrier/[^"]+)"', page)
    assert adresse is not None
    return adresse[1]


def lire(adresse: str) -> bytes:
    """What a calendar receives, which signed in nowhere."""
    rendu = Client().get(adresse)
    assert (rendu.status_code, rendu["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return bytes(rendu.content)


def evenements(contenu: bytes) -> dict[str, tuple[int, date, str]]:
    """The revision, the day and the status of each event."""
    lus = Calendar.from_ical(contenu).walk("VEVENT")
    dits = {
        str(un["uid"]): (int(un.decoded("sequence")), un.decoded("dtstart"), str(un["status"]))
        for un in lus
    }
    assert len(dits) == len(lus)
    return dits


def assistant(ici: Cabinets, contrat: Contrat) -> Any:
    """The post of Sam."""
    return contrat.postes.get(genre="assistant")


def test_une_echeance_qui_bouge_se_deplace_sans_se_repeter(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    poste = assistant(ici, contrat)
    ici.geste(contrat, "noter", nature="afgsu", poste=poste, du=date(2025, 2, 3))
    adresse = ouvrir(ici.emma)
    avant = evenements(lire(adresse))
    uid = HorlogeDeContrat.objects.get(contrat=contrat, code="afgsu").uid
    assert avant[uid][1:] == (date(2029, 2, 3), "CONFIRMED")
    HorlogeDeContrat.objects.filter(uid=uid).update(changee_le="2026-02-01T00:00:00Z")
    ici.geste(contrat, "noter", nature="afgsu", poste=poste, du=date(2025, 9, 1))
    apres = evenements(lire(adresse))
    assert apres.keys() == avant.keys()
    assert apres[uid][1] == date(2029, 9, 1)
    assert apres[uid][0] > 31 * 86_400


def test_ce_qui_n_est_plus_du_est_annule_et_non_oublie(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    adresse = ouvrir(ici.emma)
    uid = HorlogeDeContrat.objects.get(contrat=contrat, code="qualification").uid
    # Rival readings: the day is not sure.
    assert evenements(lire(adresse))[uid][2] == "TENTATIVE"
    ici.geste(contrat, "liberer", poste=assistant(ici, contrat), au=date(2025, 3, 31))
    assert evenements(lire(adresse))[uid][2] == "CANCELLED"


def test_trois_calendriers_lisent_les_memes_jours(ici: Cabinets) -> None:
    vobject = pytest.importorskip("vobject")
    ici.en_cours()
    contenu = lire(ouvrir(ici.emma))
    attendus = {uid: jour for uid, (_, jour, _) in evenements(contenu).items()}
    assert len(attendus) > 6
    autre = IcsCalendarStream.calendar_from_ics(contenu.decode())
    assert {une.uid: une.dtstart for une in autre.events} == attendus
    troisieme = vobject.readOne(contenu.decode())
    assert {une.uid.value: une.dtstart.value for une in troisieme.vevent_list} == attendus
    assert {une.uid: une.summary for une in autre.events} == {
        une.uid.value: une.summary.value for une in troisieme.vevent_list
    }


def test_un_second_calendrier_lit_les_rappels_et_les_liens(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    lus = IcsCalendarStream.calendar_from_ics(lire(ouvrir(ici.emma)).decode()).events
    par_titre = {str(un.summary).split("\N{NO-BREAK SPACE}·")[0].split(" ·")[0]: un for un in lus}
    due = par_titre["Obtenir le CQP"]
    assert due.alarm
    assert "Les sources divergent" in str(due.description)
    assert f"/espace/suivis/contrats-d-aide/{contrat.pk}/" in str(due.url)
    assert not par_titre["Fin du contrat"].alarm
    # Nobody who works is named to the calendar of a stranger.
    assert "sam-assistant" not in lire(ouvrir(ici.emma)).decode().casefold()


def test_l_adresse_est_une_cle_que_son_proprietaire_change_et_ferme(ici: Cabinets) -> None:
    ici.en_cours()
    premiere = ouvrir(ici.emma)
    seconde = ouvrir(ici.emma)
    assert premiere != seconde
    assert Client().get(premiere).status_code == 404
    assert premiere.split("/")[2] not in str(AbonnementAuxEcheances.objects.values())
    client(ici.emma).post(f"{ICI}fermer/")
    assert Client().get(seconde).status_code == 404
    assert Client().get(f"{'x' * 43}/contrats.ics").status_code == 404
    dits = Entree.objects.filter(objet__startswith="abonnementauxecheances").order_by("pk")
    assert [un.geste.split(".")[-1] for un in dits] == [
        "commencer",
        "ouvrir",
        "changer",
        "fermer",
    ]


def test_chacun_ne_suit_que_les_siens(ici: Cabinets) -> None:
    contrat = ici.en_cours()
    assert list(contrats_au_calendrier(ici.emma)) == [contrat]
    # A caisse has its table: thousands of contracts make no calendar.
    for qui in (ici.carole, ici.etrangere):
        assert client(qui).get(ICI).status_code == 404
        with pytest.raises(GesteImpossible):
            ouvrir_une_adresse(qui, 0)
    soutenu = Acteur(ici.emma.personne, soutien=ici.carole.personne)
    assert not contrats_au_calendrier(soutenu)
    medecin = Personne.objects.create(courriel="medecin@exemple.test", is_active=True)
    ici.un.personne = medecin
    ici.un.save(update_fields=["personne"])
    assert list(contrats_au_calendrier(Acteur(medecin))) == [contrat]


def test_qui_quitte_le_cabinet_ne_lit_plus_rien_et_peut_encore_fermer(ici: Cabinets) -> None:
    ici.en_cours()
    adresse = ouvrir(ici.emma)
    Appartenance.objects.filter(personne=ici.emma.personne).update(close_le=timezone.now())
    assert evenements(lire(adresse)) == {}
    page = client(ici.emma).get(ICI)
    assert "Fermer l’adresse" in page.content.decode()
    Personne.objects.filter(pk=ici.emma.personne.pk).update(is_active=False)
    assert Client().get(adresse).status_code == 404


def test_deux_onglets_ne_se_defont_pas(ici: Cabinets) -> None:
    ici.en_cours()
    adresse = ouvrir(ici.emma)
    version = AbonnementAuxEcheances.objects.get().version
    ouvrir(ici.emma)
    # The other tab saw the first address: it does not close the second one.
    rendu = client(ici.emma).post(f"{ICI}fermer/", {"version": version}, follow=True)
    assert AbonnementAuxEcheances.objects.get().jeton
    assert Client().get(adresse).status_code == 404
    assert rendu.status_code == 200
