"""Documents as a new user files them, in a real browser: at once, dropped, too heavy, twice, with the plug pulled."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from PIL import Image
from playwright.sync_api import expect

from binome.comptes.acteur import Acteur
from binome.courrier.models import Message
from binome.dossiers import rayons, services
from binome.dossiers.etats import Etat, EtatDePiece
from binome.dossiers.models import Dossier, Piece
from tests.dossiers.monde import Monde, brouillon, construire, depose
from tests.navigateur.test_dossiers import entrer, pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page
    from pytest_django import Settings

PHRASE: Final = "une phrase d’essai assez longue"
IPHONE: Final = (Path(__file__).parents[1] / "depot" / "photos" / "iphone.heic").read_bytes()
CINQ: Final = ("CNI recto.pdf", "Mon CV.pdf", "diplome bts.pdf", "afgsu 2.pdf", "scan0004.pdf")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def monde(tmp_path: Path, settings: Settings) -> Monde:
    """The made-up world, with a shelf of its own."""
    settings.MEDIA_ROOT = tmp_path / "fichiers"
    return construire()


def fichier(nom: str, contenu: bytes = b"", sorte: str = "application/pdf") -> Any:
    """A file of the machine of who files."""
    return {"name": nom, "mimeType": sorte, "buffer": contenu or pdf()}


class Mains:
    """Two hands, whose gestures are counted: a click, a field filled, a choice; picking files in their window is one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.gestes = 0

    def clic(self, ou: Locator) -> None:
        self.gestes += 1
        ou.click()

    def remplir(self, ou: Locator, texte: str) -> None:
        self.gestes += 1
        ou.fill(texte)

    def choisir(self, ou: Locator, valeur: str) -> None:
        self.gestes += 1
        ou.select_option(valeur)

    def prendre(self, bouton: Locator, fichiers: list[Any]) -> None:
        """A click opens the window of files; another takes them all."""
        with self.page.expect_file_chooser() as fenetre:
            self.clic(bouton)
        self.gestes += 1
        fenetre.value.set_files(fichiers)


def test_ce_qui_serait_refuse_l_est_avant_de_dire_quel_document_c_est(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    page, dossier = entrer(ouvrir(), monde.alice), brouillon(monde)
    aller(page, dossier)
    ensemble = page.locator("[data-ensemble]")
    ensemble.locator("#ensemble").set_input_files(
        [
            {**fichier("vide.pdf"), "buffer": b""},
            fichier("cv.docx", b"PK"),
            fichier("tout.zip", b"PK"),
        ]
    )
    expect(ensemble.locator(".refus")).to_have_text(
        [
            re.compile("vide.pdf\u202f: Ce fichier est vide"),
            re.compile("cv.docx\u202f: .*traitement de texte"),
            re.compile("tout.zip\u202f: .*en contient d’autres"),
        ]
    )
    expect(ensemble.locator("[data-tri]")).to_be_hidden()


def cinq_d_un_coup(mains: Mains) -> None:
    """Five files at once: those whose name says what they are are proposed, the other is asked."""
    page = mains.page
    mains.prendre(page.get_by_text("Choisir tous les fichiers"), [fichier(nom) for nom in CINQ])
    choix = page.locator(".tri select")
    expect(choix).to_have_count(5)
    proposes = choix.evaluate_all("tous => tous.map((un) => un.value)")
    assert proposes == ["identite", "cv", "diplomes", "afgsu", ""]
    mains.choisir(choix.last, "experience")
    mains.clic(page.get_by_role("button", name="Envoyer ces fichiers"))
    expect(page.locator("[data-ensemble] .prise")).to_have_count(5, timeout=20_000)


@pytest.mark.long(3)
def test_une_candidate_invitee_depose_cinq_pieces_en_moins_de_vingt_gestes(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    """From the mail to the last document, on a phone: no account yet, no manual."""
    lettre = Message.objects.filter(texte__contains="/invitation/")
    dossier = brouillon(monde)
    Dossier.objects.update(candidat=None, courriel="nouvelle@exemple.fr")
    dossier.refresh_from_db()
    services.deposer(dossier, Acteur(monde.alice), version=dossier.version)
    lien = re.search(r"/compte/invitation/[^/]+/", lettre.latest("pk").texte)
    assert lien is not None
    mains = Mains(ouvrir(largeur=390))
    page = mains.page
    page.goto(lien[0])
    mains.gestes += 1
    mains.remplir(page.get_by_label("Prénom"), "Léa")
    mains.remplir(page.get_by_label("Nom", exact=True), "Exemple")
    mains.remplir(page.get_by_label("Mot de passe"), PHRASE)
    mains.clic(page.get_by_role("button", name="Ouvrir mon compte"))
    mains.clic(page.get_by_role("link", name=re.compile("^BM-")).first)
    mains.clic(page.get_by_role("link", name="Ajouter ou retirer des pièces"))
    cinq_d_un_coup(mains)
    assert Piece.objects.count() == 5
    assert mains.gestes < 20, mains.gestes


def test_un_organisme_depose_un_dossier_et_cinq_pieces_en_moins_de_vingt_gestes(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    mains = Mains(entrer(ouvrir(), monde.alice))
    page = mains.page
    page.goto("/espace/")
    mains.clic(page.get_by_role("link", name="Ouvrir un dossier"))
    mains.remplir(page.get_by_label("Prénom"), "Léa")
    mains.remplir(page.get_by_label("Nom", exact=True), "Exemple")
    mains.remplir(page.get_by_label("Date de naissance"), "1984-05-03")
    mains.clic(page.get_by_role("button", name="Continuer"))
    mains.remplir(page.get_by_label("Adresse électronique"), "lea@exemple.fr")
    mains.remplir(page.get_by_label("Employeur", exact=True), "Cabinet d’exemple")
    mains.remplir(page.locator('input[name="date_entree"]'), "2026-01-15")
    mains.clic(page.get_by_label("Titre de secrétaire médical ou médicale"))
    expect(page.locator("#etat-saisie")).to_contain_text("Enregistré à")
    mains.clic(page.get_by_role("link", name="Joindre les pièces"))
    cinq_d_un_coup(mains)
    page.goto(f"/espace/dossiers/{Dossier.objects.get().reference}/saisie/")
    mains.gestes += 1
    mains.clic(page.get_by_role("button", name="Déposer le dossier"))
    expect(page.get_by_text("Le dossier est déposé. La branche l’examine.")).to_be_visible()
    assert Dossier.objects.get().etat == Etat.DEPOSE
    assert Piece.objects.count() == 5
    assert mains.gestes < 20, mains.gestes


def aller(page: Page, dossier: Dossier, nature: str = "") -> Locator:
    page.goto(f"/espace/dossiers/{dossier.reference}/pieces/?nature={nature}")
    return page.locator(f"#nature-{nature}")


def test_chaque_fichier_dit_ce_qu_il_devient(ouvrir: Callable[..., Page], monde: Monde) -> None:
    page, dossier = entrer(ouvrir(), monde.alice), brouillon(monde)
    carte = aller(page, dossier, "identite")
    meme = pdf()
    envoyes = [
        fichier("recto.pdf", meme), fichier("notes.txt", b"du texte"),
        fichier("photo.heic", IPHONE, "image/heic"), fichier("encore.pdf", meme),
    ]  # fmt: skip
    # Dropped from the desk of the machine, as the mouse does.
    depose_ici = page.evaluate_handle(
        """(fichiers) => { const don = new DataTransfer(); for (const un of fichiers) don.items.add(
        new File([Uint8Array.from(un.octets)], un.nom)); return don; }""",
        [{"nom": un["name"], "octets": list(un["buffer"])} for un in envoyes],
    )
    carte.dispatch_event("drop", {"dataTransfer": depose_ici})
    dits = carte.locator("[data-arrivees] li")
    expect(dits).to_have_text([
        "recto.pdf\u202f: Ajouté.",
        re.compile("notes.txt\u202f: Ce fichier n’est ni un PDF"),
        "photo.heic\u202f: Ajouté.",
        re.compile("encore.pdf\u202f: Ce fichier est déjà dans le dossier, sous le nom « recto.pdf »"),
    ])  # fmt: skip
    expect(carte.locator(".nom-de-fichier")).to_have_text(["recto.pdf", "photo.heic"])
    expect(page.locator("#reste")).not_to_contain_text("identité")
    # The mistake goes by its name, from the page as it stands.
    carte.get_by_role("button", name="Retirer « photo.heic »").click()
    expect(page.get_by_text("Le fichier « photo.heic » est retiré du dossier.")).to_be_visible()
    assert list(dossier.pieces.filter(etat=EtatDePiece.RECUE).values_list("nom", flat=True)) == [
        "recto.pdf"
    ]


@pytest.mark.long(2)
def test_sans_script_les_memes_fichiers_arrivent(ouvrir: Callable[..., Page], monde: Monde) -> None:
    page, dossier = entrer(ouvrir(largeur=390, script=False), monde.alice), brouillon(monde)
    carte = aller(page, dossier, "diplomes")
    carte.get_by_label("Choisir un ou plusieurs fichiers").set_input_files(
        [fichier("bac.pdf"), fichier("bts.pdf")]
    )
    carte.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("2 fichiers sont ajoutés.")).to_be_visible()
    expect(carte.locator(".nom-de-fichier")).to_have_text(["bac.pdf", "bts.pdf"])


def photo_couchee() -> bytes:
    """A photo of 12 megapixels and more than 2 MB, held upright by who took it, that says where."""
    grains = Image.effect_noise((1008, 756), 60).resize((4032, 3024))
    vue = Image.merge("RGB", (grains, grains, grains))
    vue.paste((200, 0, 0), (0, 0, 1000, 700))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "chez Madame Exemple"
    tampon = BytesIO()
    vue.save(tampon, "JPEG", quality=95, exif=exif)
    return tampon.getvalue()


@pytest.mark.long(3)
def test_une_grande_photo_part_legere_et_droite(ouvrir: Callable[..., Page], monde: Monde) -> None:
    page, dossier = entrer(ouvrir(largeur=390), monde.alice), brouillon(monde)
    carte, contenu = aller(page, dossier, "identite"), photo_couchee()
    assert len(contenu) > 2 * 2**20
    with page.expect_request(lambda une: une.method == "POST") as envoi:
        carte.locator('[type="file"]').set_input_files(
            fichier("IMG_0042.JPG", contenu, "image/jpeg")
        )
    expect(carte.get_by_text("Ajouté.")).to_be_visible()
    assert len(envoi.value.post_data_buffer or b"") < 2 * 2**20 + 5000
    piece = dossier.pieces.get()
    gardee = rayons.PIECES.lire(piece.fichier)
    with Image.open(BytesIO(gardee)) as vue:
        assert vue.height > vue.width
        assert max(vue.size) >= 2500
        # The red mark of the top left of the camera is at the top right once upright.
        coin = (vue.width - 100, 100)
        assert vue.getchannel("R").getpixel(coin) == pytest.approx(200, abs=20)
        assert vue.getchannel("G").getpixel(coin) == pytest.approx(0, abs=20)
    assert b"Madame" not in gardee


def test_le_lien_d_une_demande_mene_au_fichier_demande(
    ouvrir: Callable[..., Page], monde: Monde
) -> None:
    page, dossier = entrer(ouvrir(largeur=390), monde.lea), depose(monde)
    carte = aller(page, dossier, "identite")
    champ = carte.locator('[type="file"]')
    expect(champ).to_be_focused()
    expect(carte).to_be_in_viewport()


def test_la_prise_arrachee_ne_perd_aucun_fichier(ouvrir: Callable[..., Page], monde: Monde) -> None:
    page, dossier = entrer(ouvrir(bruits=["401"]), monde.alice), brouillon(monde)
    carte = aller(page, dossier, "contrat")
    page.evaluate(
        "() => { window.vrai = fetch; window.fetch = () => Promise.reject(new TypeError()); }"
    )
    carte.locator('[type="file"]').set_input_files([fichier("contrat.pdf")])
    expect(carte.get_by_text("le réseau ne répond pas")).to_be_visible()
    page.evaluate("() => { window.fetch = window.vrai; }")
    temoins = page.context.cookies()
    page.context.clear_cookies()
    carte.get_by_role("button", name="Réessayer").click()
    expect(carte.get_by_text("votre session est terminée")).to_be_visible()
    assert not Piece.objects.exists()
    page.context.add_cookies([un for un in temoins if un["name"] == "sessionid"])  # type: ignore[misc] # as the browser gave them
    carte.get_by_role("button", name="Réessayer").click()
    expect(carte.get_by_text("Ajouté.")).to_be_visible()
    assert dossier.pieces.get().nom == "contrat.pdf"
