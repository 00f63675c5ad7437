"""The section "The dossiers, in volume" of `docs/performance.md`, once `./binome bench dossiers` has measured it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SECTION: Final = """\
## The dossiers, in volume

Measured by `./binome bench dossiers` on {date}, over {dossiers} made-up dossiers: SQLite, one process,
{processeur}, {coeurs} cores, load average {charge} before the run. There is no peer here.

| | figure | target | |
| --- | ---: | ---: | ---: |
{lignes}

The slowest lists, of {nombre_de_listes} ({fois} requests each, through the whole stack, without the network):

| list | p50, ms | p95, ms |
| --- | ---: | ---: |
{listes}

The replay reads {lus} live dossiers under two bases and finds {changent} that change; it was made three
times in one process: {rejeux} s on the clock, {processeurs} s of processor.

"""


def _nombre(valeur: float) -> str:
    return f"{valeur:,}".replace(",", " ")


def section(lus: Mapping[str, Any] | None) -> str:
    """The section, or nothing when the dossiers were not measured."""
    if lus is None:
        return ""
    confirmation, importe, rejeu = lus["confirmation"], lus["import"], lus["rejeu"]
    pires = sorted(lus["listes"].items(), key=lambda une: -une[1]["p95_ms"])
    pire = pires[0][1]["p95_ms"]
    par_mille = confirmation["confirmation_s"] * 1000 / confirmation["confirmes"]
    mesures = [
        (f"{_nombre(importe['lignes'])} rows imported, {importe['fautives']} errors reported",
         f"{importe['s']:.1f} s", "< 60 s", importe["s"] < 60),
        ("the slowest list, p95", f"{pire:.1f} ms", "< 120 ms", pire < 120),
        (f"{_nombre(confirmation['confirmes'])} clear proposals confirmed in one gesture",
         f"{confirmation['confirmation_s']:.2f} s", "< 5 s for 1 000", par_mille < 5),
        ("letters sealed by one runner", f"{confirmation['lettres_par_s']:.1f} a second",
         "≥ 15 a second", confirmation["lettres_par_s"] >= 15),
        ("a rule replayed, first time in the process", f"{rejeu['s'][0]:.2f} s", "< 5 s",
         rejeu["s"][0] < 5),
    ]  # fmt: skip
    return SECTION.format(
        date=lus["date"],
        dossiers=_nombre(lus["dossiers"]),
        processeur=lus["machine"]["processeur"],
        coeurs=lus["machine"]["coeurs"],
        charge=lus["charge_avant"],
        lignes="\n".join(
            f"| {quoi} | {combien} | {borne} | {'met' if tenue else '**not met**'} |"
            for quoi, combien, borne, tenue in mesures
        ),
        nombre_de_listes=len(pires),
        fois=lus["fois"],
        listes="\n".join(
            f"| {nom.replace('|', ' ')} | {une['p50_ms']:.1f} | {une['p95_ms']:.1f} |"
            for nom, une in pires[:6]
        ),
        lus=_nombre(rejeu["lus"]),
        changent=_nombre(rejeu["changent"]),
        rejeux=", ".join(f"{un:.2f}" for un in rejeu["s"]),
        processeurs=", ".join(f"{un:.2f}" for un in rejeu["processeur_s"]),
    )
