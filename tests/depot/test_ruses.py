"""Files made by someone who knows how documents are checked: refused as well."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.test import RequestFactory
from PIL import Image

from binome.depot.controle import controler
from binome.depot.image import lire_image
from binome.depot.refus import PieceRefusee
from binome.dossiers.etats import CONSEILS, MotifDeRefus
from binome.dossiers.models import Piece, Quarantaine
from binome.socle.televersement import BORNE
from tests.depot.test_controle import EICAR, pdf
from tests.dossiers.monde import Monde, brouillon, depose
from tests.echantillons import un_sur

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

CODE = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
ZEROS = 100 * 2**20


def a_la_main(
    catalogue: bytes = b"", page: bytes = b"", *autres: bytes, hors: bytes = b""
) -> bytes:
    """A PDF of one page as a forger writes it; `autres` are its objects from 4 on, `hors` is in no table."""
    objets = (
        b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] " + page + b" >>",
        *autres,
    )
    sortie, places = b"%PDF-1.7\n", []
    for numero, objet in enumerate(objets, 1):
        places.append(len(sortie))
        sortie += b"%d 0 obj\n" % numero + objet + b"\nendobj\n"
    sortie += hors
    table = len(sortie)
    sortie += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objets) + 1)
    sortie += b"".join(b"%010d 00000 n \n" % place for place in places)
    sortie += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objets) + 1)
    return sortie + b"startxref\n%d\n%%%%EOF\n" % table


def flux(cles: bytes, contenu: bytes) -> bytes:
    tete = b"<< " + cles + b" /Length %d >>" % len(contenu)
    return tete + b"\nstream\n" + contenu + b"\nendstream"


def page_de(cles: bytes, contenu: bytes, *autres: bytes) -> bytes:
    return a_la_main(b"", b"/Contents 4 0 R", flux(cles, contenu), *autres)


def zeros() -> bytes:
    return zlib.compress(b"\0" * ZEROS, 9)


def chaine(longueur: int, fin: bytes) -> bytes:
    """Actions within actions, that a reader does one after the other."""
    return b"<< /S /GoTo /D [3 0 R /Fit] /Next " * longueur + fin + b" >>" * longueur


def piece_jointe() -> bytes:
    """A file pinned to the page, that does not say what it is."""
    note = (
        b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] "
        b"/FS << /Type /Filespec /F (a.exe) /EF << /F 4 0 R >> >> >>"
    )
    return a_la_main(b"", b"/Annots [" + note + b"]", flux(b"", b"MZ" * 100))


def archive_dedans() -> bytes:
    """An archive within a PDF: the PDF's end is the archive's comment, and both open."""
    tampon = BytesIO()
    with zipfile.ZipFile(tampon, "w") as ecrite:
        ecrite.writestr("a.exe", b"MZ" * 50)
    nue = tampon.getvalue()
    queue = len(a_la_main(hors=nue)) - a_la_main(hors=nue).index(b"xref\n")
    return a_la_main(hors=nue[:-2] + struct.pack("<H", queue))


RUSES: dict[str, tuple[Callable[[], bytes], str]] = {
    "du code écrit autrement": (
        lambda: a_la_main(b"/OpenAction << /S /J#61vaScript /J#53 (app.alert\\(1\\)) >>"), "actif"),
    "du code sous une clé dite deux fois": (
        lambda: a_la_main(b"/OpenAction [3 0 R /Fit] /OpenAction " + CODE), "actif"),
    "du code derrière un commentaire, sous une clé dite deux fois": (
        lambda: a_la_main(b"/OpenAction [3 0 R /Fit] /OpenAction << /S %x\n/JavaScript >>"), "actif"),
    "du code dans un objet qu’aucune table ne nomme": (
        lambda: a_la_main(hors=b"9 0 obj\n" + CODE + b"\nendobj\n"), "actif"),
    "du code tout au fond": (lambda: a_la_main(b"/OpenAction " + chaine(70, CODE)), "actif"),
    "rien, tout au fond": (
        lambda: a_la_main(b"/OpenAction " + chaine(70, b"<< /S /GoTo >>")), "bombe"),
    "un lien vers un autre fichier": (
        lambda: a_la_main(b"/OpenAction << /S /GoToR /F (//ailleurs/a.pdf) /D [0 /Fit] >>"), "actif"),
    "un film": (lambda: a_la_main(b"/OpenAction << /S /Rendition /OP 0 >>"), "actif"),
    "un fichier épinglé": (piece_jointe, "actif"),
    "le virus d’essai dans un flux abîmé": (
        lambda: page_de(b"/Filter /FlateDecode", zlib.compress(EICAR)[:-4] + b"\0\0\0\1"), "virus"),
    "le virus d’essai en chiffres": (
        lambda: page_de(b"/Filter /ASCIIHexDecode", EICAR.hex().encode() + b">"), "virus"),
    "le virus d’essai sous un nom court": (
        lambda: page_de(b"/Filter /Fl", zlib.compress(EICAR)), "virus"),
    "le virus d’essai sous un filtre rangé ailleurs": (
        lambda: page_de(b"/Filter [5 0 R]", zlib.compress(EICAR), b"/FlateDecode"), "virus"),
    "une bombe en chiffres": (
        lambda: page_de(b"/Filter [/AHx /Fl]", zeros().hex().encode() + b">"), "bombe"),
    "une bombe sans compression": (
        lambda: page_de(b"/Filter /RunLengthDecode", b"\x81\0" * (ZEROS // 128)), "bombe"),
    "une bombe de bombes": (
        lambda: page_de(b"/Filter [/FlateDecode /RunLengthDecode]",
                        zlib.compress(b"\x81\0" * (ZEROS // 128), 9)), "bombe"),
    "une archive dans un PDF": (archive_dedans, "double"),
}  # fmt: skip


@pytest.mark.sqlite
@pytest.mark.parametrize("nom", un_sur(2, RUSES, 0.3))
def test_une_ruse_est_refusee_pour_ce_qu_elle_est(nom: str) -> None:
    fabrique, code = RUSES[nom]
    with pytest.raises(PieceRefusee) as refus:
        controler(fabrique())
    assert refus.value.code == code


def test_le_faux_archiviste_est_bien_une_archive_et_un_pdf() -> None:
    """The forged files are what they claim: without their trick, they are taken."""
    assert zipfile.is_zipfile(BytesIO(archive_dedans()))
    assert controler(a_la_main()).pages == 1
    assert controler(page_de(b"/Filter [/AHx /Fl]", zlib.compress(b"").hex().encode())).pages == 1


def test_un_lien_vers_une_page_qui_parle_de_code_n_est_pas_du_code() -> None:
    lien = (
        b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] "
        b"/A << /S /URI /URI (https://exemple.fr/JavaScript/Launch) >> >>]"
    )
    assert controler(a_la_main(b"", lien)).pages == 1


def relue(contenu: bytes) -> Image.Image:
    vue = Image.open(BytesIO(controler(contenu).contenu))
    vue.load()
    return vue


def image(vue: Image.Image, genre: str, **autres: Any) -> bytes:
    tampon = BytesIO()
    vue.save(tampon, genre, **autres)
    return tampon.getvalue()


def test_le_commentaire_et_le_profil_d_une_image_disparaissent() -> None:
    for genre, plus in (
        ("JPEG", {"comment": b"chez Madame"}),
        ("PNG", {"icc_profile": b"chez Madame"}),
    ):
        contenu = image(Image.new("RGB", (60, 40)), genre, **plus)
        assert b"Madame" in contenu or genre == "PNG"
        vue = relue(contenu)
        assert not {"comment", "icc_profile", "exif"} & set(vue.info)


def test_une_image_couchee_est_relevee() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    for genre in ("JPEG", "PNG"):
        vue = relue(image(Image.new("RGB", (60, 40)), genre, exif=exif))
        assert vue.size == (40, 60)
        assert not vue.getexif()


def test_un_gris_de_seize_bits_reste_gris() -> None:
    assert relue(image(Image.new("I;16", (4, 4), 30_000), "PNG")).getpixel((1, 1)) == 117


@pytest.mark.sqlite
def test_une_photo_de_quarante_huit_megapixels_est_prise_plus_petite() -> None:
    vue = relue(image(Image.new("RGB", (8000, 6000), "white"), "JPEG"))
    assert vue.size == (5000, 3750)


def test_une_image_gardee_ne_pese_pas_plus_que_ce_qui_s_envoie(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bruit = image(Image.effect_noise((600, 600), 90), "PNG")
    monkeypatch.setattr("binome.depot.image.POIDS", 100_000)
    assert len(bruit) > 200_000
    assert len(lire_image(bruit, "png")) <= 100_000


def test_l_excedent_d_un_envoi_ne_va_nulle_part() -> None:
    """Before anybody is known, nor the page: the form is read to check where it comes from."""
    gros = SimpleUploadedFile("gros.pdf", b"\0" * 30_000_000)
    demande = RequestFactory().post("/", {"fichier": gros, "nature": "diplomes"})
    recu = demande.FILES["fichier"]
    assert isinstance(recu, UploadedFile)
    assert recu.size is not None
    assert BORNE <= recu.size < BORNE + 100_000
    assert demande.POST["nature"] == "diplomes"
    demande.close()


def _joindre(client: Client, monde: Monde, contenu: bytes) -> Any:
    dossier = depose(monde)
    client.force_login(monde.alice)
    return client.post(
        f"/espace/dossiers/{dossier.reference}/pieces/",
        {
            "nature": "diplomes",
            "version": dossier.version,
            "fichier": SimpleUploadedFile("diplome.pdf", contenu),
        },
    )


def test_un_fichier_trop_gros_se_dit_dans_la_page(client: Client, monde: Monde) -> None:
    reponse = _joindre(client, monde, pdf() + b"\0" * 25_000_000)
    assert reponse.status_code == 422
    assert "dépasse 10 Mo" in reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")
    assert not Piece.objects.exists()


def test_un_disque_qui_refuse_se_dit_dans_la_page(
    client: Client, monde: Monde, tmp_path: Path, settings: Settings
) -> None:
    ferme = tmp_path / "ferme"
    ferme.write_bytes(b"un fichier, pas un dossier")
    settings.MEDIA_ROOT = ferme
    reponse = _joindre(client, monde, pdf())
    assert reponse.status_code == 503
    assert "le disque du service est plein" in reponse.content.decode()
    assert not Piece.objects.exists()


def test_chaque_motif_de_refus_dit_quoi_faire() -> None:
    assert set(CONSEILS) == set(MotifDeRefus)
    assert all(conseil.endswith(".") for conseil in CONSEILS.values())


@pytest.mark.parametrize(
    "nom", ["../../etc/diplome.pdf", "C:\\secret\\diplome.pdf", "/a.pdf", "..&#47;a.pdf"]
)
def test_un_chemin_dans_le_nom_est_refuse_et_mis_a_part(
    monde: Monde, client: Client, nom: str, tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    dossier = brouillon(monde)
    client.force_login(monde.alice)
    corps = (
        f'--b\r\nContent-Disposition: form-data; name="nature"\r\n\r\ndiplomes\r\n'
        f'--b\r\nContent-Disposition: form-data; name="version"\r\n\r\n{dossier.version}\r\n'
        f'--b\r\nContent-Disposition: form-data; name="fichier"; filename="{nom}"\r\n'
        "Content-Type: application/pdf\r\n\r\n%PDF-1.7\r\n--b--\r\n"
    )
    reponse = client.post(
        f"/espace/dossiers/{dossier.reference}/pieces/", corps.encode(),
        content_type="multipart/form-data; boundary=b",
    )  # fmt: skip
    assert reponse.status_code == 422
    assert "contient un chemin" in reponse.content.decode()
    assert Quarantaine.objects.get().motif == "chemin"
    assert not Piece.objects.exists()
