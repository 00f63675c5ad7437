"""`binome ecarts`: the ledger of discrepancies, on the terminal or as a page."""

from __future__ import annotations

from pathlib import Path

import click

from binome.cli.erreurs import TravailImpossible
from binome.cli.pages import ecrire_page
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
        raise TravailImpossible(fautes, code=1)
    ecrire_page(en_markdown(), sortie)
