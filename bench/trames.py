"""`python -m bench.trames [dossiers]`: the whole house read as columns, then the tables of the report counted and kept.

The set is that of `bench.dossiers`, a path opened for each dossier as `bench.parcours` does; 15,000 of them unless said otherwise, for writing
150,000 takes twenty minutes. The sums alone are then measured on 150,176 paths, made as frames: the world of the report, 104 times.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from bench import machine
from bench.dossiers import JOUR, _etablir, _garnir
from bench.parcours import _ouvrir_les_autres

if TYPE_CHECKING:
    from collections.abc import Callable

DOSSIERS: Final = 15_000
FOIS: Final = 104
CIBLE: Final = 60.0
"""Seconds that a reading of 150,000 paths may take."""


def mesurer(nombre: int, dire: Callable[[str], None] = print) -> dict[str, Any]:
    """Seconds of an extract and of its tables, over what the database holds, then of the tables over 150,176 paths."""
    with tempfile.TemporaryDirectory(prefix="binome-bench-") as dossier:
        _etablir(Path(dossier))
        from django.core.management import call_command  # noqa: PLC0415 - once Django is set up
        from tests.trames.monde_du_rapport import monde_du_rapport  # noqa: PLC0415

        from binome.rapport.relever import garder  # noqa: PLC0415
        from binome.rapport.tableaux.tous import TABLEAUX  # noqa: PLC0415
        from binome.trames.colonnes import TRAMES  # noqa: PLC0415
        from binome.trames.extraire import extraire  # noqa: PLC0415

        _garnir(nombre, dire)
        call_command("migrate", verbosity=0)
        parcours = _ouvrir_les_autres()
        debut = perf_counter()
        trames = extraire(JOUR)
        extrait = perf_counter() - debut
        tailles = {nom: len(getattr(trames, nom).collect()) for nom in TRAMES}
        debut = perf_counter()
        gardes = garder(trames)
        releve = perf_counter() - debut
        debut = perf_counter()
        monde = monde_du_rapport(FOIS)
        cadres = perf_counter() - debut
        debut = perf_counter()
        for tableau in TABLEAUX.values():
            if tableau.compter is not None:
                tableau.compter(monde)
        sommes = perf_counter() - debut
    return {
        "dossiers": nombre,
        "parcours": parcours,
        "lignes": tailles,
        "extrait_s": round(extrait, 2),
        "releve_s": round(releve, 2),
        "tableaux_gardes": gardes,
        "cadres_150000_s": round(cadres, 2),
        "sommes_150000_s": round(sommes, 2),
        "cible_s": CIBLE,
        "machine": machine.decrire(),
    }


if __name__ == "__main__":
    print(mesurer(int(sys.argv[1]) if len(sys.argv) > 1 else DOSSIERS))
