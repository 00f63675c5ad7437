"""`binome diagnostiquer`: each thing in order, or what to do about it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Final

import click

from binome.cli import SUITE_ECARTEE
from binome.cli.erreurs import TravailImpossible
from binome.cli.serveur import brancher
from binome.reglages.controle import fautes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from binome.diagnostic.observation import Observation

LARGE: Final = 8


def _observations() -> Iterator[Observation]:
    """What was found; settings that cannot be leave the rest unseen."""
    from binome.diagnostic.observation import a_faire, non_vu  # noqa: PLC0415 - knows no Django

    dites = fautes()
    try:
        if not dites:
            brancher()
    except TravailImpossible as refus:
        dites = list(refus.lignes)
    if dites:
        for ligne in dites:
            yield a_faire("configuration", ligne, "Reprenez ce réglage : binome reglages.")
        yield non_vu("le reste", "Il faut d’abord une configuration qui se lise.")
        return
    from binome.diagnostic.examen import examiner  # noqa: PLC0415 - once Django is set up

    yield from examiner()


@click.command(
    name="diagnostiquer",
    help="Dit de chaque chose qu’elle est bonne, ou ce qu’il faut faire. Rien n’est changé.",
)
@click.option("--json", "en_json", is_flag=True, help="En JSON, pour un autre programme.")
def commande(en_json: bool) -> None:
    """Exits with 0 when all is in order, 1 otherwise."""
    observations = []
    for observation in _observations():
        observations.append(observation)
        if not en_json:
            click.echo(f"{observation.etat.value:{LARGE}} {observation.nom} : {observation.dit}")
            if observation.remede:
                click.echo(f"{'':{LARGE}} → {observation.remede}")
    tout_va = all(un.etat.value == "bon" for un in observations)
    if en_json:
        rendu = {"bon": tout_va, "constats": [un.en_json() for un in observations]}
        click.echo(json.dumps(rendu, ensure_ascii=False, indent=2))
    sys.exit(0 if tout_va else SUITE_ECARTEE)
