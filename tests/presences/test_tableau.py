"""The table of attendance of a session: each one's minutes, a cell a slot, the same on the page, in files and sealed."""

from __future__ import annotations

import csv
from copy import copy
from datetime import timedelta
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from binome.gestes.services import faire
from binome.parcours.models import ModuleSuivi, Parcours
from binome.presences.avancement import avancement
from binome.presences.constat import CeQuiSEstPasse
from binome.presences.gel import noter
from binome.presences.models import Presence, Signature
from binome.presences.recevoir import recevoir
from binome.presences.tableau import Quoi, tableau_de
from binome.sessions.flows import CRENEAUX
from binome.sessions.models import Creneau, Inscription
from tests.presences.suivi import Suivi, poser, recue

if TYPE_CHECKING:
    from binome.comptes.models import Personne

GENS, CRENEAUX_POSES = 25, 80


@pytest.fixture
def vecue(suivi: Suivi) -> Suivi:
    """Five slots: one proven, late by ten minutes; one unsigned; one missed; one over, not counter-signed; one to come."""
    for jours, signe, note in (
        (-9, True, CeQuiSEstPasse(retard=10)), (-8, False, CeQuiSEstPasse()), (-7, False, None), (-6, False, None),
        (5, False, None),
    ):  # fmt: skip
        debut = timezone.localtime() + timedelta(days=jours)
        un = poser(
            suivi.creneau.session, suivi.monde, debut=debut, fin=debut + timedelta(minutes=210)
        )
        if signe:
            lot = [recue(suivi.parcours, signee_le=un.debut)]
            recevoir(suivi.bob, un, lot, maintenant=timezone.now())
        if note is not None:
            noter(suivi.bob, un, suivi.parcours.pk, note)
        if jours < -6:
            faire(CRENEAUX, "geler", un, suivi.bob, version=un.version)
    suivi.creneau.delete()
    return suivi


def client(qui: Personne) -> Client:
    un = Client()
    un.force_login(qui)
    return un


def emporter(un: Client, adresse: str) -> bytes:
    """The bytes of a file that is sent as it is read."""
    rendu: Any = un.get(adresse)
    return b"".join(rendu.streaming_content)


def test_chaque_case_dit_ce_qui_tient_et_les_sommes_sont_celles_du_parcours(vecue: Suivi) -> None:
    (rang,) = tableau_de(vecue.creneau.session).rangs
    assert [une.quoi for une in rang.cases] == [
        Quoi.PROUVEE, Quoi.NON_PROUVEE, Quoi.ABSENCE, Quoi.A_CONTRESIGNER, Quoi.A_VENIR,
    ]  # fmt: skip
    total = avancement(vecue.parcours).total
    assert (rang.prouvees, rang.a_prouver, rang.manquees, rang.a_venir, rang.prevues) == (
        total.prouvees, total.a_prouver, total.manquees, total.prevues, 5 * 210,
    )  # fmt: skip
    assert (rang.prouvees, rang.a_prouver, rang.manquees) == (200, 420, 220)


def test_la_page_et_les_fichiers_disent_la_meme_chose(vecue: Suivi) -> None:
    alice, ici = client(vecue.monde.alice), f"/espace/sessions/{vecue.creneau.session_id}/tableau"
    page = " ".join(alice.get(f"{ici}/").content.decode().split())
    assert "Léa Exemple" in page
    assert page.count('class="rien"') == 1  # what is to come is hidden on a phone
    texte = emporter(alice, f"{ici}.csv").decode("utf-8-sig")
    lignes = list(csv.DictReader(StringIO(texte), delimiter=";"))
    assert [(une["Présence retenue"], une["Minutes prouvées"]) for une in lignes] == [
        ("présence prouvée", "200"), ("présence sans signature", "0"), ("absence", "0"), ("pas contresigné", "0"),
        ("à venir", "0"),
    ]  # fmt: skip
    assert [une["A signé"] for une in lignes] == ["Tablette", "", "", "", ""]
    classeur = load_workbook(BytesIO(emporter(alice, f"{ici}.xlsx")))
    rangees = list(classeur["Présences"].values)
    assert [une[11] for une in rangees[1:]] == [200, 0, 0, 0, 0]
    pdf = PdfReader(BytesIO(alice.get(f"{ici}.pdf").content))
    dit = " ".join(" ".join(une.extract_text() for une in pdf.pages).split())
    assert "Relevé des présences" in dit
    assert "3 h 20" in dit


def test_une_personne_emporte_ses_minutes_par_module(vecue: Suivi) -> None:
    lea = client(vecue.monde.lea)
    texte = emporter(lea, f"/espace/parcours/{vecue.parcours.pk}/presences.csv").decode("utf-8-sig")
    premiere = next(csv.DictReader(StringIO(texte), delimiter=";"))
    assert (premiere["Module"], premiere["Minutes prouvées"], premiere["Minutes manquées"]) == (
        "B1M1", "200", "220",
    )  # fmt: skip
    assert (
        client(vecue.monde.lea)
        .get(f"/espace/sessions/{vecue.creneau.session_id}/tableau/")
        .status_code
        == 403
    )


def _peupler(suivi: Suivi) -> None:
    """Twenty-five people in eighty slots of three hours and a half, all signed and counter-signed."""
    premier, session = suivi.parcours, suivi.creneau.session
    modules = list(ModuleSuivi.objects.filter(parcours=premier))
    gens = [premier]
    for rang in range(GENS - 1):
        dossier = copy(premier.dossier)
        dossier.pk, dossier.reference, dossier.candidat = None, f"BM-ESSAI-{rang:04}", None
        dossier.nom = f"Essai {rang:02}"
        dossier.save(force_insert=True)
        parcours = copy(premier)
        parcours.pk, parcours.dossier = None, dossier
        parcours.save(force_insert=True)
        gens.append(parcours)
    suite = []
    for un in gens[1:]:
        for module in modules:
            autre = copy(module)
            autre.pk, autre.parcours = None, un
            suite.append(autre)
    ModuleSuivi.objects.bulk_create(suite)
    depuis = timezone.localtime() - timedelta(days=200)
    Inscription.objects.bulk_create(
        Inscription(session=session, parcours=un, blocs=[1], inscrite_le=depuis) for un in gens[1:]
    )
    maintenant = timezone.now()
    debuts = [maintenant - timedelta(days=100 - rang) for rang in range(CRENEAUX_POSES - 1)]
    Creneau.objects.bulk_create(
        Creneau(
            session=session, debut=debut, fin=debut + timedelta(minutes=210), minutes=210, bloc=1, module="B1M1",
            modalite="sur_place", etat="gele", gele_le=debut + timedelta(minutes=210),
        )
        for debut in debuts
    )  # fmt: skip
    geles = list(Creneau.objects.filter(etat="gele"))
    Presence.objects.bulk_create(
        Presence(
            creneau=un, parcours=qui, nature="present", minutes=210, signee=True, dite_le=maintenant
        )
        for un in geles
        for qui in gens
    )
    Signature.objects.bulk_create(
        Signature(creneau=un, parcours=qui, moyen="code", signee_le=un.debut, recue_le=un.debut)
        for un in geles
        for qui in gens
    )


def test_vingt_cinq_personnes_et_quatre_vingts_creneaux_en_peu_de_requetes(suivi: Suivi) -> None:
    alice, ici = client(suivi.monde.alice), f"/espace/sessions/{suivi.creneau.session_id}/tableau/"
    with CaptureQueriesContext(connection) as peu:
        alice.get(ici)
    _peupler(suivi)
    assert Parcours.objects.count() == GENS
    with CaptureQueriesContext(connection) as beaucoup:
        page = alice.get(ici)
    assert len(beaucoup) <= len(peu) + 1
    assert len(beaucoup) <= 16
    tableau = page.context["tableau"]
    assert (len(tableau.rangs), len(tableau.creneaux)) == (GENS, CRENEAUX_POSES)
    assert [rang.prouvees for rang in tableau.rangs][1:] == [79 * 210] * (GENS - 1)
