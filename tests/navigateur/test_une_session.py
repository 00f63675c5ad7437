"""One session in a real browser, from twelve decided dossiers to a slot that is frozen: a code, a tablet without network,
a sheet of paper, a correction, and the minutes of each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from binome.bureau.decisions import decider
from binome.comptes.acteur import Acteur
from binome.dossiers.models import Dossier
from binome.journal.chaine import verifier
from binome.journal.reconciliation import differences
from binome.parcours.models import Parcours
from binome.presences.etats import EtatDePresence
from binome.presences.models import Presence, Signature
from binome.sessions.models import Session
from tests.dossiers.monde import Monde, construire, dire, notifiee, propose
from tests.navigateur.tablettes import Atelier, ouvrir_la_tablette, signer
from tests.navigateur.test_dossiers import entrer
from tests.navigateur.test_tablette import COUPURE
from tests.presences.suivi import poser
from tests.presences.test_papier import client_de, photo
from tests.presences.vie import un_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)
LEA, *AUTRES = (
    "Léa Exemple", "Anaïs Aubry", "Bruno Besse", "Chloé Caron", "David Doré", "Emma Even", "Farid Faure", "Gaëlle Gros",
    "Hugo Henry", "Inès Imbert", "Jeanne Joly", "Karim Kern",
)  # fmt: skip
TABLETTE, PAPIER, ABSENT = AUTRES[:6], AUTRES[6:10], AUTRES[10]


@pytest.fixture
def monde(tmp_path: Path, settings: Settings) -> Monde:
    """The made-up world, with a shelf of its own, and twelve people whose decision is notified."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    monde = construire()
    un_site(monde)
    for nom in (LEA, *AUTRES):
        dossier = propose(monde)
        decider(dossier, Acteur(monde.emma), version=dossier.version)
        numero = notifiee(dossier).pk
        prenom, famille = nom.split()
        sien = monde.lea if nom == LEA else None
        Dossier.objects.filter(pk=numero).update(prenom=prenom, nom=famille, candidat=sien)
        dossier = Dossier.objects.get(pk=numero)
        dire(dossier.objet, dossier)
    return monde


def _preparer(page: Page) -> Session:
    """The session prepared, its twelve people enrolled, published: by its forms alone."""
    page.goto("/espace/sessions/nouvelle/")
    debut = timezone.localdate() + timedelta(days=40)
    page.get_by_label("Le premier jour possible").fill(debut.isoformat())
    page.get_by_role("button", name="Préparer la session").click()
    expect(page.get_by_text("La session est en préparation.")).to_be_visible()
    page.get_by_role("link", name="Inscrire des personnes").click()
    for coche in page.locator("input[name=parcours]").all():
        coche.check()
    page.get_by_role("button", name="Inscrire", exact=True).click()
    expect(page.get_by_text("12 personnes").first).to_be_visible()
    page.get_by_label("Publier sans convention").check()
    page.get_by_role("button", name="Publier la session").click()
    expect(page.get_by_text("La session est publiée.")).to_be_visible()
    return Session.objects.get()


def _contresigner_puis_corriger(bob: Page, ici: str) -> None:
    """One came twenty minutes late; nobody saw the twelfth. Bob counter-signs, and corrects what he noted."""
    bob.goto(f"{ici}presences/")
    expect(bob.get_by_text("11 personnes sur 12 ont signé")).to_be_visible()
    tard = bob.locator(".fiche").filter(has_text=TABLETTE[0])
    tard.get_by_text("Noter un retard, un départ, une absence").click()
    tard.get_by_label("Retard, en minutes").fill("20")
    tard.get_by_role("button", name="Noter", exact=True).click()
    expect(bob.locator(".fiche").filter(has_text=TABLETTE[0])).to_contain_text("retard de 20 min")
    bob.get_by_role("button", name="Contresigner le créneau").click()
    expect(bob.get_by_text("Contresigné le")).to_be_visible()
    tard = bob.locator(".fiche").filter(has_text=TABLETTE[0])
    expect(tard.get_by_text("retard de 20 min")).to_be_visible()
    tard.get_by_text("Corriger", exact=True).first.click()
    tard.get_by_label("Pourquoi").select_option("heure")
    tard.get_by_label("Retard, en minutes").fill("12")
    tard.get_by_role("button", name="Corriger", exact=True).click()
    tard = bob.locator(".fiche").filter(has_text=TABLETTE[0])
    expect(tard.locator("s")).to_contain_text("retard de 20 min")


@pytest.mark.long(40)
def test_d_une_douzaine_de_dossiers_decides_a_des_minutes_prouvees(
    ouvrir: Callable[..., Page], monde: Monde, tmp_path: Path
) -> None:
    session = _preparer(entrer(ouvrir(), monde.alice))
    creneau = poser(session, monde)
    ici = f"/espace/creneaux/{creneau.uid}/"

    # Léa signs on her telephone, with the code that Bob shows.
    bob = entrer(ouvrir(largeur=820), monde.bob)
    bob.goto(f"{ici}presences/")
    expect(bob.get_by_text("Personne n’a signé encore, sur 12")).to_be_visible()
    bob.get_by_role("button", name="Ouvrir la signature").click()
    expect(bob.get_by_text("La signature est ouverte.")).to_be_visible()
    bob.goto(f"{ici}code/")
    lea = entrer(ouvrir(largeur=390), monde.lea)
    lea.goto("/signer/")
    lea.get_by_label("Le code affiché dans la salle").fill(bob.locator(".code-court").inner_text())
    lea.get_by_role("button", name="Continuer").click()
    lea.get_by_role("button", name="Signer ma présence").click()
    expect(lea.get_by_role("heading", name="Présence signée")).to_be_visible()

    # Six people sign on the tablet, its network cut; what waits leaves when it comes back.
    tablette = ouvrir_la_tablette(
        ouvrir(largeur=820, hors_ligne=True, bruits=COUPURE), Atelier(monde, creneau)
    )
    tablette.context.set_offline(True)
    for rang, nom in enumerate(TABLETTE):
        signer(tablette, nom, rang * 5)
    expect(tablette.get_by_text("6 signatures sur cette tablette seulement")).to_be_visible()
    assert Signature.objects.count() == 1
    tablette.context.set_offline(False)
    expect(tablette.get_by_text("Rien n’attend sur cet appareil.")).to_be_visible()

    # Four others signed on paper; the sheet is photographed, and confirmed line by line.
    feuille = tmp_path / "feuille.jpg"
    feuille.write_bytes(photo(client_de(monde.bob).get(f"{ici}feuille.pdf").content, penche=3))
    bob.goto(f"{ici}papier/")
    bob.locator("input[type=file]").set_input_files(feuille)
    bob.get_by_role("button", name="Envoyer et lire").click()
    for nom in PAPIER:
        bob.get_by_label(nom).check()
    bob.get_by_role("button", name="Confirmer les lignes cochées").click()
    expect(bob.get_by_role("button", name="Confirmer les lignes cochées")).to_have_count(0)
    assert Signature.objects.count() == 11

    _contresigner_puis_corriger(bob, ici)

    tenues = Presence.objects.filter(creneau=creneau, etat=EtatDePresence.EN_VIGUEUR)
    minutes = {
        une.parcours.dossier.personne: (une.minutes, une.signee)
        for une in tenues.select_related("parcours__dossier").order_by("pk")
    }
    attendues = dict.fromkeys((LEA, *AUTRES), (210, True))
    assert minutes == {**attendues, TABLETTE[0]: (198, True), ABSENT: (0, False)}
    assert verifier() is None
    assert not list(differences())
    parcours = Parcours.objects.get(dossier__candidat=monde.lea)
    lea.goto(f"/espace/suivis/parcours/{parcours.pk}/")
    expect(lea.get_by_text("3 h 30 prouvées")).to_be_visible()
