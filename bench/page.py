"""Writes `docs/performance.md` out of the results: figures and text never drift apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bench.cibles import cibles
from bench.page_dossiers import section as section_dossiers
from bench.page_web import section as section_web

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    R = Mapping[str, Any]


def _table(entetes: Iterable[str], lignes: Iterable[Iterable[str]]) -> str:
    entetes = list(entetes)
    tout = [entetes, ["---", *["---:"] * (len(entetes) - 1)], *lignes]
    return "\n".join(f"| {' | '.join(ligne)} |" for ligne in tout)


def _micro(valeur: float) -> str:
    return f"{valeur:,.1f}".replace(",", " ")


def _secondes(valeur: float) -> str:
    return f"{valeur:.3f}" if valeur < 10 else f"{valeur:.1f}"


def _fois(valeur: float, reference: float) -> str:
    return f"{valeur / reference:.2f}"


def _cibles(r: R) -> str:
    lignes = [
        (un.english, un.borne, f"{un.valeur:.2f} {un.unite}", "met" if un.tenue else "**not met**")
        for un in cibles(r)
    ]
    return _table(("Target", "Bound", "Measured", ""), lignes)


def _decisions(r: R) -> str:
    trace, sans = r["decision_tracee_us"], r["decision_us"]
    lignes = []
    for nom, cle in (
        ("Binôme, its whole base", "binome"),
        ("Binôme, only the tables the peers have", "binome_memes_tables"),
        ("OpenFisca-Core", "openfisca"),
        ("OpenFisca-Core, simulation built beforehand", "openfisca_calcul_seul"),
        ("ZEN", "zen"),
        ("ZEN, input not checked", "zen_sans_schema"),
        ("NumPy by hand, one row (it has no trace)", "numpy"),
    ):
        avec = "–" if cle == "numpy" else _micro(trace[cle])
        fois = "–" if cle == "numpy" else _fois(trace[cle], trace["binome"])
        nu = _micro(sans[cle]) if cle in sans else "–"
        fois_nu = _fois(sans[cle], sans["binome"]) if cle in sans else "–"
        lignes.append((nom, avec, fois, nu, fois_nu))
    return _table(("", "with trace, µs", "÷ Binôme", "without trace, µs", "÷ Binôme"), lignes)


def _vues(r: R) -> str:
    mots = {"financement": "Who pays", "aide": "The aid contract", "echeances": "The clocks"}
    trace, entiere = r["decision_tracee_vues_us"], r["reponse_vues_us"]
    lignes = [(mots[vue], _micro(trace[vue]), _micro(entiere[vue])) for vue in trace]
    return _table(("", "with trace, µs", "answer in words, µs"), lignes)


def _lots(r: R) -> str:
    lot, memoire, dispersion = r["lot_1m_s"], r["memoire_mio"], r["dispersion"]
    nombre, zen = r["conditions"]["dossiers_du_lot"], r["conditions"]["dossiers_zen"]
    lignes = []
    for nom, cle, lecture, sommet in (
        ("Binôme on Polars, facts ready", "binome", "binome.lot", "binome"),
        (
            "Binôme on Polars, the first lot of its rule base",
            "binome_premier",
            "binome.lot_premier",
            "",
        ),
        ("Binôme on Polars, held to one thread", "binome_un_fil", "binome.lot_un_fil", ""),
        (
            "Binôme on Polars, raw facts, answers in words",
            "binome_brut",
            "binome.lot_brut",
            "binome_brut",
        ),
        ("Binôme on DuckDB, facts ready", "binome_duckdb", "binome.lot_duckdb", "binome_duckdb"),
        ("OpenFisca-Core, dates as whole numbers", "openfisca", "openfisca.lot", "openfisca"),
        ("OpenFisca-Core, its own dates", "openfisca_dates", "openfisca.lot_dates", ""),
        ("NumPy by hand, dates as whole numbers", "numpy", "numpy.lot", "numpy"),
        ("NumPy by hand, its own dates", "numpy_dates", "numpy.lot_dates", ""),
        (f"ZEN, scaled up from {_entier(zen)} dossiers", "zen", "zen.lot", ""),
    ):
        echelle = nombre / zen if cle == "zen" else 1
        lignes.append(
            (
                nom,
                _secondes(lot[cle]),
                _secondes(dispersion[lecture]["min_s"] * echelle),
                _fois(lot[cle], lot["binome"]),
                f"{memoire[sommet]:.0f}" if sommet else "–",
            )
        )
    return _table(("", "median, s", "fastest, s", "÷ Binôme", "peak memory, MiB"), lignes)


def _entier(valeur: int) -> str:
    return f"{valeur:,}".replace(",", " ")


def _machine(r: R) -> str:
    machine, versions = r["machine"], r["versions"]
    bibliotheques: dict[str, str] = {}
    for par_moteur in versions.values():
        bibliotheques.update(par_moteur)
    base = bibliotheques.pop("base")
    cites = ", ".join(f"{nom} {version}" for nom, version in sorted(bibliotheques.items()))
    return (
        f"{machine['processeur']}, {machine['coeurs']} cores, {machine['memoire_gio']} GiB, "
        f"{machine['systeme']}, load average {r['conditions']['charge_avant']} before the run. {cites}. Rule base `{base[:19]}…`."
    )


GABARIT: Final = """\
# Performance

Written by `./binome bench` on {date}, with the figures. Do not edit it: run the command again.

The same positioning rules (référentiel of the day, prerequisites, route, exemptions, AFGSU, hours
of the FAE, in every era and in the gaps between them) are written for OpenFisca, for the ZEN engine
and in NumPy by hand, each as someone who knows it well would write it (`bench/pairs/`). Every
engine must give the same answers before anything is timed.

## Targets

{cibles}

The first two are judged like for like, on the tables that every engine has. On its whole base
(alerts, delays, documents besides), Binôme's traced decision is {entiere_openfisca} times faster than
OpenFisca's on the positioning alone, and {entiere_zen} times faster than ZEN's.

The fourth is judged on OpenFisca's fastest form, dates rewritten as whole numbers beforehand. Against
OpenFisca with its own dates, Binôme, from raw dates too, is {brut} times faster.

## One decision

{decisions}

Medians of {tours} rounds over the same {un_a_un} dossiers. "÷ Binôme" is the time of the line over
Binôme's: above 1, Binôme is faster. What a person receives on screen (reasons in words, alerts,
documents, and every set of changes that would improve the answer) takes {complete} µs; no peer has it.

## The other questions

{vues}

Medians over about {un_a_un} dossiers of each question's boundary grid. No peer has these rules. The
answer in words is the whole JSON contract: nine routes to the training with what would open each, five
years of an aid contract, every clock.

## A lot of {lot} dossiers

{lots}

"÷ Binôme" compares medians. With facts ready on both sides, OpenFisca takes {pret} times Binôme's
time; with everyone's own dates, {brut} times (Binôme then answers in words besides). Of Binôme's
{binome_lot} s, {plan} s go into writing the query, whatever the number of dossiers.
A round is slowed by whatever else the machine does, a reading on every core more than the others:
a round decides the lot {suite} times over; the fastest of the rounds comes nearest to what it takes when left alone. Memory is the peak of a fresh process
that loads the lot and decides it twice.

## A cold start

`./binome positionner --json -` answers one dossier in {froid} ms (from {froid_min} to {froid_max} in
{froids} runs), from the launcher to the answer: Python starts, reads and checks the whole rule base,
compiles it, decides.

{web}{dossiers}## What is fair, and what is not

To everyone:
- Facts are converted beforehand, into what suits each engine best; only deciding is timed, inside
  the engine's own process, by `time.perf_counter`. Engines take turns, a different one first in
  each round.
- The dossiers are **complete**: no fact is unknown. Peers have no third truth value. Where Binôme
  says "unknown" all the same (entries before 17 March 2022, an FAE without référentiel), their rules
  were taught to say so by hand; an AFGSU of level 2, which nobody has confirmed, takes nothing off.
- Every process keeps the memory that it was handed from one lot to the next (settings of its own
  allocator), as one that serves lots does; `binome serve` sets it for itself.
- Dossiers are drawn from a seed, on plausible entries and on every threshold. Their mix is ours, fact by fact:
  some deny each other (a day of AFGSU beside no AFGSU), which is refused where a dossier is read, before anything timed here.

Binôme:
- Its traced decision runs its **whole base**: alerts, delays, documents, the employer's condition,
  each step kept with its sources. The peers only have the positioning. The line "only the tables the
  peers have" compares like with like, and the targets are judged on it.
- On Polars, facts ready, it runs on the thread that asks, as the peers do; raw facts are a query, which uses every
  core. The line held to one thread tells the two apart.
- Facts ready: the order keys of the dates are worked out beforehand (`preparer`), as the peers' dates
  are rewritten as whole numbers, and the answers are codes, as theirs are. The line "raw facts" takes
  dates as dates, and answers in words ("cqp", "rncp40913"): it is to be set beside "its own dates".
- Facts ready goes no further: the months stay months and the diplomas stay yes or no, one column
  each. Every comparison with a threshold, an era or another date is made inside the clock.
- On Polars it decides by classes: the comparisons of the rules number the class of each dossier, and
  the answer of a class is worked out once, by the ordinary plan, when the class is first met
  (`docs/decisions/0013`). Warm-up meets them before the clock starts, as it does whatever the others
  keep from one lot to the next; the line "the first lot" has nothing in store. Answers are kept by
  class, never by dossier: another lot of the same kind takes the same time.
- Facts ready are a frame in memory, as the peers' arrays are, and its answers another; the line "raw facts" is a query,
  of which Polars is told to take 500 000 rows at once, instead of 100 000: fewer pieces, less lost on each.

OpenFisca:
- Two packages, each timed where it is the faster: for one dossier the period is the day of entry,
  OpenFisca's own way; for a lot the date is a fact and one simulation holds everyone.
- What depends on the référentiel is gathered from a small array. The documented idiom, a parameter
  indexed by an enum, is a Python loop over persons since 43.4: about two hundred times as long, for
  each parameter read.
- One decision includes building its simulation, which Core cannot use twice; the line below gives
  the calculation alone. For the lot, building it is left out.
- `datetime64` months are most of its lot. Whole numbers prepared beforehand ("20250625") avoid
  them; a country package would rather declare dates. The targets are judged on the whole numbers,
  its best.
- It does more than this bench asks: entities, periods, reforms of whole legislations.

ZEN:
- The static loader, one graph, tables that stop at the first row that holds, a switch that spares
  the exemptions to those who are not on the CQP. Its input has a schema, as it must to be safe; the
  line without tells what that costs.
- It has no columns: the lot is the same call again. `evaluate_batch` was slower than the loop.
- Its trace gives each node's input and output and the row that held, without sources; Binôme's gives
  every rule in force, what each comparison required and found, and the sources.

NumPy:
- Plain arrays, rule after rule. No trace, no source, no unknown, no check of the input: what it
  leaves out is what the others are for. A compiled lookup table would be faster still, and unreadable.
- Its own dates cost it what they cost OpenFisca; the targets are judged on whole numbers.

## Checked first

{compares}

## Machine and versions

{machine}

## Run it again

```sh
./binome bench            # everything, then bench/results.json and this page
./binome bench web        # the API beside OpenFisca's; the section "Web" and its figures only
./binome bench dossiers   # the members' pages in volume; its section and its figures only
./binome bench --rapide   # a hundred thousand dossiers, three rounds, nothing written
```

The peers' environments are made on first use, in `.binome/`, from `bench/requirements-*.txt`. When
a rule changes, the check fails and names the first dossiers that differ: the peers' rules are then
to be changed by hand, which is the point of having rules as data.
"""

_NOMS: Final = {
    "grille": "dossiers of the boundary grid, complete, by every reading of a lot and by ZEN",
    "grille_un_a_un": "of them one by one, by every engine, traced and not",
    "sans_jury": "dossiers whose jury (or AFGSU) has no date yet, likewise",
    "sans_jury_un_a_un": "of them one by one",
    "population": "dossiers of the timed lot itself; ZEN and Binôme's scalar reading on the first "
    "{zen} of them",
}


def page(r: R) -> str:
    """The whole page."""
    conditions, trace, lot = r["conditions"], r["decision_tracee_us"], r["lot_1m_s"]
    compares = [
        f"- {_entier(nombre)} {_NOMS[nom].format(zen=_entier(conditions['dossiers_zen']))};"
        for nom, nombre in conditions["dossiers_compares"].items()
    ]
    return GABARIT.format(
        date=r["date"],
        cibles=_cibles(r),
        decisions=_decisions(r),
        vues=_vues(r),
        lots=_lots(r),
        tours=conditions["tours"],
        suite=conditions["lots_de_suite"],
        un_a_un=_entier(conditions["dossiers_un_a_un"]),
        complete=_micro(r["decision_us"]["binome_reponse_complete"]),
        lot=_entier(conditions["dossiers_du_lot"]),
        binome_lot=_secondes(lot["binome"]),
        plan=_secondes(lot["binome_dont_plan"]),
        pret=_fois(lot["openfisca"], lot["binome"]),
        brut=_fois(lot["openfisca_dates"], lot["binome_brut"]),
        froid=f"{r['a_froid_ms']:.0f}",
        froid_min=f"{r['a_froid_ms_extremes'][0]:.0f}",
        froid_max=f"{r['a_froid_ms_extremes'][1]:.0f}",
        froids=conditions["departs_a_froid"],
        entiere_openfisca=_fois(trace["openfisca"], trace["binome"]),
        entiere_zen=_fois(trace["zen"], trace["binome"]),
        compares="\n".join(compares).removesuffix(";") + ".",
        machine=_machine(r),
        web=section_web(r.get("web")),
        dossiers=section_dossiers(r.get("dossiers")),
    )
