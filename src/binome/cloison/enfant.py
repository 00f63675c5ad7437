"""What stands behind the wall: gives up all that it can, then runs a module of the house.

`python -m binome.cloison BORNES PARENT USER MODULE ARGUMENT…`, started by `lancement`. What the
system does not let it give up, it keeps, and goes on: `constat` says which.
"""

from __future__ import annotations

import contextlib
import os
import resource
import runpy
import signal
import sys
from pathlib import Path
from typing import Final

from binome.cloison import noyau
from binome.cloison.bornes import Bornes

TENUES: Final[dict[str, bool]] = {}
"""What was given up, by its name."""
DESCRIPTEURS: Final = 64


def borner(bornes: Bornes) -> None:
    """Lays the limits of the system."""
    for quoi, combien, au_plus in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_AS, bornes.memoire, bornes.memoire),
        # A second more: at the hard limit the kernel kills without the signal that says why.
        (resource.RLIMIT_CPU, bornes.calcul, bornes.calcul + 1),
        (resource.RLIMIT_FSIZE, bornes.sortie, bornes.sortie),
        (resource.RLIMIT_NOFILE, DESCRIPTEURS, DESCRIPTEURS),
    ):
        # macOS refuses some of them.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(quoi, (combien, au_plus))


def changer_d_utilisateur(nom: str) -> bool:
    """From root to a user who owns nothing; false when it is not root, or that user cannot read the code."""
    if os.geteuid() != 0:
        return False
    import pwd  # noqa: PLC0415 - root only

    try:
        fiche = pwd.getpwnam(nom)
    except KeyError:
        return False
    if fiche.pw_uid == 0:
        return False
    groupes = os.getgroups()
    try:
        os.setgroups([])
        os.setegid(fiche.pw_gid)
        os.seteuid(fiche.pw_uid)
    except OSError:
        return False
    if not _code_lisible():
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groupes)
        return False
    os.seteuid(0)
    os.setresgid(fiche.pw_gid, fiche.pw_gid, fiche.pw_gid)
    os.setresuid(fiche.pw_uid, fiche.pw_uid, fiche.pw_uid)
    return True


def _code_lisible() -> bool:
    """Whether the modules are still in reach, in every folder that they come from."""
    temoins = [os.__file__, __file__, *sys.path]
    effectif = os.access in os.supports_effective_ids
    return all(
        os.access(chemin, os.R_OK, effective_ids=effectif)
        for chemin in temoins
        if Path(chemin).is_absolute() and not chemin.endswith(".zip")
    )


def renoncer(bornes: Bornes, parent: int, utilisateur: str) -> None:
    """Gives up the network, the user's rights, the calls that no reader needs, and the outliving."""
    TENUES["reseau"] = noyau.couper_le_reseau()
    TENUES["utilisateur"] = changer_d_utilisateur(utilisateur)
    TENUES["privileges"] = noyau.sans_privileges()
    TENUES["appels"] = noyau.fermer_les_appels()
    # After the change of user, which forgets it.
    TENUES["parent"] = noyau.mourir_avec(parent)
    borner(bornes)


def main() -> None:
    """Reads its own arguments, and leaves the module those that are its."""
    texte, parent, utilisateur, module, *suite = sys.argv[1:]
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    renoncer(Bornes.lire(texte), int(parent), utilisateur)
    sys.argv = [module, *suite]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
