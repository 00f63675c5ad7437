"""The section "Web" of `docs/performance.md`, once `./binome bench web` has measured it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

RAPPORT: Final = 3.0
P95_MS: Final = 60.0

SECTION: Final = """\
## Web

Measured by `./binome bench web` on {date}: {ouvriers} workers each, {clients} clients at once, one
machine ({processeur}, {coeurs} cores, load average {charge} before the run) that also runs the clients.
Medians of {tours} rounds of {secondes:g} s, the servers loaded in turn and never together.

| | requests/s | p50, ms | p95, ms |
| --- | ---: | ---: | ---: |
{lignes}

| Target | Bound | Measured | |
| --- | ---: | ---: | ---: |
| `POST /api/v1/positionner`, requests/s of OpenFisca's `/calculate` | ≥ 3 × | {rapport:.2f} × | {rapport_tenu} |
| A step of the simulator, p95 at {clients} clients | < 60 ms | {p95:.1f} ms | {p95_tenu} |

The question is one candidate, a secretary with a title who enters on 4 January 2027, with every fact
that OpenFisca's rules read told to both; the amounts are compared before the load. OpenFisca is asked
for the route, the référentiel and five amounts, and so is Binôme (`champ=…`): the target is judged on
that. With its whole answer (reasons in words, sources, what would change it, about 10 kB), Binôme
serves {rapport_entier:.2f} times OpenFisca's `/calculate`. The ratio is the median of each round's. Nothing is cached on either side: every answer is worked out.

Each is served as its own documentation says: Binôme by Granian, its server on that day (waitress since,
which serves 0.54 to 0.81 times as much: see decision 24), `openfisca serve` by gunicorn's plain
workers, which close the connection after each answer; the client then opens another. Binôme's rate
limit is lifted (`BINOME_API_PAR_MINUTE=0`).

"""

NOMS: Final = {
    "binome": "Binôme, `POST /positionner`, the keys that OpenFisca is asked for",
    "binome_entier": "Binôme, `POST /positionner`, the whole answer",
    "openfisca": "OpenFisca, `POST /calculate`",
    "openfisca_trace": "OpenFisca, `POST /trace`",
}


def section(web: Mapping[str, Any] | None) -> str:
    """The section, or nothing when the web was not measured."""
    if web is None:
        return ""
    mesures = {NOMS[cle]: mesure for cle, mesure in web["positionner"].items()}
    mesures["Binôme, a step of the simulator (HTML)"] = web["simulateur"]
    lignes = [
        f"| {nom} | {un['par_seconde']:.0f} | {un['p50_ms']:.1f} | {un['p95_ms']:.1f} |"
        for nom, un in mesures.items()
    ]
    p95 = web["simulateur"]["p95_ms"]
    return SECTION.format(
        **web["conditions"],
        date=web["date"],
        processeur=web["machine"]["processeur"],
        coeurs=web["machine"]["coeurs"],
        charge=web["conditions"]["charge_avant"],
        lignes="\n".join(lignes),
        rapport=web["rapport"],
        rapport_entier=web["rapport_entier"],
        rapport_tenu=_tenue(web["rapport"] >= RAPPORT),
        p95=p95,
        p95_tenu=_tenue(p95 < P95_MS),
    )


def _tenue(oui: bool) -> str:
    return "met" if oui else "**not met**"
