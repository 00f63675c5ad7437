"""A slot in a calendar: its identifier never changes, its revision rises, what is cancelled is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from icalendar import Calendar

from binome.comptes.acteur import Acteur
from binome.gestes.services import faire
from binome.parcours.etats import Statut
from binome.sessions.flows import CRENEAUX, INSCRIPTIONS
from binome.sessions.models import Creneau
from tests.dossiers.monde import personne, suivi_par
from tests.sessions.vie import inscrire, preparee, publier, un_parcours

if TYPE_CHECKING:
    from django.test import Client

    from tests.dossiers.monde import Monde


def _brut(valeur: Any) -> str:
    return str(valeur.to_ical().decode())


def _evenements(client: Client, adresse: str) -> dict[str, dict[str, str]]:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    assert reponse.headers["Content-Type"].startswith("text/calendar")
    noms = ("SEQUENCE", "STATUS", "DTSTART", "SUMMARY", "URL", "LOCATION", "DESCRIPTION")
    return {
        str(un["UID"]): {nom: _brut(un[nom]) for nom in noms if nom in un}
        for un in Calendar.from_ical(reponse.content).walk("VEVENT")
    }


def _brutes(client: Client, adresse: str) -> str:
    """The file as it is, its long lines whole."""
    return client.get(adresse).content.decode().replace("\r\n ", "")


def test_un_creneau_deplace_garde_son_uid_et_sa_revision_monte(
    monde: Monde, client: Client
) -> None:
    session, alice = preparee(monde), Acteur(monde.alice)
    creneau = (
        Creneau.objects.select_related("session__site").filter(session=session).earliest("debut")
    )
    client.force_login(monde.alice)
    adresse = f"/espace/sessions/{session.pk}/calendrier.ics"
    avant = _evenements(client, adresse)
    assert len(avant) == session.creneaux.count()
    sien = avant[str(creneau.uid)]
    assert (sien["DTSTART"], sien["STATUS"], sien["SEQUENCE"]) == (
        "20270112T080000Z",
        "TENTATIVE",
        "1",
    )
    donnees = {"jour": "2027-06-17", "de": "9 h", "a": "12 h 30"}
    faire(CRENEAUX, "deplacer", creneau, alice, version=1, donnees=donnees)
    publier(session, monde)
    apres = _evenements(client, adresse)
    assert apres.keys() == avant.keys()
    sien = apres[str(creneau.uid)]
    assert (sien["DTSTART"], sien["STATUS"], sien["SEQUENCE"]) == (
        "20270617T070000Z",
        "CONFIRMED",
        "2",
    )
    faire(CRENEAUX, "annuler", creneau, alice, version=2)
    sien = _evenements(client, adresse)[str(creneau.uid)]
    assert (sien["STATUS"], sien["SEQUENCE"]) == ("CANCELLED", "3")


def test_chacun_a_les_siens(monde: Monde, client: Client) -> None:
    session, parcours = preparee(monde), un_parcours(monde)
    inscrire(monde, session, parcours, 1, 2)
    client.force_login(monde.bob)
    enseignes = _evenements(client, "/espace/sessions/les-miens/calendrier.ics")
    assert len(enseignes) == session.creneaux.count()
    client.force_login(monde.lea)
    assert not _evenements(client, "/espace/sessions/les-miens/calendrier.ics")
    publier(session, monde)
    a_suivre = parcours.modules.filter(statut=Statut.A_SUIVRE).values("code")
    attendus = set(session.creneaux.filter(module__in=a_suivre).values_list("uid", flat=True))
    assert 0 < len(attendus) < session.creneaux.count()
    for adresse in ("les-miens", f"parcours/{parcours.pk}", f"{session.pk}"):
        suivis = _evenements(client, f"/espace/sessions/{adresse}/calendrier.ics")
        assert set(suivis) == {str(un) for un in attendus}
    page = client.get("/espace/sessions/les-miens/").content.decode()
    assert "Vous suivez" in page
    assert "Vous enseignez" not in page


def test_l_employeur_lit_les_creneaux_du_parcours_sans_le_lien(
    monde: Monde, client: Client
) -> None:
    from binome.comptes.services import creer_organisation, donner_role  # noqa: PLC0415 - this test alone

    session, parcours = preparee(monde), un_parcours(monde)
    inscrire(monde, session, parcours, 2)
    session.creneaux.update(lien="https://visio.exemple.fr/1", modalite="virtuelle")
    publier(session, monde)
    cabinet = creer_organisation("cabinet", "Cabinet d’exemple", exemple=True)
    paul = personne("paul")
    donner_role(paul, cabinet, "employeur")
    suivi_par(parcours.dossier, cabinet)
    client.force_login(paul)
    adresse = f"/espace/sessions/parcours/{parcours.pk}/calendrier.ics"
    assert "visio.exemple.fr" not in _brutes(client, adresse)
    page = client.get(f"/espace/suivis/parcours/{parcours.pk}/").content.decode()
    assert "Les prochains créneaux" in page
    assert "visio.exemple.fr" not in page
    client.force_login(monde.lea)
    for un in _evenements(client, adresse).values():
        assert un["URL"] == un["LOCATION"] == "https://visio.exemple.fr/1"
        assert un["DESCRIPTION"].endswith("Lien\u202f: https://visio.exemple.fr/1")
    client.force_login(monde.charlie)
    assert client.get(adresse).status_code == 404


def test_un_creneau_a_une_seule_revision_dans_tous_les_fichiers(
    monde: Monde, client: Client
) -> None:
    """Whoever opens whichever file, and in whatever order: a calendar takes the same word of a slot."""
    session, parcours, alice = preparee(monde), un_parcours(monde), Acteur(monde.alice)
    une = inscrire(monde, session, parcours, 2)
    faire(INSCRIPTIONS, "retirer", une, alice, version=1, donnees={"raison": "erreur"})
    inscrire(monde, session, parcours, 1, 2)
    publier(session, monde)
    du_parcours = f"/espace/sessions/parcours/{parcours.pk}/calendrier.ics"
    de_la_session = f"/espace/sessions/{session.pk}/calendrier.ics"
    miens = "/espace/sessions/les-miens/calendrier.ics"
    dites: dict[str, set[str]] = {}
    for qui, adresses in (
        (monde.lea, (du_parcours, de_la_session, miens)),
        (monde.alice, (du_parcours, de_la_session)),
        (monde.bob, (de_la_session, miens)),
    ):
        client.force_login(qui)
        for adresse in adresses:
            for uid, un in _evenements(client, adresse).items():
                dites.setdefault(uid, set()).add(un["SEQUENCE"])
    assert len(dites) == session.creneaux.count()
    assert all(len(une) == 1 for une in dites.values())


def test_qui_quitte_une_session_voit_ses_creneaux_annules(monde: Monde, client: Client) -> None:
    session, parcours, alice = preparee(monde), un_parcours(monde), Acteur(monde.alice)
    une = inscrire(monde, session, parcours, 1, 2)
    publier(session, monde)
    client.force_login(monde.lea)
    adresse = f"/espace/sessions/parcours/{parcours.pk}/calendrier.ics"
    avant = _evenements(client, adresse)
    assert {un["STATUS"] for un in avant.values()} == {"CONFIRMED"}
    faire(INSCRIPTIONS, "retirer", une, alice, version=1, donnees={"raison": "session"})
    apres = {}
    for ou in ("/espace/sessions/les-miens/calendrier.ics", adresse):
        apres = _evenements(client, ou)
        assert apres.keys() == avant.keys()
        assert {un["STATUS"] for un in apres.values()} == {"CANCELLED"}
        assert all(int(apres[uid]["SEQUENCE"]) > int(avant[uid]["SEQUENCE"]) for uid in avant)
    inscrire(monde, session, parcours, 1)
    encore = _evenements(client, adresse)
    assert {un["STATUS"] for un in encore.values()} == {"CONFIRMED", "CANCELLED"}
    assert all(int(encore[uid]["SEQUENCE"]) > int(apres[uid]["SEQUENCE"]) for uid in avant)
