"""The file of a backup: not a byte of it changes unseen, and it opens without Binôme."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import tarfile
from typing import TYPE_CHECKING, NamedTuple

import pyrage
import pytest

from binome.socle import cles_de_sauvegarde as cles
from binome.socle.conteneur import Abimee, ArchiveImpossible, Conteneur, Lu, NonSignee, lire

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import ReadableBuffer
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

CONTENU = {"fichiers.tar": b"%PDF " * 3000, "base.tar": b"SQLite" * 20_000, "manifeste.json": b"{}"}


class Clefs(NamedTuple):
    """The files of the two pairs, and the keys as they read."""

    lecture: Path
    signature: Path
    destinataire: str
    signataire: Ed25519PublicKey


@pytest.fixture(scope="module")
def clefs(tmp_path_factory: pytest.TempPathFactory) -> Clefs:
    return fabriquer(tmp_path_factory.mktemp("cles"))


def fabriquer(dossier: Path) -> Clefs:
    """Two pairs of keys, made as an operator makes them."""
    lecture, signature = dossier / "lecture.txt", dossier / "signature.pem"
    destinataire = cles.fabriquer_lecture(lecture)
    publique = cles.fabriquer_signature(signature)
    return Clefs(lecture, signature, destinataire, cles.signataire(publique))


def ecrire(chemin: Path, clefs: Clefs, *, fait_le: str = "2026-11-26T10:00:00+00:00") -> bytes:
    """A container of three parts, encrypted and signed; its bytes."""
    with chemin.open("wb") as fichier:
        conteneur = Conteneur(fichier, cles.destinataires([clefs.destinataire]))
        for nom, contenu in CONTENU.items():
            with conteneur.partie(nom) as flux:
                flux.write(contenu)
        conteneur.clore({"fait_le": fait_le}, cles.signature(clefs.signature))
    return chemin.read_bytes()


def rouvrir(lu: Lu, clefs: Clefs) -> dict[str, bytes]:
    """Every part, decrypted."""
    identites = cles.identites(clefs.lecture.read_text())
    rouvertes = {}
    for nom in CONTENU:
        with lu.partie(nom, identites) as flux:
            rouvertes[nom] = flux.read()
    return rouvertes


def test_ce_qui_est_ecrit_se_relit_et_ne_se_voit_pas(tmp_path: Path, clefs: Clefs) -> None:
    octets = ecrire(tmp_path / "a", clefs)
    assert rouvrir(lire(tmp_path / "a", clefs.signataire), clefs) == CONTENU
    assert b"SQLite" not in octets
    assert b"%PDF" not in octets


def test_un_octet_change_n_importe_ou_se_voit(tmp_path: Path, clefs: Clefs) -> None:
    octets = ecrire(tmp_path / "a", clefs)
    hasard = random.Random(11)  # noqa: S311 - places to try, not a secret
    # A header, then the attestation, its signature, padding and end, then anywhere.
    regions = ((0, 512, 60), (len(octets) - 4096, len(octets), 200), (0, len(octets), 100))
    places = [hasard.randrange(debut, fin) for debut, fin, fois in regions for _ in range(fois)]
    for place in places:
        faux = bytearray(octets)
        faux[place] ^= 1 << hasard.randrange(8)
        (tmp_path / "b").write_bytes(faux)
        with pytest.raises((Abimee, NonSignee)):
            lire(tmp_path / "b", clefs.signataire)


def test_ce_qui_est_coupe_allonge_ou_permute_se_voit(tmp_path: Path, clefs: Clefs) -> None:
    octets = ecrire(tmp_path / "a", clefs)
    with tarfile.open(tmp_path / "a") as tar:
        membres = [(un, lu.read()) for un in tar.getmembers() if (lu := tar.extractfile(un))]
    permutes = [membres[1], membres[0], *membres[2:]]
    echanges = [(membres[0][0], membres[1][1]), (membres[1][0], membres[0][1]), *membres[2:]]
    deux_fois = [membres[0], *membres]
    for cas in (
        octets[:-1],
        octets[: len(octets) // 2],
        octets[:0],
        octets + b"\0",
        octets + octets,
        *(_tar(liste) for liste in (echanges, deux_fois, membres[1:], membres[:-1])),
    ):
        (tmp_path / "b").write_bytes(cas)
        with pytest.raises((Abimee, NonSignee)):
            lire(tmp_path / "b", clefs.signataire)
    # The order of whole parts says nothing: each is named, and its bytes are those attested.
    (tmp_path / "b").write_bytes(_tar(permutes))
    assert rouvrir(lire(tmp_path / "b", clefs.signataire), clefs) == CONTENU


def _tar(membres: list[tuple[tarfile.TarInfo, bytes]]) -> bytes:
    sortie = io.BytesIO()
    for membre, contenu in membres:
        membre.size = len(contenu)
        sortie.write(membre.tobuf(tarfile.GNU_FORMAT) + contenu + bytes(-len(contenu) % 512))
    return sortie.getvalue() + bytes(1024)


def test_une_autre_cle_ne_signe_ni_n_ouvre(tmp_path: Path, clefs: Clefs) -> None:
    (tmp_path / "cles").mkdir()
    autres = fabriquer(tmp_path / "cles")
    ecrire(tmp_path / "a", autres)
    with pytest.raises(NonSignee):
        lire(tmp_path / "a", clefs.signataire)
    with pytest.raises(pyrage.DecryptError):
        rouvrir(lire(tmp_path / "a", autres.signataire), clefs)


def test_le_disque_plein_arrete_l_ecriture(clefs: Clefs) -> None:
    class Plein(io.BytesIO):
        def write(self, morceau: ReadableBuffer) -> int:
            if self.tell() > 4096:
                raise OSError(28, "No space left on device")
            return super().write(morceau)

    def remplir() -> None:
        conteneur = Conteneur(Plein(), cles.destinataires([clefs.destinataire]))
        with conteneur.partie("base.tar") as flux:
            for _ in range(100):
                flux.write(bytes(100_000))

    with pytest.raises(OSError, match="No space left") as faute:
        remplir()
    assert faute.value.errno == 28


def test_les_commandes_age_et_openssl_l_ouvrent(tmp_path: Path, clefs: Clefs) -> None:
    """As docs/exploitation.md says: without Binôme, years later."""
    if not (shutil.which("age") and shutil.which("openssl")):
        pytest.skip("les commandes age et openssl manquent (apt-get install age openssl)")
    ecrire(tmp_path / "a.binome", clefs)
    publique = clefs.signature.with_name("signature.pem.pub")

    def lancer(*commande: object) -> bytes:
        return subprocess.run([str(un) for un in commande], cwd=tmp_path, capture_output=True, check=True).stdout  # fmt: skip

    lancer("tar", "-xf", "a.binome")
    dit = lancer(
        "openssl", "pkeyutl", "-verify", "-pubin", "-inkey", publique, "-rawin",
        "-in", "attestation.json", "-sigfile", "attestation.sig",
    )  # fmt: skip
    assert b"Signature Verified Successfully" in dit
    assert lancer("age", "-d", "-i", clefs.lecture, "base.tar.age") == CONTENU["base.tar"]
    somme = lancer("sha256sum", "base.tar.age").split()[0].decode()
    assert somme in (tmp_path / "attestation.json").read_text()


def test_les_cles_se_refusent_en_mots(tmp_path: Path, clefs: Clefs) -> None:
    with pytest.raises(ArchiveImpossible, match="ne doit pas être sur ce serveur"):
        cles.destinataires([clefs.lecture.read_text().splitlines()[-1]])
    with pytest.raises(ArchiveImpossible, match="n° 2"):
        cles.destinataires([clefs.destinataire, "age1pas-une-cle"])
    for texte in ("", "# rien\n", "AGE-SECRET-KEY-FAUSSE"):
        with pytest.raises(ArchiveImpossible, match="clé de lecture"):
            cles.identites(texte)
    with pytest.raises(ArchiveImpossible, match="existe déjà"):
        cles.fabriquer_lecture(clefs.lecture)
    ouverte = tmp_path / "ouverte.pem"
    ouverte.write_bytes(clefs.signature.read_bytes())
    ouverte.chmod(0o640)
    with pytest.raises(ArchiveImpossible, match="chmod 600"):
        cles.signature(ouverte)
    with pytest.raises(ArchiveImpossible, match="ne se lit pas"):
        cles.signataire(clefs.signature)
    assert clefs.lecture.stat().st_mode & 0o077 == 0
    assert clefs.signature.stat().st_mode & 0o077 == 0
