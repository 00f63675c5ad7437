"""Forty made-up files as an examiner treats them, each gesture counted: a click, a field typed or chosen, a key chord.

Twenty-four confirm what is declared, eight lack a document that reads, four are granted under a reserve, two are
refused, two are handed over. Every document is scrolled through, which is reading and not counted, and said to be read,
before anything is decided.
"""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pytest
from PIL import Image
from playwright.sync_api import expect

from binome.bureau.tranches import trancher
from binome.comptes.acteur import Acteur
from binome.comptes.facteurs import poser_application
from binome.comptes.services import donner_role
from binome.depot.etats import EtatDApercu
from binome.dossiers import rayons
from binome.dossiers.etats import Etat, EtatDePiece
from binome.dossiers.models import Decision, Dossier, PageDApercu, Piece
from binome.dossiers.positionnement import positionner_dossier
from tests.dossiers.monde import Monde, construire, depose, joindre, personne
from tests.navigateur.test_dossiers import entrer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)
NATURES: Final = ("diplomes", "experience", "contrat", "afgsu", "identite", "cv")
MELANGE: Final = {"simple": 24, "completer": 8, "reserve": 4, "refus": 2, "remettre": 2}
AVANT: Final = 390
"""Gestures for the same forty, as counted by the same hand at 7232a43, where nothing could be handed over."""


class Main:
    """The examiner's hand: what it does is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.gestes: Counter[str] = Counter()

    def cliquer(self, quoi: Locator, mot: str = "cliquer") -> None:
        self.gestes[mot] += 1
        quoi.click()

    def ecrire(self, champ: Locator, texte: str) -> None:
        self.gestes["écrire"] += 1
        champ.fill(texte)

    def choisir(self, champ: Locator, valeur: str) -> None:
        self.gestes["choisir"] += 1
        champ.select_option(valeur)

    def touche(self, accord: str) -> None:
        self.gestes["touche"] += 1
        self.page.keyboard.press(accord)

    @property
    def total(self) -> int:
        return sum(self.gestes.values())


def quarante(monde: Monde, melange: dict[str, int]) -> dict[str, str]:
    """The files, filed with their six documents; what to make of each, by reference."""
    a_faire: dict[str, str] = {}
    for genre, nombre in melange.items():
        for _ in range(nombre):
            dossier = depose(monde)
            for nature in NATURES:
                joindre(monde, dossier, nature)
            a_faire[dossier.reference] = genre
    blanche = BytesIO()
    Image.new("RGB", (210, 297), "white").save(blanche, "WEBP")
    for piece in Piece.objects.order_by("pk"):
        nom = rayons.APERCUS.ranger(blanche.getvalue())
        PageDApercu.objects.create(piece=piece, rang=1, fichier=nom)
    Piece.objects.update(apercu=EtatDApercu.DESSINE)
    premier = Dossier.objects.order_by("pk")[0]
    for alerte in positionner_dossier(premier).declare.alertes:
        trancher(premier.certification, alerte.code, "Position.", Acteur(monde.ana))
    eric = personne("eric")
    donner_role(eric, monde.branche, "examinateur")
    poser_application(eric)
    return a_faire


def reference_de(page: Page) -> str:
    """The dossier that is on the screen."""
    return page.url.split("/dossiers/")[1].split("/")[0]


def traiter(main: Main, genre: str) -> None:
    """One file, from its documents to the next file."""
    page = main.page
    if genre == "remettre":
        main.cliquer(page.get_by_text("Remettre à…"))
        main.choisir(page.get_by_label("À qui"), "Eric Exemple")
        main.cliquer(page.get_by_role("button", name="Remettre et ouvrir le suivant"))
        return
    expect(page.get_by_text("Votre avis")).to_have_count(len(NATURES))
    expect(page.get_by_label("Votre avis").last).to_have_value("")
    for rang in range(len(NATURES)):
        image = page.locator(".examen-de-piece img").nth(rang)
        image.scroll_into_view_if_needed()
        expect(page.get_by_label("Votre avis").nth(rang)).to_have_value("acceptee")
    if genre == "completer":
        main.choisir(page.get_by_label("Votre avis").nth(1), "illisible")
    main.cliquer(page.get_by_role("button", name=f"J’ai lu ces {len(NATURES)} pièces"))
    if genre == "completer":
        main.cliquer(page.get_by_role("button", name="Demander et ouvrir le suivant"))
        return
    if genre == "reserve":
        main.cliquer(page.get_by_text("Accordé avec réserve", exact=True))
        main.ecrire(page.locator("#reserve"), "Fournir l’AFGSU avant le jury.")
    elif genre == "refus":
        main.cliquer(page.get_by_text("Refusé", exact=True))
        main.choisir(page.get_by_label("Pourquoi", exact=True), "preuve")
        main.ecrire(page.locator("#ecart"), "L’attestation ne couvre pas la période.")
    main.cliquer(page.get_by_role("button", name="Décider et ouvrir le suivant"))


def examiner(monde: Monde, ouvrir: Callable[..., Page], melange: dict[str, int]) -> Main:
    """Everything that waits, from the home page to an empty list."""
    a_faire = quarante(monde, melange)
    page = entrer(ouvrir(), monde.emma)
    page.goto("/espace/")
    main = Main(page)
    main.cliquer(page.locator(".attendus a").filter(has_text="À examiner"))
    main.cliquer(page.get_by_role("link", name="Examiner le premier"))
    faits: Counter[str] = Counter()
    while a_faire:
        reference = reference_de(page)
        genre = a_faire.pop(reference)
        traiter(main, genre)
        faits[genre] += 1
        # The next one is there, in the same list, or nothing is left.
        expect(page).not_to_have_url(re.compile(reference))
    assert faits == melange
    assert "etat=a_examiner" in page.url
    return main


@pytest.fixture
def monde(tmp_path: Path, settings: Settings) -> Monde:
    """The made-up world, with a shelf of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return construire()


def verifier(melange: dict[str, int]) -> None:
    """What was decided is what was meant, on documents that were all examined."""
    etats = Counter(Dossier.objects.values_list("etat", flat=True))
    assert etats[Etat.ARRETE] == melange["simple"] + melange["reserve"] + melange["refus"]
    assert etats[Etat.A_COMPLETER] == melange["completer"]
    natures = Counter(Decision.objects.values_list("nature", flat=True))
    assert natures == {
        "accorde": melange["simple"],
        "accorde_avec_reserve": melange["reserve"],
        "refuse": melange["refus"],
    }
    decides = Piece.objects.filter(dossier__etat=Etat.ARRETE)
    assert set(decides.values_list("etat", flat=True)) == {EtatDePiece.ACCEPTEE}
    remis = Dossier.objects.filter(etat=Etat.DEPOSE)
    assert {un.examine_par.prenom for un in remis if un.examine_par} == {"Eric"}


@pytest.mark.long(6)
def test_un_de_chaque_genre(monde: Monde, ouvrir: Callable[..., Page]) -> None:
    melange = dict.fromkeys(MELANGE, 1)
    main = examiner(monde, ouvrir, melange)
    assert main.total == 2 + 2 + 3 + 4 + 5 + 3
    verifier(melange)


@pytest.mark.long(90)
def test_quarante_dossiers_en_moins_de_quatre_gestes_chacun(
    monde: Monde, ouvrir: Callable[..., Page]
) -> None:
    main = examiner(monde, ouvrir, MELANGE)
    nombre = sum(MELANGE.values())
    print(f"{main.total} gestes pour {nombre} : {main.total / nombre} ; avant, {AVANT / nombre}")  # noqa: T201
    assert main.total / nombre < 4
    verifier(MELANGE)
