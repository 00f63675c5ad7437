"""`binome positionner`: one person at the keyboard, one dossier through a pipe, or a whole lot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from binome.cli.question import Service
from binome.cli.services import portes, servir
from binome.regles.metiers.heures import POSITIONNEMENT
from binome.regles.metiers.positionnement import positionner

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from binome.regles.metiers.positionnement import Positionnement


def _afficher(reponse: Positionnement, sortie: Console) -> None:
    from binome.cli.affichage import afficher  # noqa: PLC0415 - pipes do without it

    afficher(reponse, sortie)


def _resumer(reponse: Positionnement) -> str:
    from binome.regles.metiers.annonce import resume  # noqa: PLC0415 - pipes do without it

    return resume(reponse)


def _avec_trace(reponse: Positionnement) -> dict[str, Any]:
    from binome.regles.trace import en_json  # noqa: PLC0415 - only when asked

    return {**reponse.en_json(), "trace": en_json(reponse.conclusion, reponse.base)}


SERVICE = Service(
    nom="positionner",
    vue=POSITIONNEMENT,
    repondre=positionner,
    afficher=_afficher,
    resumer=_resumer,
    lignes="Lignes positionnées",
)


@click.command(
    name="positionner",
    options_metavar="[OPTIONS]",
    help="""Dit la voie, les heures par bloc, les dispenses avec leurs raisons, les pièces, et ce qui
    changerait la réponse.

    Sans option, pose les seules questions qui comptent encore. Avec « --json - », lit un objet JSON
    (ou un par ligne) et répond de même. Avec « --lot », traite un tableau CSV, XLSX ou Parquet.""",
)
@portes
@click.option(
    "--trace", is_flag=True, help="Avec --json ou --fiche, donne chaque étape de la décision."
)
def commande(
    entree_json: str | None,
    fiche: Path | None,
    lot: Path | None,
    sortie: Path | None,
    reformes: tuple[str, ...],
    certification: str,
    trace: bool,
) -> None:
    """Chooses the door that the options name."""
    service = replace(SERVICE, en_json=_avec_trace) if trace else SERVICE
    servir(service, entree_json, fiche, lot, sortie, reformes, certification, fiche_en_json=trace)
