"""`binome serve`: the production entry; everything comes from the environment."""

from __future__ import annotations

import os

import click

from binome.cli.serveur import preparer, servir


@click.command(
    name="serve",
    help="Sert le site. BINOME_SECRET et BINOME_HOTES sont attendus (voir docs/exploitation.md).",
)
@click.option("--adresse", default="127.0.0.1", help="L’adresse où écouter.")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help="Le port où écouter.")
@click.option(
    "--ouvriers", default=os.cpu_count() or 2, type=click.IntRange(1, 64), help="Processus."
)
def commande(adresse: str, port: int, ouvriers: int) -> None:
    """Checks the settings, prepares the database and the static files, then serves."""
    preparer()
    click.echo(f"Binôme écoute sur {adresse}:{port}")
    servir(adresse, port, ouvriers=ouvriers)
