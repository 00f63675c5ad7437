"""`binome ecarts`: the ledger of discrepancies, on the terminal or as a page."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from binome.cli.erreurs import Refus
from binome.regles.ecarts import en_markdown, verifier_ecarts


@click.command(
    name="ecarts", help="Montre ce que les sources disent différemment, et ce que Binôme en fait."
)
@click.option(
    "--sortie",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Écrit la page au lieu de la montrer.",
)
def commande(sortie: Path | None) -> None:
    """Prints or writes the ledger; refuses when a total is wrong and unexplained."""
    fautes = verifier_ecarts()
    if fautes:
        raise Refus(fautes, code=1)
    page = en_markdown()
    if sortie is None:
        sys.stdout.write(page)
        return
    from binome.cli.tableaux import ecrire_octets  # noqa: PLC0415 - only when writing

    ecrire_octets(page.encode(), sortie)
