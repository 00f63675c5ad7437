"""The file of a backup: parts encrypted one by one, and a signed attestation of them.

It is a plain tar, so that it opens without Binôme: each part (`fichiers.tar.age`, `base.tar.age`…), then
`attestation.json`, which gives the size and the SHA-256 of each as written, then `attestation.sig`, the
Ed25519 signature of its bytes. A part is written and read as it flows: it may weigh more than the memory.
Reading accepts one spelling only, byte for byte: whatever was changed anywhere is refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import IO, TYPE_CHECKING, Any, Final

import pyrage
from cryptography.exceptions import InvalidSignature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

FORMAT: Final = 2
QUOI: Final = "sauvegarde de Binôme"
ATTESTATION: Final = "attestation.json"
SIGNATURE: Final = "attestation.sig"
CHIFFREE: Final = ".age"
BLOC: Final = 1 << 20
CASE: Final = 512
VIDE: Final = bytes(CASE)
PLUS_LONGUE: Final = 1 << 20
"""The longest attestation that is read, in bytes."""


class ArchiveImpossible(Exception):
    """A backup or a restoration that cannot be; its message is for the operator."""


class Abimee(Exception):
    """The file is not one of ours, or was changed."""


class NonSignee(Exception):
    """The attestation carries no signature, or not that of the key that is expected."""


def entete(nom: str, octets: int) -> bytes:
    """The tar header of a member, the same for the same name and size."""
    membre = tarfile.TarInfo(nom)
    membre.size, membre.mode = octets, 0o600
    return membre.tobuf(tarfile.GNU_FORMAT)


class Mesure:
    """Writes into a file, and knows how much and with what SHA-256."""

    def __init__(self, fichier: IO[bytes]) -> None:
        self._fichier, self._somme, self.octets = fichier, hashlib.sha256(), 0
        self.faute: OSError | None = None

    def write(self, morceau: bytes) -> int:
        """Writes a piece whole. Raises OSError, and keeps it: who encrypts would only give its text."""
        try:
            self._fichier.write(morceau)
        except OSError as faute:
            self.faute = faute
            raise
        self._somme.update(morceau)
        self.octets += len(morceau)
        return len(morceau)

    def flush(self) -> None:
        """Leaves the flushing to whoever opened the file."""

    @property
    def empreinte(self) -> str:
        """The SHA-256 of what was written so far."""
        return self._somme.hexdigest()


class Conteneur:
    """A file being written, its parts one after the other; in clear when it has no recipient."""

    def __init__(self, fichier: IO[bytes], destinataires: Sequence[Any]) -> None:
        self._fichier, self._destinataires = fichier, list(destinataires)
        self._parties: dict[str, dict[str, int | str]] = {}

    @contextmanager
    def partie(self, nom: str) -> Iterator[Any]:
        """A part to write, encrypted on its way. Raises OSError."""
        nom += CHIFFREE if self._destinataires else ""
        depart = self._fichier.tell()
        self._fichier.write(entete(nom, 0))
        mesure = Mesure(self._fichier)
        if self._destinataires:
            try:
                with _ecrire_dans(
                    lambda clair: pyrage.encrypt_io(clair, mesure, self._destinataires)
                ) as flux:
                    yield flux
            except pyrage.EncryptError as erreur:
                raise mesure.faute or OSError(str(erreur)) from erreur
        else:
            yield mesure
        self._completer()
        fin = self._fichier.tell()
        self._fichier.seek(depart)
        self._fichier.write(entete(nom, mesure.octets))
        self._fichier.seek(fin)
        self._parties[nom] = {"octets": mesure.octets, "sha256": mesure.empreinte}

    def clore(self, dit: dict[str, Any], signature: Ed25519PrivateKey | None) -> None:
        """Writes what is attested, signed when there is a key, and the end of the file."""
        attestation = json.dumps(
            {"quoi": QUOI, "format": FORMAT, **dit, "parties": self._parties},
            ensure_ascii=False,
            indent=1,
        ).encode()
        self._membre(ATTESTATION, attestation)
        if signature is not None:
            self._membre(SIGNATURE, signature.sign(attestation))
        self._fichier.write(VIDE + VIDE)

    def _membre(self, nom: str, contenu: bytes) -> None:
        self._fichier.write(entete(nom, len(contenu)) + contenu)
        self._completer()

    def _completer(self) -> None:
        self._fichier.write(bytes(-self._fichier.tell() % CASE))


@dataclass(frozen=True)
class Lu:
    """A container whose every byte was accounted for. `places`: where each part starts, and its size."""

    chemin: Path
    attestation: dict[str, Any]
    places: dict[str, tuple[int, int]]

    @property
    def chiffre(self) -> bool:
        """Whether its parts are encrypted."""
        return all(nom.endswith(CHIFFREE) for nom in self.places)

    @contextmanager
    def partie(self, nom: str, identites: Sequence[Any]) -> Iterator[IO[bytes]]:
        """The bytes of a part, decrypted as they come. Raises Abimee, OSError, and pyrage's DecryptError."""
        nom += CHIFFREE if self.chiffre else ""
        if nom not in self.places:
            raise Abimee
        depart, octets = self.places[nom]
        with self.chemin.open("rb") as fichier:
            fichier.seek(depart)
            borne = Tranche(fichier, octets)
            if not self.chiffre:
                yield borne  # type: ignore[misc]  # read() is all that a part is asked for
                return
            with _lire_depuis(
                lambda clair: pyrage.decrypt_io(borne, clair, list(identites))
            ) as flux:
                yield flux


class Tranche:
    """The next bytes of a file, and no more."""

    def __init__(self, fichier: IO[bytes], octets: int) -> None:
        self._fichier, self._reste = fichier, octets

    def read(self, octets: int = -1) -> bytes:
        """At most that many bytes; all that is left when none is said."""
        voulus = self._reste if octets < 0 else min(octets, self._reste)
        lus = self._fichier.read(voulus)
        self._reste -= len(lus)
        return lus


def lire(chemin: Path, signataire: Ed25519PublicKey | None) -> Lu:
    """Reads the whole file and checks it; its signature too when a key is given.

    Raises NonSignee, Abimee, OSError.
    """
    places: dict[str, tuple[int, int]] = {}
    empreintes: dict[str, dict[str, int | str]] = {}
    courts: dict[str, bytes] = {}
    with chemin.open("rb") as fichier:
        while (tete := fichier.read(CASE)) != VIDE:
            nom, octets = _nommer(tete)
            if nom in places or nom in courts or (ATTESTATION in courts and nom != SIGNATURE):
                raise Abimee
            depart = fichier.tell()
            if nom in (ATTESTATION, SIGNATURE):
                if octets > PLUS_LONGUE:
                    raise Abimee
                courts[nom] = fichier.read(octets)
            else:
                places[nom] = depart, octets
                empreintes[nom] = {"octets": octets, "sha256": _empreinte(fichier, octets)}
            reste = -octets % CASE
            if fichier.tell() != depart + octets or fichier.read(reste) != bytes(reste):
                raise Abimee
        if fichier.read(CASE + 1) != VIDE:
            raise Abimee
    attestation = courts.get(ATTESTATION, b"")
    if signataire is not None:
        try:
            signataire.verify(courts.get(SIGNATURE, b""), attestation)
        except InvalidSignature as erreur:
            raise NonSignee from erreur
    return Lu(chemin, _attester(attestation, empreintes), places)


def _attester(attestation: bytes, empreintes: dict[str, dict[str, int | str]]) -> dict[str, Any]:
    try:
        dit = json.loads(attestation)
    except (ValueError, RecursionError) as erreur:
        raise Abimee from erreur
    if (
        not isinstance(dit, dict)
        or (dit.get("quoi"), dit.get("format")) != (QUOI, FORMAT)
        or dit.get("parties") != empreintes
        or len({nom.endswith(CHIFFREE) for nom in empreintes}) != 1
    ):
        raise Abimee
    return dit


def _nommer(tete: bytes) -> tuple[str, int]:
    try:
        membre = tarfile.TarInfo.frombuf(tete, "utf-8", "strict")
        if entete(membre.name, membre.size) != tete:
            raise Abimee
    except (tarfile.TarError, ValueError) as erreur:
        raise Abimee from erreur
    return membre.name, membre.size


def _empreinte(fichier: IO[bytes], octets: int) -> str:
    somme, tranche = hashlib.sha256(), Tranche(fichier, octets)
    while bloc := tranche.read(BLOC):
        somme.update(bloc)
    return somme.hexdigest()


@contextmanager
def _ecrire_dans(consommer: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """A file to write, whose bytes a thread consumes as they come; what stops it is raised here."""
    lecture, ecriture = os.pipe()
    fautes: list[BaseException] = []

    def courir() -> None:
        with os.fdopen(lecture, "rb") as entrant:
            try:
                consommer(entrant)
            except BaseException as faute:
                fautes.append(faute)

    fil = Thread(target=courir, daemon=True)
    fil.start()
    try:
        with os.fdopen(ecriture, "wb") as flux:
            yield flux
    except BrokenPipeError:
        fil.join()
        if not fautes:
            raise
    finally:
        fil.join()
    if fautes:
        raise fautes[0]


@contextmanager
def _lire_depuis(produire: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """A file to read, whose bytes a thread produces as they go; what stops it is raised here."""
    lecture, ecriture = os.pipe()
    fautes: list[BaseException] = []

    def courir() -> None:
        try:
            with os.fdopen(ecriture, "wb") as sortant:
                produire(sortant)
        except BaseException as faute:
            fautes.append(faute)

    fil = Thread(target=courir, daemon=True)
    fil.start()
    abandon = False
    try:
        with os.fdopen(lecture, "rb") as flux:
            try:
                yield flux
                # The end of a cipher is what tells that nothing was cut: it is read to the end.
                while flux.read(BLOC):
                    pass
            except BaseException:
                abandon = True
                raise
    except tarfile.TarError:
        fil.join()
        if not fautes:
            raise
        raise fautes[0] from None
    finally:
        fil.join()
    if fautes and not abandon:
        raise fautes[0]
