"""The register of erasures: who was forgotten and when, without a name, outside the database.

A restored backup brings back what was erased since: this file, which the backup does not overwrite, says
what must be erased again. Each line holds the hash of the one before, so that its head is an anchor.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from django.conf import settings
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from binome.journal.models import Oubli

ORIGINE: Final = "0" * 64
"""What the first line follows."""


class RegistreAbime(Exception):
    """A register whose lines do not follow one another; its message is for the operator."""


class Effacement(NamedTuple):
    """One line: the day, the subject (`dossier:7`), and what tells it from another of the same number."""

    rang: int
    jour: str
    genre: str
    sujet: str
    repere: str


def chemin() -> Path:
    """Where the register is."""
    return Path(settings.EFFACEMENTS)


def _octets(lieu: Path) -> bytes:
    """The whole lines; what a kill left of one is not."""
    try:
        contenu = lieu.read_bytes()
    except FileNotFoundError:
        return b""
    return contenu[: contenu.rfind(b"\n") + 1]


def _somme(ligne: bytes) -> str:
    return hashlib.sha256(ligne).hexdigest()


def tete() -> tuple[int, str]:
    """How many lines the register counts, and the hash of the last one: an anchor to keep elsewhere."""
    return _tete(_octets(chemin()))


def _tete(contenu: bytes) -> tuple[int, str]:
    if not contenu:
        return 0, ORIGINE
    derniere = contenu[contenu.rfind(b"\n", 0, -1) + 1 : -1]
    return int(json.loads(derniere)["rang"]), _somme(derniere)


@contextmanager
def _tenu() -> Iterator[IO[bytes]]:
    """The file, held by one process at a time; its bytes are on the disk when the block ends."""
    lieu = chemin()
    lieu.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    neuf = not lieu.exists()
    descripteur = os.open(lieu, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descripteur, "r+b", buffering=0) as fichier:
        fcntl.flock(descripteur, fcntl.LOCK_EX)
        yield fichier
        os.fsync(descripteur)
    if neuf:
        dossier = os.open(lieu.parent, os.O_RDONLY)
        try:
            os.fsync(dossier)
        finally:
            os.close(dossier)


def inscrire(oublis: Iterable[Oubli]) -> int:
    """Adds the erasures that the register does not hold yet; how many. Raises OSError."""
    with _tenu() as fichier:
        contenu = _octets(chemin())
        # What a kill left of a line is not one.
        fichier.truncate(len(contenu))
        rang, precedente = _tete(contenu)
        lignes = b""
        ajoutes = 0
        for oubli in oublis:
            qui = {"sujet": oubli.sujet, "repere": oubli.repere}
            marque = json.dumps(qui)[1:-1].encode()
            if marque in contenu or marque in lignes:
                continue
            rang += 1
            ligne = json.dumps(
                {
                    "rang": rang,
                    "jour": timezone.localdate(oubli.demande_le).isoformat(),
                    "genre": oubli.sujet.partition(":")[0],
                    **qui,
                    "precedente": precedente,
                }
            ).encode()
            lignes += ligne + b"\n"
            precedente = _somme(ligne)
            ajoutes += 1
        fichier.write(lignes)
    return ajoutes


def lire(registre: Path | None = None) -> list[Effacement]:
    """Every line, in order. Raises RegistreAbime where one does not follow the one before, OSError."""
    lieu = registre or chemin()
    lus: list[Effacement] = []
    precedente = ORIGINE
    for rang, ligne in enumerate(_octets(lieu).splitlines(), start=1):
        try:
            valeurs = json.loads(ligne)
            suit = valeurs.pop("precedente") == precedente and valeurs["rang"] == rang
            lus.append(Effacement(**valeurs))
        except (ValueError, KeyError, TypeError, AttributeError):
            suit = False
        if not suit:
            raise RegistreAbime(
                f"{lieu} : la ligne {rang} ne suit pas la précédente. "
                "Reprenez la copie du registre gardée ailleurs."
            )
        precedente = _somme(ligne)
    return lus
