"""An archive of documents: read behind the wall, refused whole in words when it is hostile, however it lies."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from binome.depot.archive import FICHIERS
from binome.depot.archives import OCTETS, ArchiveRefusee, lire_archive
from tests.echantillons import un_sur

if TYPE_CHECKING:
    from collections.abc import Callable


def zip_de(*fichiers: tuple[str, bytes], methode: int = zipfile.ZIP_DEFLATED) -> bytes:
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", methode) as archive:
        for nom, contenu in fichiers:
            archive.writestr(zipfile.ZipInfo(nom), contenu, methode)
    return tampon.getvalue()


def _lien() -> bytes:
    lien = zipfile.ZipInfo("cni.pdf")
    lien.external_attr = (stat.S_IFLNK | 0o777) << 16
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w") as archive:
        archive.writestr(lien, "/etc/passwd")
    return tampon.getvalue()


def _chiffre() -> bytes:
    octets = bytearray(zip_de(("a.pdf", b"x")))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        debut = octets.index(signature) + place
        octets[debut : debut + 2] = struct.pack("<H", 1)
    return bytes(octets)


def _taille_mentie() -> bytes:
    """A bomb that says it holds ten bytes."""
    octets = bytearray(zip_de(("a.pdf", b"\0" * (61 * 2**20))))
    debut = octets.index(b"PK\x01\x02") + 24
    octets[debut : debut + 4] = struct.pack("<I", 10)
    return bytes(octets)


HOSTILES: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "remonte": (lambda: zip_de(("../../etc/cron.d/x", b"x")), {"chemin"}),
    "racine": (lambda: zip_de(("/etc/passwd", b"x")), {"chemin"}),
    "lecteur": (lambda: zip_de(("C:/x.pdf", b"x")), {"chemin"}),
    "antislash": (lambda: zip_de(("..\\x.pdf", b"x")), {"chemin"}),
    "lien": (_lien, {"chemin"}),
    "chiffre": (_chiffre, {"chiffre"}),
    "bombe": (lambda: zip_de(("a.pdf", b"\0" * (61 * 2**20))), {"bombe"}),
    "bombe en morceaux": (
        lambda: zip_de(*((f"{n}.pdf", b"\0" * (4 * 2**20)) for n in range(20))),
        {"bombe"},
    ),
    "taille mentie": (_taille_mentie, {"bombe", "abime"}),
    "trop": (lambda: zip_de(*((f"{n}.pdf", b"x") for n in range(FICHIERS + 1))), {"trop"}),
    "vide": (zip_de, {"vide"}),
    "dossiers seuls": (lambda: zip_de(("Léa/", b""), ("__MACOSX/._a", b"x")), {"vide"}),
    "lzma": (lambda: zip_de(("a.pdf", b"x"), methode=zipfile.ZIP_LZMA), {"methode"}),
    "pas un zip": (lambda: b"%PDF-1.7", {"abime"}),
    "coupe": (lambda: zip_de(("a.pdf", bytes(range(256)) * 400))[:-60], {"abime"}),
    "rien": (lambda: b"", {"abime"}),
    "lourd": (lambda: b"PK" + b"\0" * OCTETS, {"lourd"}),
}


@pytest.mark.parametrize("cas", un_sur(2, HOSTILES, 0.2))
def test_une_archive_hostile_est_refusee_entiere(cas: str) -> None:
    octets, codes = HOSTILES[cas]
    with pytest.raises(ArchiveRefusee) as refus:
        lire_archive(io.BytesIO(octets()))
    assert refus.value.code in codes
    assert str(refus.value).endswith(".")


def test_ses_fichiers_se_lisent_avec_leurs_dossiers() -> None:
    octets = zip_de(
        ("Léa Exemple/", b""), ("Léa Exemple/cni.jpg", b"abc"), ("__MACOSX/Léa Exemple/._cni.jpg", b"x"),
        ("Zoé.pdf", b"de\ng"), ("Thumbs.db", b"x"), ("vide.pdf", b""),
    )  # fmt: skip
    noms = [(un.nom, un.octets, un.contenu) for un in lire_archive(io.BytesIO(octets))]
    assert noms == [("Léa Exemple/cni.jpg", 3, b""), ("Zoé.pdf", 4, b""), ("vide.pdf", 0, b"")]
    lus = [un.contenu for un in lire_archive(io.BytesIO(octets), contenus=True)]
    assert lus == [b"abc", b"de\ng", b""]


@pytest.mark.parametrize("codage", ["utf-8", "cp850"])
def test_un_nom_accentue_sans_le_dire_se_lit(codage: str) -> None:
    """Windows and older tools write names in their own set, and do not say which."""
    octets = zip_de(("L?a.pdf", b"x")).replace(b"L?a.pdf", b"L@@.pdf")
    voulu = "éa" if codage == "cp850" else "é"
    octets = octets.replace(b"@@", voulu.encode(codage))
    assert [un.nom for un in lire_archive(io.BytesIO(octets))] == [f"L{voulu}.pdf"]


def test_un_fichier_trop_gros_reste_a_refuser_par_son_nom() -> None:
    (lu,) = lire_archive(io.BytesIO(zip_de(("a.pdf", b"x" * (25 * 2**20)))), contenus=True)
    assert lu.octets == 20 * 2**20 + 1
