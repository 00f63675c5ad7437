"""What unknown hands give the room, read in a process apart: an acknowledgement, a schema, a lot under its schema."""

from __future__ import annotations

import json
from typing import Any, Final

from binome.accrochage.accuse import Accuse, ErreurDeFichier, PassageRefuse
from binome.accrochage.motifs import conduite
from binome.accrochage.schema import VERSIONS
from binome.cloison.bornes import MO, Bornes
from binome.cloison.lancement import Tombe, lire
from binome.typographie import majuscule

MODULE: Final = "binome.accrochage.a_part"
BORNES: Final = Bornes(memoire=700 * MO, calcul=30, duree=60, sortie=64 * MO)
TROP: Final = "Ce fichier n’a pas pu être lu jusqu’au bout : il n’est pas gardé."


class FichierDuPasseportRefuse(ValueError):
    """A file that is not taken; its message is for the person."""


def _faire_lire(sorte: str, octets: bytes, *suite: str) -> dict[str, Any]:
    try:
        lu: dict[str, Any] = json.loads(lire(MODULE, sorte, *suite, entree=octets, bornes=BORNES))
    except (Tombe, ValueError):
        raise FichierDuPasseportRefuse(TROP) from None
    if "refus" in lu:
        raise FichierDuPasseportRefuse(f"{majuscule(lu['refus'])}.")
    return lu


def lire_l_accuse(octets: bytes) -> Accuse:
    """An acknowledgement, of whichever lot. Raises FichierDuPasseportRefuse, CloisonPleine."""
    lu = _faire_lire("accuse", octets)
    rejet = lu["rejet"]
    return Accuse(
        lu["fichier"],
        tuple(lu["acceptes"]),
        tuple(PassageRefuse(**un) for un in lu["refuses"]),
        None
        if rejet is None
        else tuple(
            ErreurDeFichier(une["type"], une["message"], une["ligne"] or 0, une["colonne"] or 0)
            for une in rejet
        ),
        tuple(
            PassageRefuse(numero, motif, conduite(motif)) for numero, motif in lu["deja"].items()
        ),
    )


def version_du_schema(octets: bytes) -> str:
    """The version that a schema says it is. Raises FichierDuPasseportRefuse, for one that we cannot write too."""
    version = str(_faire_lire("schema", octets)["version"])
    if version not in VERSIONS:
        dite = f"la version {version}" if version else "aucune version"
        raise FichierDuPasseportRefuse(
            f"Ce schéma dit {dite}. Binôme sait écrire les versions {' et '.join(VERSIONS)}."
        )
    return version


def verifier_sous_son_schema(schema: bytes, xml: bytes) -> None:
    """Refuses a lot that its schema does not take, with the first fault. Raises FichierDuPasseportRefuse."""
    erreurs = _faire_lire("lot", schema + xml, str(len(schema)))["erreurs"]
    if erreurs:
        une = erreurs[0]
        raise FichierDuPasseportRefuse(
            f"Ce schéma ne prend pas le fichier que Binôme écrit, à la ligne {une['ligne']} : {une['message']}"
        )
