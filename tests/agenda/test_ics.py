"""The iCalendar file, read back by the library and checked line by line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from binome.agenda.ics import ics
from binome.agenda.plan import JURY_INCONNU, Plan, plan
from binome.typographie import typographie

CREE_LE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TITRE = "CQP d’assistant médical : 279 h"


@pytest.fixture
def calendrier() -> Plan:
    return plan(date(2026, 1, 15), 279 * 60, "A", jury=date(2026, 11, 30))


def ecrire(calendrier: Plan, titre: str = TITRE, cree_le: datetime = CREE_LE) -> bytes:
    return ics(calendrier, titre=titre, cree_le=cree_le)


def test_l_entree_chaque_jour_la_fin_et_le_jury(calendrier: Plan) -> None:
    evenements = Calendar.from_ical(ecrire(calendrier)).events
    assert len(evenements) == len(calendrier.jours) + 3
    resumes = [str(un["summary"]) for un in evenements]
    assert resumes[0] == "Entrée en formation"
    assert resumes[1] == "Jour de formation 1 sur 40"
    assert resumes[-2:] == ["Fin de la formation", "Jury du CQP"]
    jours = [un.start for un in evenements]
    assert jours == [calendrier.entree, *calendrier.jours, calendrier.fin, calendrier.jury]


def test_chaque_evenement_dure_un_jour_entier(calendrier: Plan) -> None:
    for evenement in Calendar.from_ical(ecrire(calendrier)).events:
        assert not isinstance(evenement.start, datetime)
        assert evenement.end - evenement.start == timedelta(days=1)


def test_les_dates_estimees_sont_provisoires_et_disent_pourquoi(calendrier: Plan) -> None:
    entree, *jours, fin, jury = Calendar.from_ical(ecrire(calendrier)).events
    assert {str(un["status"]) for un in (*jours, fin)} == {"TENTATIVE"}
    assert {str(un["status"]) for un in (entree, jury)} == {"CONFIRMED"}
    assert all("estimée" in str(un["description"]) for un in jours)
    assert all(typographie(une) in str(fin["description"]) for une in calendrier.hypotheses)


def test_sans_date_le_jury_n_est_pas_un_jour_mais_une_phrase() -> None:
    evenements = Calendar.from_ical(ecrire(plan(date(2026, 1, 15), 60, "A"))).events
    assert [str(un["summary"]) for un in evenements][-1] == "Fin de la formation"
    assert typographie(JURY_INCONNU) in str(evenements[-1]["description"])


def test_rien_a_suivre_ne_garde_que_l_entree() -> None:
    evenements = Calendar.from_ical(ecrire(plan(date(2026, 1, 15), 0, "A"))).events
    assert [str(un["summary"]) for un in evenements] == ["Entrée en formation"]


def lire(contenu: bytes) -> dict[str, tuple[int, date, str, str]]:
    """Each event by its identifier, as two readers that share no code read it alike."""
    premier = {
        str(un["uid"]): (un.sequence, un.start, str(un["status"]), str(un["transp"]))
        for un in Calendar.from_ical(contenu).events
    }
    second = {
        str(un.uid): (
            un.sequence,
            un.start,
            str(un.status and un.status.value),
            str(un.transparency),
        )
        for un in IcsCalendarStream.calendar_from_ics(contenu.decode()).events
    }
    assert premier == second
    return premier


def test_importer_deux_fois_ne_double_rien(calendrier: Plan) -> None:
    demain = CREE_LE + timedelta(days=1)
    premiers, seconds = (lire(ecrire(calendrier, cree_le=quand)) for quand in (CREE_LE, demain))
    assert premiers.keys() == seconds.keys()
    assert len(premiers) == len(calendrier.jours) + 3
    assert not lire(ecrire(calendrier, "FAE")).keys() & premiers.keys()
    autre = ics(calendrier, titre=TITRE, cree_le=CREE_LE, cle="niveau_diplome=4")
    assert not lire(autre).keys() & premiers.keys(), "le calendrier d’une autre personne"


def test_un_evenement_deplace_garde_son_identifiant_sous_une_revision_plus_haute(
    calendrier: Plan,
) -> None:
    deplace = plan(date(2026, 2, 16), 279 * 60, "A", jury=date(2026, 12, 14))
    avant = lire(ecrire(calendrier))
    apres = lire(ecrire(deplace, cree_le=CREE_LE + timedelta(seconds=1)))
    assert avant.keys() == apres.keys()
    for numero, (revision, jour, *_) in apres.items():
        assert revision > avant[numero][0]
        assert jour != avant[numero][1]


def test_un_repere_n_occupe_pas_le_jour_un_jour_de_formation_si(calendrier: Plan) -> None:
    _, *jours, _, jury = occupations = [un[3] for un in lire(ecrire(calendrier)).values()]
    assert {*jours, jury} == {"OPAQUE"}
    assert (occupations[0], occupations[-2]) == ("TRANSPARENT", "TRANSPARENT")


def test_memes_donnees_memes_octets_quel_que_soit_le_fuseau(calendrier: Plan) -> None:
    paris = CREE_LE.astimezone(timezone(timedelta(hours=1)))
    assert ecrire(calendrier) == ecrire(calendrier, cree_le=paris)
    assert b"DTSTAMP:20261122T093000Z\r\n" in ecrire(calendrier)


def test_le_format_suit_la_rfc_5545(calendrier: Plan) -> None:
    contenu = ecrire(calendrier)
    assert contenu.endswith(b"END:VCALENDAR\r\n")
    assert contenu.count(b"\n") == contenu.count(b"\r\n")
    assert max(len(ligne) for ligne in contenu.split(b"\r\n")) <= 75
    assert "PRODID:-//Binôme//Calendrier de formation//FR\r\n".encode() in contenu
    assert b"VERSION:2.0\r\n" in contenu
    piles = [ligne for ligne in contenu.split(b"\r\n") if ligne.startswith((b"BEGIN", b"END"))]
    assert not [p for p in pairwise(piles[1:-1]) if p[0][:5] == p[1][:5] == b"BEGIN"]


def test_un_titre_ne_peut_pas_ajouter_de_ligne(calendrier: Plan) -> None:
    hostile = "CQP\r\nEND:VEVENT\r\nBEGIN:VEVENT; , \\"
    relu = Calendar.from_ical(ecrire(calendrier, hostile))
    assert len(relu.events) == len(calendrier.jours) + 3
    assert "END:VEVENT" in str(relu["x-wr-calname"])


def test_un_instant_sans_fuseau_est_refuse(calendrier: Plan) -> None:
    with pytest.raises(ValueError, match="fuseau"):
        ecrire(calendrier, cree_le=datetime(2026, 11, 22))  # noqa: DTZ001
