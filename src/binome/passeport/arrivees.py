"""A file that is given to the room: its bytes, within bounds and looked at by the antivirus, before anything reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from binome.depot.antivirus import analyser
from binome.depot.controle import lire_au_plus
from binome.depot.quotas import exiger_la_place
from binome.depot.refus import PieceRefusee
from binome.socle.televersement import nom_avec_chemin

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


def octets_de(fichier: UploadedFile[bytes]) -> bytes:
    """The whole file. Raises PieceRefusee, and OSError when the disk is short of room."""
    exiger_la_place()
    contenu = lire_au_plus(fichier.chunks())
    if nom_avec_chemin(fichier):
        raise PieceRefusee("chemin")
    analyser(contenu)
    return contenu
