"""What a file is, by its content: good ones kept clean, bad ones refused and named."""

from __future__ import annotations

import re
import socketserver
import struct
import zipfile
import zlib
from io import BytesIO
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from binome.cloison.lancement import lire
from binome.depot.apercus import BORNES
from binome.depot.controle import OCTETS, controler, lire_au_plus
from binome.depot.refus import RAISONS, PieceRefusee
from tests.echantillons import un_sur

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import Settings


EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(modifier: Callable[[PdfWriter], object] = lambda _: None, pages: int = 1) -> bytes:
    tampon, plume = BytesIO(), PdfWriter()
    for _ in range(pages):
        plume.add_blank_page(595, 842)
    modifier(plume)
    plume.write(tampon)
    return tampon.getvalue()


def code(plume: PdfWriter) -> None:
    """Something to run when the document opens."""
    action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
    plume.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject(cle): valeur for cle, valeur in action.items()}
    )


def compact() -> bytes:
    """The same by hand, its objects in a compressed stream: nothing of it reads in the bytes."""
    objets = {
        1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 4 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        4: b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
    }
    places, corps = [], b""
    for numero, objet in objets.items():
        places.append(b"%d %d" % (numero, len(corps)))
        corps += objet + b" "
    tete = b" ".join(places) + b" "
    flux = zlib.compress(tete + corps)
    sortie = b"%PDF-1.7\n"
    place = len(sortie)
    sortie += (
        b"5 0 obj\n<< /Type /ObjStm /N 4 /First %d /Filter /FlateDecode /Length %d >>\nstream\n"
        % (len(tete), len(flux))
    )
    sortie += flux + b"\nendstream\nendobj\n"
    table = len(sortie)
    rangs = [(0, 0, 255), *((2, 5, rang) for rang in range(4)), (1, place, 0), (1, table, 0)]
    donnees = b"".join(bytes([a]) + b.to_bytes(2, "big") + bytes([c]) for a, b, c in rangs)
    sortie += (
        b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R /Length %d >>\nstream\n"
        % len(donnees)
    )
    return sortie + donnees + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % table


def bombe(plume: PdfWriter) -> None:
    flux = DecodedStreamObject()
    flux._data = zlib.compress(b"\0" * (300 * 2**20), 9)
    flux[NameObject("/Filter")] = NameObject("/FlateDecode")
    plume.pages[0][NameObject("/Contents")] = plume._add_object(flux)


def virus_deplie(plume: PdfWriter) -> None:
    flux = DecodedStreamObject()
    flux._data = zlib.compress(EICAR)
    flux[NameObject("/Filter")] = NameObject("/FlateDecode")
    plume.pages[0][NameObject("/Contents")] = plume._add_object(flux)


def sa_cle(plume: PdfWriter) -> None:
    """A stream that says that it is not encrypted as the others are."""
    flux = DecodedStreamObject()
    flux.set_data(b"q Q")
    flux[NameObject("/Filter")] = NameObject("/Crypt")
    plume.pages[0][NameObject("/Contents")] = plume._add_object(flux)


def verrouille(
    algorithme: str, modifier: Callable[[PdfWriter], object] = lambda _: None, pages: int = 1
) -> bytes:
    """Locked for its owner only: it opens without a password, as universities and registries send them."""

    def verrouiller(plume: PdfWriter) -> None:
        modifier(plume)
        plume.encrypt("", "le-proprietaire", algorithm=algorithme)

    return pdf(verrouiller, pages)


def deplacer(contenu: bytes, de: int) -> bytes:
    """The same PDF with its places counted from so many bytes before it."""
    contenu = re.sub(
        rb"(\d{10})( 00000 n)", lambda lu: b"%010d%s" % (int(lu[1]) + de, lu[2]), contenu
    )
    return re.sub(rb"startxref\n(\d+)", lambda lu: b"startxref\n%d" % (int(lu[1]) + de), contenu)


def image(genre: str, taille: tuple[int, int] = (60, 40), **autres: Any) -> bytes:
    tampon = BytesIO()
    Image.new("RGB", taille, "white").save(tampon, genre, **autres)
    return tampon.getvalue()


def immense() -> bytes:
    """A PNG of 300 megapixels, in a few hundred kilobytes."""
    largeur, hauteur = 20_000, 15_000
    lignes = zlib.compress((b"\0" + b"\0" * (largeur // 8)) * hauteur, 9)

    def bloc(nom: bytes, contenu: bytes) -> bytes:
        somme = struct.pack(">I", zlib.crc32(nom + contenu))
        return struct.pack(">I", len(contenu)) + nom + contenu + somme

    entete = struct.pack(">IIBBBBB", largeur, hauteur, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + bloc(b"IHDR", entete) + bloc(b"IDAT", lignes) + bloc(b"IEND", b"")


def archive(premier: str) -> bytes:
    tampon = BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as ecrite:
        ecrite.writestr(premier, b"\0" * 2**20)
    return tampon.getvalue()


MAUVAIS: dict[str, tuple[Callable[[], bytes], str]] = {
    "vide": (lambda: b"", "vide"),
    "du texte": (lambda: b"Bonjour", "sorte"),
    "un programme de Windows": (lambda: b"MZ\x90\0" + b"\0" * 500, "executable"),
    "un programme de Linux": (lambda: b"\x7fELF" + b"\0" * 500, "executable"),
    "un traitement de texte": (lambda: archive("[Content_Types].xml"), "bureautique"),
    "un ancien tableur": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "bureautique"),
    "une archive": (lambda: archive("diplome.pdf"), "archive"),
    "une photo HEIC abîmée": (lambda: b"\0\0\0\x18ftypheic" + b"\0" * 500, "abime"),
    "une image AVIF": (lambda: b"\0\0\0\x18ftypavif" + b"\0" * 500, "autre_image"),
    "une image animée": (lambda: b"GIF89a" + b"\0" * 500, "autre_image"),
    "un PDF coupé": (lambda: pdf()[:200], "abime"),
    "une image coupée": (lambda: image("JPEG", (600, 400))[:300], "abime"),
    "un PDF qui n’en est pas un": (lambda: b"%PDF-1.7\n%%EOF\n", "abime"),
    "un PDF protégé": (lambda: pdf(lambda plume: plume.encrypt("secret")), "protege"),
    "un PDF verrouillé par qui l’a fait, avec du code": (
        lambda: verrouille("AES-256", code),
        "actif",
    ),
    "un PDF verrouillé par qui l’a fait, avec le virus d’essai": (
        lambda: verrouille("AES-128", virus_deplie),
        "virus",
    ),
    "un PDF verrouillé, et un flux qui a sa clé": (lambda: verrouille("AES-256", sa_cle), "actif"),
    "un PDF trop loin du début": (lambda: b"\n" * 1024 + pdf(), "sorte"),
    "un programme, puis un PDF": (lambda: b"MZ\x90\0" + pdf(), "executable"),
    "une archive, puis un PDF": (lambda: archive("a.pdf")[:500] + pdf(), "archive"),
    "une marque, puis un PDF avec du code": (lambda: b"\xef\xbb\xbf" + pdf(code), "actif"),
    "un PDF de 61 pages": (lambda: pdf(pages=61), "trop_de_pages"),
    "un PDF avec du code": (lambda: pdf(code), "actif"),
    "du code dans des objets compressés": (compact, "actif"),
    "un PDF avec un fichier joint": (
        lambda: pdf(lambda plume: plume.add_attachment("a.exe", b"MZ")),
        "actif",
    ),
    "une bombe dans un PDF": (lambda: pdf(bombe), "bombe"),
    "une image de 300 mégapixels": (immense, "trop_de_points"),
    "un PDF suivi d’une archive": (lambda: pdf() + archive("a.exe"), "double"),
    "le virus d’essai": (lambda: EICAR, "virus"),
    "le virus d’essai dans un PDF": (lambda: pdf(virus_deplie), "virus"),
}


@pytest.mark.parametrize("nom", un_sur(3, MAUVAIS, 0.2))
@pytest.mark.sqlite
def test_un_mauvais_fichier_est_refuse_par_son_nom(nom: str) -> None:
    fabrique, code = MAUVAIS[nom]
    with pytest.raises(PieceRefusee) as refus:
        controler(lire_au_plus([fabrique()]))
    assert refus.value.code == code
    assert str(refus.value) == RAISONS[code].phrase


@pytest.mark.sqlite
def test_un_fichier_trop_gros_s_arrete_avant_d_etre_lu() -> None:
    lus = []

    def sans_fin() -> Iterator[bytes]:
        while True:
            lus.append(1)
            yield b"\0" * 2**20

    with pytest.raises(PieceRefusee) as refus:
        lire_au_plus(sans_fin())
    assert refus.value.code == "trop_gros"
    assert len(lus) == OCTETS // 2**20 + 1


@pytest.mark.sqlite
def test_un_bon_pdf_est_garde_tel_quel() -> None:
    contenu = pdf(pages=3)
    document = controler(contenu)
    assert (document.contenu, document.type, document.pages) == (contenu, "application/pdf", 3)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "algorithme", un_sur(4, ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"], 0.4)
)
def test_un_pdf_verrouille_par_qui_l_a_fait_s_ouvre_donc_est_pris(algorithme: str) -> None:
    contenu = verrouille(algorithme, pages=2)
    document = controler(contenu)
    assert (document.contenu, document.type, document.pages) == (contenu, "application/pdf", 2)
    dessinees = lire("binome.depot.apercu", "1", "2", entree=contenu, bornes=BORNES)
    assert dessinees.count(b"WEBP") == 2


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "avant",
    un_sur(3, [b"\r\n\r\n", b"\xef\xbb\xbf", b"\x1b%-12345X@PJL\r\n@PJL ENTER LANGUAGE=PDF\r\n",
               b"<html><script>alert(1)</script>", b" " * 1019], 0.3),
    ids=["blanc", "bom", "pjl", "page web", "le premier kilo-octet"],
)  # fmt: skip
def test_ce_qui_precede_l_entete_d_un_pdf_n_est_pas_garde(avant: bytes) -> None:
    assert controler(avant + pdf()).contenu == pdf()
    # Whoever counted the places from the file's first byte is read as well: the table is made again.
    assert controler(avant + deplacer(pdf(), len(avant))).pages == 1


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "apres",
    [b"\n<script>alert(1)</script>", b"PK\x03\x04aaaa", b"\0" * 40 + b"x"],
    ids=["page web", "début d’archive", "octets nuls"],
)
def test_ce_qui_suit_la_fin_d_un_pdf_n_est_pas_garde(apres: bytes) -> None:
    assert controler(pdf() + apres).contenu == pdf().rstrip() + b"\n"


@pytest.mark.sqlite
@pytest.mark.parametrize(("genre", "suffixe"), [("JPEG", "jpg"), ("PNG", "png")])
def test_une_image_perd_ce_qu_elle_disait_d_autre(genre: str, suffixe: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "chez Madame Exemple"
    contenu = image(genre, exif=exif)
    assert b"chez Madame Exemple" in contenu
    document = controler(contenu + b"PK\x03\x04 une archive cousue")
    assert document.suffixe == suffixe
    assert b"Madame" not in document.contenu
    assert b"cousue" not in document.contenu


class Demon(socketserver.StreamRequestHandler):
    """Speaks ClamAV's INSTREAM, and finds what holds « MAUVAIS »."""

    def handle(self) -> None:
        commande = self.rfile.read(len(b"zINSTREAM\0"))
        assert commande == b"zINSTREAM\0"
        recu = b""
        while taille := struct.unpack(">I", self.rfile.read(4))[0]:
            recu += self.rfile.read(taille)
        verdict = b"Essai.MAUVAIS FOUND" if b"MAUVAIS" in recu else b"OK"
        self.wfile.write(b"stream: " + verdict + b"\0")


@pytest.fixture
def clamav(settings: Settings) -> Iterator[None]:
    """A small daemon on a port of its own."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Demon) as serveur:
        Thread(target=serveur.serve_forever, daemon=True).start()
        settings.ANTIVIRUS = f"127.0.0.1:{serveur.server_address[1]}"
        yield
        serveur.shutdown()


@pytest.mark.sqlite
@pytest.mark.usefixtures("clamav")
def test_l_antivirus_branche_a_le_dernier_mot() -> None:
    assert controler(pdf()).pages == 1
    with pytest.raises(PieceRefusee) as refus:
        controler(pdf(lambda plume: plume.add_metadata({"/Title": "MAUVAIS"})))
    assert refus.value.code == "virus"


@pytest.mark.sqlite
@pytest.mark.parametrize("adresse", ["/n/existe/pas.sock", "127.0.0.1:1", "sans-port", "hote:nom"])
def test_sans_reponse_de_l_antivirus_rien_n_est_pris(settings: Settings, adresse: str) -> None:
    settings.ANTIVIRUS = adresse
    with pytest.raises(PieceRefusee) as refus:
        controler(pdf())
    assert refus.value.code == "sans_antivirus"
    assert not refus.value.suspect
