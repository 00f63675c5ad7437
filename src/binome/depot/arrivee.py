"""A file that arrives: room for it, its content checked apart, the suspect one set aside, the good one shelved."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from binome.depot.controle import controler, lire_au_plus
from binome.depot.quotas import exiger_la_place
from binome.depot.refus import PieceRefusee
from binome.socle.televersement import nom_avec_chemin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.core.files.uploadedfile import UploadedFile

    from binome.depot.controle import Document
    from binome.etagere.rayon import Rayon

TITRE: Final = 120
"""Characters kept of the name that a person gave."""
DEBUT: Final = 80
"""Those of its beginning, where it is longer."""


class Range(NamedTuple):
    """A file on its shelf, that a row is to name: its stored name, its SHA-256, its size in bytes."""

    nom: str
    empreinte: str
    octets: int


def titre(nom: str | None, sinon: str) -> str:
    """The name that a person gave to a file, without its path; `sinon` when there is none.

    A long one keeps its beginning, which says what it is, and its end.
    """
    seul = PurePosixPath((nom or "").replace("\\", "/")).name or sinon
    return seul if len(seul) <= TITRE else f"{seul[:DEBUT]}…{seul[DEBUT + 1 - TITRE :]}"


@contextmanager
def ranger(rayon: Rayon, contenu: bytes, suffixe: str = "") -> Iterator[Range]:
    """Shelves a file for the time of writing the row that names it: taken away when that fails.

    Raises OSError when the disk refuses.
    """
    nom = rayon.ranger(contenu, suffixe)
    try:
        yield Range(nom, hashlib.sha256(contenu).hexdigest(), len(contenu))
    except BaseException:
        rayon.jeter(nom)
        raise


def recevoir(
    fichier: UploadedFile[bytes],
    *,
    admettre: Callable[[], None],
    ecarter: Callable[[bytes, str], None],
) -> Document:
    """The document that an upload holds.

    `admettre` refuses who passed a quota before anything is read; `ecarter` is given a file that may harm and
    the reason, to be kept apart. Raises PieceRefusee, CloisonPleine, and OSError when the disk is short of room.
    """
    exiger_la_place()
    admettre()
    contenu = lire_au_plus(fichier.chunks())
    try:
        if nom_avec_chemin(fichier):
            raise PieceRefusee("chemin")
        return controler(contenu)
    except PieceRefusee as refus:
        if refus.suspect:
            ecarter(contenu, refus.code)
        raise
