"""The keys of backups: whom they are encrypted for, who signs them, who is expected to have signed.

Two pairs, kept apart. **Reading**: the server knows the public half (`age1…`), the private one never comes
near it. **Signature**: the private half (Ed25519, PEM) is on the server, the public one beside the reading
key, so that a restoration does not ask the lost machine whom to trust.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyrage
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from binome.socle.conteneur import ArchiveImpossible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PRIVEE = "AGE-SECRET-KEY-"


def destinataires(lignes: Iterable[str]) -> list[Any]:
    """The age recipients of a setting. Raises ArchiveImpossible, without repeating what was given."""
    lus = []
    for rang, ligne in enumerate(lignes, start=1):
        if ligne.upper().startswith(PRIVEE):
            raise ArchiveImpossible(
                "BINOME_SAUVEGARDE_DESTINATAIRE contient une clé de lecture privée : elle ne doit pas être "
                "sur ce serveur. Faites-en une autre ailleurs, et donnez ici sa moitié publique (age1…)."
            )
        try:
            lus.append(pyrage.x25519.Recipient.from_str(ligne))
        except pyrage.RecipientError as erreur:
            raise ArchiveImpossible(
                f"BINOME_SAUVEGARDE_DESTINATAIRE : la clé n° {rang} ne se lit pas. Une clé publique "
                "commence par age1."
            ) from erreur
    return lus


def identites(texte: str) -> list[Any]:
    """The reading keys of a file, as age-keygen writes it. Raises ArchiveImpossible."""
    lignes = [ligne.strip() for ligne in texte.splitlines()]
    privees = [ligne for ligne in lignes if ligne and not ligne.startswith("#")]
    try:
        lues = [pyrage.x25519.Identity.from_str(ligne) for ligne in privees]
    except pyrage.IdentityError as erreur:
        raise ArchiveImpossible(
            f"La clé de lecture ne se lit pas : elle commence par {PRIVEE}."
        ) from erreur
    if not lues:
        raise ArchiveImpossible("Le fichier de la clé de lecture n’en contient aucune.")
    return lues


def signature(chemin: Path) -> Ed25519PrivateKey:
    """The key that signs. Raises ArchiveImpossible when it does not read, or when others than its owner may."""
    try:
        if chemin.stat().st_mode & 0o077:
            raise ArchiveImpossible(
                f"{chemin} peut être lu par d’autres que son propriétaire : chmod 600 {chemin}."
            )
        cle = load_pem_private_key(chemin.read_bytes(), None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as erreur:
        raise ArchiveImpossible(f"La clé de signature {chemin} ne se lit pas.") from erreur
    if not isinstance(cle, Ed25519PrivateKey):
        raise ArchiveImpossible(f"La clé de signature {chemin} n’est pas une clé Ed25519.")
    return cle


def signataire(chemin: Path) -> Ed25519PublicKey:
    """The public half of the key that must have signed. Raises ArchiveImpossible."""
    try:
        cle = load_pem_public_key(chemin.read_bytes())
    except (OSError, ValueError, UnsupportedAlgorithm) as erreur:
        raise ArchiveImpossible(f"La clé publique de signature {chemin} ne se lit pas.") from erreur
    if not isinstance(cle, Ed25519PublicKey):
        raise ArchiveImpossible(f"La clé publique {chemin} n’est pas une clé Ed25519.")
    return cle


def _poser(chemin: Path, contenu: bytes, droits: int) -> None:
    """Writes a new file, never over another. Raises ArchiveImpossible."""
    try:
        descripteur = os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_EXCL, droits)
    except FileExistsError as erreur:
        raise ArchiveImpossible(f"{chemin} existe déjà : donnez un autre nom.") from erreur
    with os.fdopen(descripteur, "wb") as fichier:
        fichier.write(contenu)
        fichier.flush()
        os.fsync(fichier.fileno())


def fabriquer_lecture(chemin: Path) -> str:
    """Makes a reading key, in a file of its owner's alone; its public half. Raises ArchiveImpossible, OSError."""
    identite = pyrage.x25519.Identity.generate()
    publique = str(identite.to_public())
    le = datetime.now(UTC).isoformat(timespec="seconds")
    contenu = f"# created: {le}\n# public key: {publique}\n{identite}\n"
    _poser(chemin, contenu.encode(), 0o600)
    return publique


def fabriquer_signature(chemin: Path) -> Path:
    """Makes a signing key, and its public half beside it (`.pub`); where that is. Raises ArchiveImpossible, OSError."""
    cle = Ed25519PrivateKey.generate()
    privee = cle.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    publique = cle.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    cote = chemin.with_name(chemin.name + ".pub")
    _poser(cote, publique, 0o644)
    try:
        _poser(chemin, privee, 0o600)
    except BaseException:
        cote.unlink()
        raise
    return cote
