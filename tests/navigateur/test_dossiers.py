"""A dossier's whole story in a real browser: filed, sent back, decided, read and contested."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import count, cycle
from typing import TYPE_CHECKING, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfWriter

from binome.bureau import decisions
from binome.comptes.acteur import Acteur
from binome.courrier.models import Message
from binome.dossiers.etats import Etat
from binome.dossiers.models import Decision, Dossier
from binome.dossiers.pieces.apercus import APERCUS
from binome.lettres.lettre import sceller
from binome.lettres.notification import notifier
from binome.pieces.services import deposer_piece
from tests.dossiers.monde import (
    Monde,
    brouillon,
    construire,
    depose,
    entourage,
    propose,
    trancher_tout,
)
from tests.navigateur.test_pages import ALTERNES, AXE, TOURS, Tours, _regarder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from pytest_django import Settings

    from binome.comptes.models import Personne

CANDIDATE: Final = "candidate@exemple.fr"
EMPLOYEUR: Final = "cabinet@exemple.fr"
TUTEUR: Final = "tom@exemple.fr"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def monde(tmp_path: Path, settings: Settings) -> Monde:
    """The made-up world, with a shelf of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return construire()


def entrer(page: Page, qui: Personne) -> Page:
    """Gives a window the session of a person; no page is open yet."""
    client = Client()
    client.force_login(qui)
    session = client.cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}]
    )
    return page


NUMEROS = count()


def pdf() -> bytes:
    """A document of one blank page, another each time."""
    tampon, plume = BytesIO(), PdfWriter()
    plume.add_blank_page(595, 842)
    plume.add_metadata({"/Title": str(next(NUMEROS))})
    plume.write(tampon)
    return tampon.getvalue()


def joindre(page: Page, nature: str) -> None:
    adresse = page.url
    page.get_by_role("link", name="Ajouter ou retirer des pièces").click()
    carte = page.locator(f"#nature-{nature}")
    carte.locator('[type="file"]').set_input_files(
        {"name": "diplome.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    expect(carte.get_by_text("Ajouté.")).to_be_visible()
    page.goto(adresse)


def ouvrir_par_la_lettre(page: Page, courriel: str, prenom: str) -> Page:
    """Opens the account of an invited address, by the link that its letter holds."""
    lettre = Message.objects.filter(destinataire=courriel, texte__contains="/invitation/").latest(
        "pk"
    )
    lien = re.search(r"/compte/invitation/[^/]+/", lettre.texte)
    assert lien is not None
    page.goto(lien[0])
    page.get_by_label("Prénom").fill(prenom)
    page.get_by_label("Nom", exact=True).fill("Exemple")
    page.get_by_label("Mot de passe").fill("une phrase d’essai assez longue")
    page.get_by_role("button", name="Ouvrir mon compte").click()
    expect(page.get_by_role("heading", name="Ce qui vous attend")).to_be_visible()
    return page


def envoyer_les_lettres() -> None:
    """What the jobs runner does once the hour has passed, in a thread of its own."""
    Decision.objects.update(notifiable_des=timezone.now())

    def travailler() -> None:
        try:
            sceller()
            notifier()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as fil:
        fil.submit(travailler).result()


def deposer(alice: Page) -> str:
    """The organisation files: what is typed is kept as it goes. Gives the dossier's address."""
    alice.goto("/espace/")
    alice.get_by_role("link", name="Ouvrir un dossier").click()
    alice.get_by_label("Prénom").fill("Léa")
    alice.get_by_label("Nom", exact=True).fill("Exemple")
    alice.get_by_label("Date de naissance").fill("1984-05-03")
    alice.get_by_role("button", name="Continuer").click()
    alice.get_by_label("Adresse électronique").fill(CANDIDATE)
    alice.get_by_label("Employeur", exact=True).fill("Cabinet d’exemple")
    alice.locator('input[name="date_entree"]').fill("2026-01-15")
    # A nurse has nothing more to say; another answer brings the other questions back, as they matter.
    alice.get_by_label("Diplôme d’État infirmier").check()
    expect(alice.locator("#etat-saisie")).to_contain_text("FAE")
    alice.reload()
    expect(alice.locator("#groupe-titres #q-niveau_diplome")).to_have_count(0)
    alice.get_by_label("Diplôme d’État infirmier").uncheck()
    alice.get_by_label("Titre de secrétaire médical ou médicale").check()
    expect(alice.locator("#groupe-afgsu #q-afgsu_niveau")).to_be_visible()
    expect(alice.locator("#etat-saisie")).to_contain_text("Sa voie est le CQP")
    expect(alice.locator("#etat-saisie")).to_contain_text("Enregistré à")
    alice.reload()
    expect(alice.get_by_label("Employeur", exact=True)).to_have_value("Cabinet d’exemple")
    alice.get_by_role("button", name="Déposer le dossier").click()
    expect(alice.get_by_text("Le dossier est déposé. La branche l’examine.")).to_be_visible()
    joindre(alice, "diplomes")
    return alice.url.split("#", maxsplit=1)[0]


def associer(alice: Page) -> None:
    """The organisation associates the employer, by a number and the address of who answers for it."""
    alice.get_by_role("link", name="Associer cet employeur au dossier").click()
    alice.get_by_label("SIRET ou RPPS").fill("732 829 320 00074")
    alice.get_by_label("Adresse électronique de l’employeur").fill(EMPLOYEUR)
    alice.get_by_role("button", name="Associer l’employeur").click()
    expect(alice.get_by_text("L’employeur suit maintenant ce dossier.")).to_be_visible()


def inviter_le_tuteur(paul: Page) -> None:
    """The employer sees their employee, and invites the tutor."""
    expect(paul.get_by_role("link", name="Léa Exemple")).to_be_visible()
    paul.goto("/compte/organisations/")
    paul.get_by_role("link", name="Cabinet d’exemple").click()
    paul.get_by_label("Adresse électronique").fill(TUTEUR)
    paul.get_by_label("Rôle").select_option("tuteur")
    paul.get_by_role("button", name="Envoyer l’invitation").click()
    expect(paul.get_by_text(TUTEUR).first).to_be_visible()


def suivre(tom: Page, reference: str) -> None:
    """The tutor reads the decision; neither the diplomas, nor the letter, nor the appeal are theirs."""
    tom.goto("/espace/")
    tom.get_by_role("link", name="Léa Exemple").click()
    expect(tom.get_by_text(reference).first).to_be_visible()
    expect(tom.get_by_text("La décision : accordé")).to_be_visible()
    expect(tom.get_by_text("Les diplômes et les pièces ne vous sont pas montrés.")).to_be_visible()
    expect(tom.get_by_role("link", name="Lire la lettre (PDF)")).to_have_count(0)
    expect(tom.get_by_role("button", name="Déposer un recours")).to_have_count(0)


def refuser_la_piece(emma: Page) -> None:
    """The branch refuses the document, and asks for another."""
    emma.goto("/espace/")
    emma.get_by_role("link", name="À examiner").click()
    emma.get_by_role("link", name="Léa Exemple").click()
    emma.get_by_role("link", name="Lire et examiner les pièces").click()
    expect(emma.get_by_text("Les pages se préparent.")).to_be_visible()
    assert APERCUS.dessiner() == 1
    # The page asks again by itself, every three seconds.
    image = emma.get_by_role("img", name="Page 1 du document")
    expect(image).to_have_js_property("complete", True, timeout=15_000)
    emma.get_by_label("Votre avis").select_option("illisible")
    emma.get_by_role("button", name="J’ai lu cette pièce").click()
    # What was refused is already asked for: it only has to be sent.
    expect(emma.get_by_label("Ce qui manque")).to_have_value(re.compile("ne se lit pas"))
    emma.get_by_role("button", name="Demander de compléter", exact=True).click()
    expect(emma.get_by_text("La demande est enregistrée. Un courriel part")).to_be_visible()


def remplacer_la_piece(alice: Page, adresse: str) -> None:
    """The organisation reads why, and sends the dossier back."""
    alice.goto(adresse)
    expect(alice.get_by_text("Le document ne se lit pas.").first).to_be_visible()
    joindre(alice, "diplomes")
    alice.get_by_label(re.compile("Je renvoie sans eux")).check()
    alice.get_by_role("button", name="Renvoyer le dossier complété").click()
    expect(alice.get_by_text("Le dossier repart à l’examen.")).to_be_visible()


def decider(emma: Page, adresse: str) -> None:
    """The branch accepts the document, reads the proposal and grants with a reservation."""
    emma.goto(adresse)
    emma.get_by_role("link", name="Lire et examiner les pièces").click()
    # Its pages are not drawn yet: nothing is said of what nobody saw.
    expect(emma.get_by_role("button", name="Je n’ai lu aucune pièce")).to_be_visible()
    emma.get_by_label("Votre avis").select_option("acceptee")
    emma.get_by_role("button", name="J’ai lu cette pièce").click()
    expect(emma.get_by_text("Les pièces sont acceptées, et la réponse est prête.")).to_be_visible()
    emma.get_by_label("Accordé avec réserve").check()
    emma.get_by_label("La réserve : ce que la personne doit encore faire").fill("Le contrat signé.")
    # The contract never came: what is missing is read, and passed over.
    emma.get_by_label("Je décide sans attendre").check()
    emma.get_by_role("button", name="Décider", exact=True).click()
    expect(emma.get_by_text("La décision est enregistrée.")).to_be_visible()


def contester(lea: Page, reference: str) -> None:
    """The candidate reads the decision, its letter, and appeals."""
    lea.goto("/espace/")
    lea.get_by_role("link", name=reference).click()
    expect(lea.get_by_text("Le contrat signé.")).to_be_visible()
    with lea.expect_download() as telechargement:
        lea.get_by_role("link", name="Lire la lettre (PDF)").click()
    assert telechargement.value.path().read_bytes().startswith(b"%PDF")
    lea.get_by_text("Déposer un recours", exact=True).first.click()
    lea.get_by_label("Ce que vous contestez, et pourquoi").fill("Le contrat est signé.")
    lea.get_by_role("button", name="Déposer un recours").click()
    expect(lea.get_by_text("Le recours est déposé. La branche y répond.")).to_be_visible()


@pytest.mark.long(4)
def test_un_dossier_du_depot_au_recours(ouvrir: Callable[..., Page], monde: Monde) -> None:
    """Three people, nothing asked again: the organisation, the branch, the candidate on their phone."""
    alice, emma = entrer(ouvrir(), monde.alice), entrer(ouvrir(), monde.emma)
    adresse = deposer(alice)
    lea = ouvrir_par_la_lettre(ouvrir(largeur=390), CANDIDATE, "Léa")
    decider(emma, adresse)
    envoyer_les_lettres()
    contester(lea, Dossier.objects.get().reference)
    assert Dossier.objects.get().etat == Etat.RECOURS


@pytest.mark.long(12)
def test_un_dossier_du_depot_a_la_reponse_au_recours(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    """Five people: the organisation, the branch, the candidate and the tutor on their phones, the employer."""
    alice, emma = entrer(ouvrir(), monde.alice), entrer(ouvrir(), monde.emma)
    adresse = deposer(alice)
    reference = Dossier.objects.get().reference
    lea = ouvrir_par_la_lettre(ouvrir(largeur=390), CANDIDATE, "Léa")
    associer(alice)
    inviter_le_tuteur(ouvrir_par_la_lettre(ouvrir(), EMPLOYEUR, "Paul"))
    tom = ouvrir_par_la_lettre(ouvrir(largeur=390, script=False), TUTEUR, "Tom")
    refuser_la_piece(emma)
    remplacer_la_piece(alice, adresse)
    decider(emma, adresse)
    # For an hour, the branch may still undo it: nobody else reads anything of it.
    for page in (lea, tom):
        page.goto(adresse)
        expect(page.get_by_text("La branche va décider.")).to_be_visible()
    envoyer_les_lettres()
    suivre(tom, reference)
    contester(lea, reference)
    # Who decided does not answer: somebody else of the branch does.
    ana = entrer(ouvrir(), monde.ana)
    ana.goto(adresse)
    expect(ana.get_by_text("Le contrat est signé.")).to_be_visible()
    ana.get_by_label("Votre réponse").fill("Nous l’avons reçu.")
    ana.get_by_role("button", name="Maintenir la décision").click()
    expect(ana.get_by_text("La décision est maintenue.")).to_be_visible()
    lea.reload()
    expect(lea.get_by_text("Nous l’avons reçu.")).to_be_visible()
    assert Dossier.objects.get().etat == Etat.CLOS


@pytest.mark.parametrize("tours", TOURS)
def test_les_pages_sont_lisibles_par_tous(
    ouvrir: Callable[..., Page], monde: Monde, tours: Tours
) -> None:
    une_sur = 8 if tours is ALTERNES else 1  # the long tests look at each
    trancher_tout(monde, propose(monde))
    clair, decide = propose(monde), propose(monde)
    decisions.decider(decide, Acteur(monde.emma), version=decide.version)
    confirme = decisions.confirmer(Acteur(monde.emma), {clair.reference: clair.version})
    clair = propose(monde)
    gens = {**vars(monde), **entourage(monde, decide)}
    envoyer_les_lettres()
    suite, rendu = (f"/espace/dossiers/{un.reference}/" for un in (clair, decide))
    ouvert, attente = brouillon(monde), depose(monde)
    fichier = SimpleUploadedFile("diplome.pdf", pdf(), "application/pdf")
    piece = deposer_piece(attente, "diplomes", fichier, Acteur(monde.alice), attente.version)
    assert confirme.confirmation is not None
    vues = {
        "alice": ["/espace/", "/espace/dossiers/nouveau/", "/espace/imports/", suite, "/espace/exports/",
                  "/espace/dossiers/?tri=recent", f"/espace/dossiers/{attente.reference}/pieces/?nature=identite",
                  f"/espace/dossiers/{ouvert.reference}/saisie/",
                  f"/espace/dossiers/{attente.reference}/employeur/"],
        "emma": ["/espace/", "/espace/dossiers/?etat=claires&cocher=tout", suite, rendu, "/espace/points/",
                 f"/espace/confirmations/{confirme.confirmation.pk}/", "/espace/rejeu/",
                 f"/espace/dossiers/{attente.reference}/pieces/{piece.pk}/examen/"],
        "lea": ["/espace/", suite, rendu, "/espace/donnees/"],
        "tuteur": ["/espace/", rendu],
        "opco": ["/espace/"],
        "soutien": ["/espace/"],
    }  # fmt: skip
    fautes, tour = [], cycle(tours)
    for nom, adresses in vues.items():
        page = entrer(ouvrir(), gens[nom])
        for adresse in adresses[::une_sur]:
            page.goto(adresse)
            page.evaluate(AXE.read_text(encoding="utf-8"))
            for largeur, theme in zip((390, 1280), next(tour), strict=True):
                if theme is not None:
                    fautes += [f"{nom} {adresse} {un}" for un in _regarder(page, largeur, theme)]
    assert not fautes, "\n".join(fautes)
