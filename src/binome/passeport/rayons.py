"""The shelves of the room: the schema that a branch chose; lots and acknowledgements, each under the key of its lot."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from cryptography.fernet import Fernet, InvalidToken

from binome.comptes.models import Organisation
from binome.etagere import registre
from binome.etagere.rayon import Rayon
from binome.etagere.registre import Rangement
from binome.journal import trousseau
from binome.passeport.models import AccuseRecu, LotDePassages, ReglagesDuPasseport

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMAS: Final = Rayon("schemas-du-passeport", ("xsd",))
LOTS_SCELLES: Final = Rayon("lots-du-passeport", ("chiffre",))
ACCUSES: Final = Rayon("accuses-du-passeport", ("chiffre",))


def declarer_les_rayons() -> None:
    """Says which columns name their files: those of a branch, for a lot holds many people."""
    registre.declarer(
        Rangement(SCHEMAS, ReglagesDuPasseport, "fichier", Organisation, "branche"),
        Rangement(LOTS_SCELLES, LotDePassages, "fichier", Organisation, "branche"),
        Rangement(ACCUSES, AccuseRecu, "fichier", Organisation, "lot__branche"),
    )


def chiffrer(cle: str, contenu: bytes) -> bytes:
    """Bytes under the key of that name, made where there was none."""
    return Fernet(trousseau.donner([cle])[cle]).encrypt(contenu)


def dechiffrer(cle: str, chiffre: bytes) -> bytes | None:
    """The bytes behind; None once their key is destroyed."""
    valeur = trousseau.lire([cle]).get(cle)
    if valeur is None:
        return None
    try:
        return Fernet(valeur).decrypt(chiffre)
    except InvalidToken:
        return None


def contenu_du_lot(lot: LotDePassages) -> bytes | None:
    """The very bytes that were frozen, as long as their hash says so; None once they are destroyed, or were changed."""
    try:
        contenu = dechiffrer(lot.cle, LOTS_SCELLES.lire(lot.fichier)) if lot.fichier else None
    except (OSError, ValueError):
        return None
    if contenu is None or hashlib.sha256(contenu).hexdigest() != lot.empreinte:
        return None
    return contenu


def jeter_les_fichiers(fichiers: Iterable[tuple[Rayon, str]]) -> None:
    """Takes files off their shelves. Raises OSError when the disk refuses."""
    registre.jeter([(rayon, nom) for rayon, nom in fichiers if nom])
