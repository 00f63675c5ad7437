"""`./binome bench`: the same answers first, then the timings, then the page that tells them."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from bench import cibles, grilles, machine, page
from bench.colonnes import ecrire
from bench.egalite import Desaccord, Epreuve, echantillon, verifier
from bench.environnements import OUTILS, RACINE, Impossible, preparer
from bench.meneur import Ouvrier
from bench.mesures import ECHAUFFEMENTS, Mesure, a_froid, chronometrer
from bench.population import GRAINE, tirer
from binome.regles.courante import base_courante

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RESULTATS: Final = RACINE / "bench" / "results.json"
PAGE: Final = RACINE / "docs" / "performance.md"
UN_A_UN: Final = 500
"""Dossiers decided one by one; a round goes over them as often as `fois` says."""
LOT_ZEN: Final = 20_000
"""ZEN decides that many, and its time is scaled up: a million would take half a minute a round."""
LOTS_DE_SUITE: Final = 5
"""Lots in a row that a round divides its time by: the system's memory is then handed out once."""
CHARGE_GENANTE: Final = 0.5
VUES: Final = ("financement", "aide", "echeances")
"""The other questions of the base; no peer has their rules."""
MEMOIRE_GARDEE: Final = {
    # Polars' allocator, and the system's, which the others use: what was handed out is kept.
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:-1,muzzy_decay_ms:-1",
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": str(2**40),
}
"""Every worker keeps its memory from one lot to the next, as a server of lots does."""
MODULES: Final = ("binome", "openfisca", "zen", "numpy")


def dire(texte: str) -> None:
    """Progress, apart from the result."""
    print(texte, file=sys.stderr, flush=True)


class Atelier:
    """The workers, by name."""

    def __init__(self, pile: ExitStack) -> None:
        self.pythons: dict[str, str] = {
            nom: sys.executable if nom == "binome" else str(preparer(nom)) for nom in MODULES
        }
        self.ouvriers = {nom: pile.enter_context(self.nouveau(nom)) for nom in MODULES}
        # Polars uses every core, the peers one: the same reading held to one thread.
        self.un_fil = pile.enter_context(self.nouveau("binome", POLARS_MAX_THREADS="1"))

    def nouveau(self, nom: str, **env: str) -> Ouvrier:
        """A fresh worker."""
        return Ouvrier(nom, self.pythons[nom], f"ouvrier_{nom}", {**MEMOIRE_GARDEE, **env})

    def __getitem__(self, nom: str) -> Ouvrier:
        return self.ouvriers[nom]


def verifier_tout(atelier: Atelier, dossier: Path) -> dict[str, int]:
    """The grids, then an even sample of them one by one. Raises Desaccord at the first engine."""
    base = base_courante()
    reference = Epreuve(atelier["binome"], "un")
    par_lots = [
        Epreuve(atelier["binome"], "lot"),
        Epreuve(atelier["binome"], "lot_brut"),
        Epreuve(atelier["binome"], "lot_duckdb"),
        Epreuve(atelier["numpy"], "lot"),
        Epreuve(atelier["numpy"], "lot_dates"),
        Epreuve(atelier["openfisca"], "lot"),
        Epreuve(atelier["openfisca"], "lot_dates"),
        Epreuve(atelier["zen"], "un"),
    ]
    un_a_un = [
        Epreuve(atelier["binome"], "un_trace"),
        Epreuve(atelier["binome"], "un_trace_memes_tables"),
        Epreuve(atelier["numpy"], "un"),
        Epreuve(atelier["openfisca"], "un"),
        Epreuve(atelier["openfisca"], "un_trace"),
        Epreuve(atelier["zen"], "un_trace"),
        Epreuve(atelier["zen"], "un_sans_schema"),
    ]
    nombres = {}
    for nom, colonnes in (
        ("grille", grilles.complete(base)),
        ("sans_jury", grilles.sans_jury(base)),
    ):
        jeu = dossier / nom
        ecrire(jeu, colonnes)
        dire(f"Égalité des réponses sur {nom} : {len(colonnes['date_entree'])} dossiers…")
        nombres[nom] = verifier(jeu, reference, par_lots)
        echantillon(jeu, dossier / f"{nom}_echantillon")
        nombres[f"{nom}_un_a_un"] = verifier(dossier / f"{nom}_echantillon", reference, un_a_un)
    return nombres


def verifier_population(atelier: Atelier, jeu: Path) -> int:
    """The timed lot itself: every engine on all of it, ZEN and the scalar reading on its start."""
    return verifier(
        jeu,
        Epreuve(atelier["binome"], "lot"),
        [
            Epreuve(atelier["binome"], "un", LOT_ZEN),
            Epreuve(atelier["binome"], "lot_brut"),
            Epreuve(atelier["binome"], "lot_duckdb"),
            Epreuve(atelier["numpy"], "lot"),
            Epreuve(atelier["numpy"], "lot_dates"),
            Epreuve(atelier["openfisca"], "lot"),
            Epreuve(atelier["openfisca"], "lot_dates"),
            Epreuve(atelier["zen"], "un", LOT_ZEN),
        ],
    )


def les_mesures(atelier: Atelier, jeu: Path) -> Iterator[Mesure]:
    """What is timed. Quick readings go over their dossiers several times a round."""
    for nom, lecture, fois in (
        ("binome", "un", 20),
        ("binome", "un_trace", 8),
        ("binome", "un_trace_memes_tables", 12),
        ("openfisca", "un", 1),
        ("openfisca", "un_trace", 1),
        ("openfisca", "un_trace_calcul_seul", 1),
        ("zen", "un", 10),
        ("zen", "un_trace", 5),
        ("zen", "un_sans_schema", 10),
        ("zen", "un_trace_sans_schema", 5),
        ("numpy", "un", 4),
        ("binome", "reponse_complete", 1),
    ):
        yield Mesure(f"{nom}.{lecture}", atelier[nom], lecture, jeu, UN_A_UN, fois)
    for vue in VUES:
        for lecture in (f"vue_{vue}", f"vue_{vue}_en_mots"):
            yield Mesure(f"binome.{lecture}", atelier["binome"], lecture, jeu, UN_A_UN)
    for nom, lecture in (
        ("binome", "lot"),
        ("binome", "lot_brut"),
        ("binome", "lot_premier"),
        ("binome", "lot_plan"),
        ("openfisca", "lot"),
        ("openfisca", "lot_dates"),
        ("numpy", "lot"),
        ("numpy", "lot_dates"),
        ("binome", "lot_duckdb"),
    ):
        yield Mesure(f"{nom}.{lecture}", atelier[nom], lecture, jeu, fois=LOTS_DE_SUITE)
    yield Mesure("binome.lot_un_fil", atelier.un_fil, "lot", jeu, fois=LOTS_DE_SUITE)
    yield Mesure("zen.lot", atelier["zen"], "un", jeu, LOT_ZEN)


def memoires(atelier: Atelier, jeu: Path) -> dict[str, float]:
    """Peak memory of fresh workers that load the lot and decide it twice, in MiB."""
    sommets = {}
    for cle, nom, lecture, nombre in (
        ("binome", "binome", "lot", None),
        ("binome_brut", "binome", "lot_brut", None),
        ("binome_duckdb", "binome", "lot_duckdb", None),
        ("openfisca", "openfisca", "lot", None),
        ("numpy", "numpy", "lot", None),
        ("zen_20000", "zen", "un", LOT_ZEN),
    ):
        with atelier.nouveau(nom) as ouvrier:
            ouvrier.ouvrir(lecture, jeu, nombre)
            for _ in range(2):
                ouvrier.passer(lecture)
            sommets[cle] = round(float(ouvrier.demander("memoire")), 1)
    return sommets


def resumer(mesures: list[Mesure], nombre: int) -> dict[str, Any]:
    """Medians under the names that `results.json` promises."""
    par_cle = {mesure.cle: mesure for mesure in mesures}

    def micro(cle: str) -> float:
        return round(par_cle[cle].microsecondes_par_dossier, 3)

    def secondes(cle: str) -> float:
        # Everything is brought to the size of the lot; only ZEN, which decides fewer, is changed.
        mesure = par_cle[cle]
        return round(mesure.secondes * nombre / mesure.nombre, 5)

    return {
        "decision_tracee_us": {
            "binome": micro("binome.un_trace"),
            "openfisca": micro("openfisca.un_trace"),
            "zen": micro("zen.un_trace"),
            # NumPy has no trace: its untraced time stands here, and `conditions` says so.
            "numpy": micro("numpy.un"),
            "binome_memes_tables": micro("binome.un_trace_memes_tables"),
            "openfisca_calcul_seul": micro("openfisca.un_trace_calcul_seul"),
            "zen_sans_schema": micro("zen.un_trace_sans_schema"),
        },
        "decision_us": {
            "binome": micro("binome.un"),
            "openfisca": micro("openfisca.un"),
            "zen": micro("zen.un"),
            "numpy": micro("numpy.un"),
            "zen_sans_schema": micro("zen.un_sans_schema"),
            "binome_reponse_complete": micro("binome.reponse_complete"),
        },
        "decision_tracee_vues_us": {vue: micro(f"binome.vue_{vue}") for vue in VUES},
        "reponse_vues_us": {vue: micro(f"binome.vue_{vue}_en_mots") for vue in VUES},
        "lot_1m_s": {
            "binome": secondes("binome.lot"),
            "openfisca": secondes("openfisca.lot"),
            "zen": secondes("zen.lot"),
            "numpy": secondes("numpy.lot"),
            "binome_brut": secondes("binome.lot_brut"),
            "binome_premier": secondes("binome.lot_premier"),
            "binome_dont_plan": secondes("binome.lot_plan"),
            "binome_un_fil": secondes("binome.lot_un_fil"),
            "binome_duckdb": secondes("binome.lot_duckdb"),
            "openfisca_dates": secondes("openfisca.lot_dates"),
            "numpy_dates": secondes("numpy.lot_dates"),
        },
        "dispersion": {mesure.cle: mesure.dispersion() for mesure in mesures},
    }


def mesurer(*, nombre: int, tours: int, froids: int) -> dict[str, Any]:
    """The whole bench. Raises Desaccord or Impossible, having timed nothing then."""
    donnees = OUTILS / "bench-donnees"
    charge = machine.charge()
    if charge is not None and charge > CHARGE_GENANTE:
        dire(
            f"Attention : la machine travaille déjà (charge {charge}) ; les durées en souffriront."
        )
    shutil.rmtree(donnees, ignore_errors=True)
    try:
        with ExitStack() as pile:
            atelier = Atelier(pile)
            egalite = verifier_tout(atelier, donnees)
            dire(f"Tirage de {nombre} dossiers…")
            jeu = donnees / "population"
            ecrire(jeu, tirer(nombre))
            egalite["population"] = verifier_population(atelier, jeu)
            dire("Toutes les réponses sont égales. Chronométrage…")
            mesures = list(les_mesures(atelier, jeu))
            chronometrer(mesures, tours)
            resultats = resumer(mesures, nombre)
            versions = {nom: atelier[nom].demander("versions") for nom in MODULES}
        dire("Mémoire, puis départ à froid…")
        sommets = memoires(atelier, jeu)
        froid = a_froid(jeu, froids)
    finally:
        shutil.rmtree(donnees, ignore_errors=True)
    complets = {
        **resultats,
        "memoire_mio": sommets,
        "a_froid_ms": round(median(froid), 1),
        "a_froid_ms_extremes": [round(min(froid), 1), round(max(froid), 1)],
        "versions": versions,
        "machine": machine.decrire(),
        "date": datetime.now(UTC).date().isoformat(),
        "conditions": {
            "dossiers_du_lot": nombre,
            "dossiers_un_a_un": UN_A_UN,
            "dossiers_zen": LOT_ZEN,
            "graine": GRAINE,
            "charge_avant": charge,
            "tours": tours,
            "lots_de_suite": LOTS_DE_SUITE,
            "echauffements": ECHAUFFEMENTS,
            "departs_a_froid": froids,
            "numpy_trace": False,
            "zen_lot_extrapole": True,
            "dossiers_compares": egalite,
        },
    }
    return {**complets, "cibles": cibles.en_json(complets)}


def main() -> int:
    """Reads the options, measures, writes, and says where."""
    analyseur = argparse.ArgumentParser(
        prog="./binome bench",
        description="Compare Binôme à ses pairs : mêmes réponses d’abord, durées ensuite.",
    )
    analyseur.add_argument(
        "--rapide",
        action="store_true",
        help="cent mille dossiers et moins de tours ; affiche sans rien écrire",
    )
    analyseur.add_argument(
        "quoi",
        nargs="?",
        choices=["web", "dossiers", "projection"],
        help="web : seulement l’API, à côté de celle d’OpenFisca ; dossiers : l’espace, en nombre ; projection : les tirages, sans rien écrire",
    )
    options = analyseur.parse_args()
    if options.quoi == "web":
        return mesurer_le_web(ecrire=not options.rapide)
    if options.quoi == "projection":
        from bench import projection  # noqa: PLC0415 - the other benches do without NumPy

        return projection.mesurer(dire)
    if options.quoi == "dossiers":
        return mesurer_les_dossiers(rapide=options.rapide)
    nombre, tours, froids = (100_000, 3, 3) if options.rapide else (1_000_000, 5, 10)
    try:
        resultats = mesurer(nombre=nombre, tours=tours, froids=froids)
    except (Desaccord, Impossible) as erreur:
        print(f"bench : {erreur}", file=sys.stderr)
        return 1
    print(cibles.en_texte(resultats))
    if options.rapide:
        dire(
            f"Mesure rapide sur {nombre} dossiers, où ce qui ne dépend pas du nombre pèse plus : "
            "rien n’est écrit. « ./binome bench » fait la mesure entière."
        )
        return 0
    avant = deja_ecrits()
    garder({**resultats, **{nom: avant[nom] for nom in ("web", "dossiers") if nom in avant}})
    return 0


def deja_ecrits() -> dict[str, Any]:
    """The results of the last run."""
    lus: dict[str, Any] = json.loads(RESULTATS.read_text(encoding="utf-8"))
    return lus


def garder(resultats: dict[str, Any]) -> None:
    """Writes the results, and the page that tells them."""
    texte = json.dumps(resultats, ensure_ascii=False, indent=2)
    RESULTATS.write_text(texte + "\n", encoding="utf-8")
    PAGE.write_text(page.page(resultats), encoding="utf-8")
    dire(f"Écrit : {RESULTATS.relative_to(RACINE)} et {PAGE.relative_to(RACINE)}")


def mesurer_le_web(*, ecrire: bool) -> int:
    """The servers only; the other figures stay as they were."""
    from bench import web  # noqa: PLC0415 - the other benches do without servers

    try:
        mesures = web.mesurer(dire)
    except (Desaccord, Impossible) as erreur:
        print(f"bench : {erreur}", file=sys.stderr)
        return 1
    print(json.dumps(mesures, ensure_ascii=False, indent=2))
    if ecrire:
        garder({**deja_ecrits(), "web": mesures})
    return 0


def mesurer_les_dossiers(*, rapide: bool) -> int:
    """The members' pages only; the other figures stay as they were."""
    from bench import dossiers  # noqa: PLC0415 - the other benches do without a database

    mesures = dossiers.mesurer(dire, 3000 if rapide else dossiers.DOSSIERS)
    print(json.dumps(mesures, ensure_ascii=False, indent=2))
    if not rapide:
        garder({**deja_ecrits(), "dossiers": mesures})
    return 0


if __name__ == "__main__":
    sys.exit(main())
