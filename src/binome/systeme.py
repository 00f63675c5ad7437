"""What the system answers when it refuses, in French: its own words are in the language of who set it up."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLEIN: Final = "le disque est plein"
_DROIT: Final = "vous n’avez pas le droit d’y accéder"
_RAISONS: Final[Mapping[int, str]] = {
    errno.ENOENT: "ce fichier n’existe pas",
    errno.EISDIR: "c’est un dossier, un fichier est attendu",
    errno.ENOTDIR: "une partie du chemin est un fichier, un dossier est attendu",
    errno.EEXIST: "ce nom est déjà pris",
    errno.EACCES: _DROIT,
    errno.EPERM: _DROIT,
    errno.EROFS: "le disque ne s’ouvre qu’en lecture",
    errno.ENOSPC: _PLEIN,
    errno.EDQUOT: _PLEIN,
    errno.EFBIG: "le fichier dépasse la taille permise",
    errno.ENAMETOOLONG: "ce nom est trop long",
    errno.ELOOP: "ce lien tourne en rond",
    errno.EIO: "le disque répond mal",
    errno.ENOMEM: "la mémoire manque",
    errno.EAGAIN: "trop de programmes tournent en même temps",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENFILE: "trop de fichiers sont ouverts",
    errno.ECONNREFUSED: "rien ne répond à cette adresse",
    errno.ETIMEDOUT: "la réponse se fait attendre",
}


def raison(erreur: OSError, *, ecriture: bool = False) -> str:
    """Why the system refuses, to be put after what it is about; `ecriture`: it was asked to write.

    What has no words here is named by its code, as the manuals of the system list it.
    """
    if ecriture and erreur.errno == errno.ENOENT:
        return "le dossier où l’écrire n’existe pas"
    nom = errno.errorcode.get(erreur.errno or 0, type(erreur).__name__)
    return _RAISONS.get(erreur.errno or 0, f"le système refuse ({nom})")
