"""Decides a whole lot behind the wall: the table in, the answers and the rows set aside out.

Given the kind of table, the question, the certification, the overlays in JSON, the most rows, and three
descriptors to write in: the answers, the rows set aside (a JSON object a line), how far it is (`AVANCE`). Its output is a JSON
object: how many rows were decided and set aside and what the reader says (`avis`), or `refus` and the reasons.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from binome.lots.avis import lignes_masquees
from binome.lots.erreurs import TravailImpossible
from binome.lots.lecteur import accorder
from binome.lots.lecture import lire_lignes
from binome.lots.masques import RangMasque
from binome.lots.ouvrir import ouvrir
from binome.lots.questions import QUESTIONS
from binome.lots.separateurs import d_un_tableur
from binome.lots.tableaux import en_octets, separer
from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from binome.lots.avis import Dire
    from binome.lots.lecture import LigneLue
    from binome.regles.base import Base

NOM: Final = "fichier"
"""What messages call the table: its own name may say who it speaks of."""
AVANCE: Final = struct.Struct("<QQ")
"""Rows read, and rows set aside."""
PAS: Final = 0.5
"""Seconds between two counts of rows."""
CALCUL: Final = 300.0
MEMOIRE: Final = 3_500_000_000
"""What the decision of rows that were read, and bounded, may spend: seconds of processor, bytes."""


def _en_lignes(ligne: LigneLue) -> list[str]:
    return [
        json.dumps(
            {
                "ligne": ligne.numero,
                "colonne": erreur.cle,
                "valeur": erreur.valeur,
                "raison": erreur.raison,
            },
            ensure_ascii=False,
        )
        + "\n"
        for erreur in ligne.erreurs
    ]


def _lire(
    octets: bytes, sorte: str, base: Base, plafond: int, ecartes: int, avance: int, dire: Dire
) -> tuple[list[LigneLue], int]:
    """The good rows, and how many were set aside; these are written as they come."""
    entetes, lignes = separer(ouvrir(octets, sorte, NOM, accorder, dire), NOM)
    accorder(CALCUL, MEMOIRE)
    bonnes: list[LigneLue] = []
    nombre = 0
    masquees: list[RangMasque] = []
    prochain = monotonic() + PAS
    with os.fdopen(ecartes, "w", encoding="utf-8", errors="replace", closefd=False) as sortie:
        for rang, ligne in enumerate(lire_lignes(entetes, lignes, base, NOM), start=1):
            if rang > plafond:
                raise TravailImpossible(
                    f"{NOM} : plus de {plafond} lignes ; coupez-le en plusieurs"
                )
            if isinstance(ligne.numero, RangMasque):
                masquees.append(ligne.numero)
            if ligne.erreurs:
                nombre += 1
                sortie.writelines(_en_lignes(ligne))
            else:
                bonnes.append(ligne)
            if monotonic() >= prochain:
                prochain = monotonic() + PAS
                os.pwrite(avance, AVANCE.pack(rang, nombre), 0)
    if masquees:
        dire(lignes_masquees(masquees))
    return bonnes, nombre


def decider(
    octets: bytes, sorte: str, question: str, base: Base, plafond: int, *sorties: int
) -> dict[str, Any]:
    """Reads, decides, writes; how many rows were decided and set aside, and what to tell. Raises TravailImpossible."""
    resultat, ecartes, avance = sorties
    demandee = QUESTIONS[question]
    vue = base.vue(demandee.vue)
    avis: list[str] = []
    bonnes, nombre = _lire(octets, sorte, vue, plafond, ecartes, avance, avis.append)
    if bonnes:
        decidees = demandee.decider(bonnes, vue)
        with os.fdopen(resultat, "wb", closefd=False) as sortie:
            sortie.write(en_octets(decidees, sorte, tableur=d_un_tableur(octets)))
    elif nombre == 0:
        raise TravailImpossible(f"{NOM} : aucune ligne sous l’en-tête")
    return {"decidees": len(bonnes), "ecartees": nombre, "avis": avis}


def main() -> None:
    """Says how many, or why none."""
    sorte, question, certification, reformes, plafond, *sorties = sys.argv[1:]
    verdict: dict[str, Any]
    try:
        base = base_courante(*json.loads(reformes), certification=certification)
        verdict = decider(
            sys.stdin.buffer.read(), sorte, question, base, int(plafond), *map(int, sorties)
        )
    except TravailImpossible as refus:
        verdict = {"refus": refus.lignes}
    except MemoryError:
        verdict = {"refus": [f"{NOM} : trop gros une fois déplié ; coupez-le en plusieurs"]}
    sys.stdout.write(json.dumps(verdict))


if __name__ == "__main__":
    main()
