"""The seal: a PAdES signature under the branch's key, and whether it still holds.

The key and the certificate are PEM files named by BINOME_SCEAU_CLE and BINOME_SCEAU_CERTIFICAT; the
first certificate is the key's, those that follow are of keys used before. In demonstration a pair is
made on the spot, and the papers say so.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from binome.socle.suite import FauteSuivie

if TYPE_CHECKING:
    from collections.abc import Sequence

CHAMP: Final = "Sceau"
DEMONSTRATION: Final = "sceau-demonstration.pem"
RESTE: Final = 4096
"""Bytes of a signature besides its certificates: well above the longest, of an RSA key of 8,192 bits."""
DIX_ANS: Final = timedelta(days=3653)


class SceauAbsent(FauteSuivie):
    """No key can seal; the message says what to set."""

    suite = "Vérifiez BINOME_SCEAU_CLE et BINOME_SCEAU_CERTIFICAT : binome diagnostiquer dit ce qui manque."


@dataclass(frozen=True)
class Sceau:
    """A key, its certificate, and those of the keys before it."""

    signataire: Any
    certificats: tuple[Any, ...]
    demonstration: bool


def _fabriquer(chemin: Path) -> None:
    """Makes a pair that nobody vouches for; of two who make one at once, the first one stays."""
    cle = ec.generate_private_key(ec.SECP256R1())
    nom = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Binôme"),
            x509.NameAttribute(NameOID.COMMON_NAME, "Démonstration, sans valeur"),
        ]
    )
    debut = datetime.now(UTC) - timedelta(days=1)
    certificat = (
        x509.CertificateBuilder()
        .subject_name(nom)
        .issuer_name(nom)
        .public_key(cle.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(debut)
        .not_valid_after(debut + DIX_ANS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(cle, hashes.SHA256())
    )
    pem = cle.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ) + certificat.public_bytes(serialization.Encoding.PEM)
    chemin.parent.mkdir(parents=True, exist_ok=True)
    provisoire = chemin.with_name(f".{secrets.token_hex(8)}.pem")
    descripteur = os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descripteur, "wb") as fichier:
        fichier.write(pem)
        fichier.flush()
        os.fsync(fichier.fileno())
    try:
        os.link(provisoire, chemin)
    except FileExistsError:
        return
    finally:
        provisoire.unlink()


def _chemins() -> tuple[Path, Path, bool]:
    if settings.SCEAU_CLE and settings.SCEAU_CERTIFICAT:
        return Path(settings.SCEAU_CLE), Path(settings.SCEAU_CERTIFICAT), False
    if not settings.DEMONSTRATION:
        raise SceauAbsent(
            "Aucune clé ne scelle les lettres : donnez BINOME_SCEAU_CLE et BINOME_SCEAU_CERTIFICAT "
            "(voir docs/exploitation.md). Les décisions attendent."
        )
    chemin = Path(settings.DONNEES) / DEMONSTRATION
    if not chemin.exists():
        _fabriquer(chemin)
    return chemin, chemin, True


@lru_cache(maxsize=4)
def _charger(cle: Path, certificat: Path, demonstration: bool, _date: tuple[int, int]) -> Sceau:
    from binome.sceau import pades  # noqa: PLC0415 - a third of a second, for who seals or checks alone

    try:
        signataire, certificats = pades.lire(
            _bloc(cle, b"PRIVATE KEY"), _bloc(certificat, b"CERTIFICATE")
        )
    except (OSError, ValueError, TypeError) as erreur:
        raise SceauAbsent(
            "La clé ou le certificat du sceau ne se lit pas : il faut deux fichiers PEM, la clé sans mot "
            "de passe."
        ) from erreur
    if not certificats:
        raise SceauAbsent("Le fichier BINOME_SCEAU_CERTIFICAT ne contient aucun certificat.")
    return Sceau(signataire, certificats, demonstration)


def _bloc(chemin: Path, genre: bytes) -> bytes:
    """The PEM blocks of one kind: key and certificate may share a file."""
    gardees, dedans = [], False
    for ligne in chemin.read_bytes().splitlines(keepends=True):
        if ligne.startswith(b"-----BEGIN") and genre in ligne:
            dedans = True
        if dedans:
            gardees.append(ligne)
        if ligne.startswith(b"-----END"):
            dedans = False
    return b"".join(gardees)


def sceau() -> Sceau:
    """The seal in force, read again when its files change. Raises SceauAbsent."""
    cle, certificat, demonstration = _chemins()
    try:
        dates = (cle.stat().st_mtime_ns, certificat.stat().st_mtime_ns)
    except OSError as erreur:
        raise SceauAbsent("Un fichier du sceau est introuvable ou illisible.") from erreur
    return _charger(cle, certificat, demonstration, dates)


def _place(avec: Sceau) -> int:
    """The room that a signature takes in the file, in hexadecimal digits: its certificates, and what is signed.

    Without it the library signs twice, once to measure.
    """
    return 2 * (RESTE + sum(len(un.dump()) for un in avec.certificats))


def signer(pdf: bytes, avec: Sceau, raison: str) -> bytes:
    """The same PDF, signed (PAdES B-B) so that any change shows; `raison` is told. Raises SceauAbsent."""
    from binome.sceau import pades  # noqa: PLC0415 - a third of a second, for who seals or checks alone

    try:
        return pades.signer(pdf, avec.signataire, CHAMP, raison=raison, place=_place(avec))
    except pades.Discordante as erreur:
        raise SceauAbsent("La clé du sceau ne va pas avec son certificat.") from erreur


def signature_tient(pdf: bytes, le: datetime, certificats: Sequence[Any]) -> str | None:
    """Why the signature does not hold, in French; None when it does, under one of the certificates.

    The certificate must have been valid the day of the seal, not today.
    """
    from binome.sceau import pades  # noqa: PLC0415 - a third of a second, for who seals or checks alone

    return pades.pourquoi_rompue(pdf, le, certificats)
