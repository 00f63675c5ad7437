"""`binome restaurer`: an archive put back into an empty machine."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import click
from django.db import DatabaseError

from binome.cli.erreurs import Refus
from binome.cli.sauvegarder import FICHIER, motif
from binome.cli.serveur import brancher

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    name="restaurer",
    help="""Remet une sauvegarde dans une base vide, après l’avoir vérifiée en entier.""",
)
@click.argument("fichier", type=FICHIER)
def commande(fichier: Path) -> None:
    """Puts the archive back, or changes nothing."""
    brancher()
    from django.conf import settings  # noqa: PLC0415 - once Django is set up

    from binome.socle import restauration, sauvegarde  # noqa: PLC0415 - the same

    try:
        settings.DONNEES.mkdir(parents=True, exist_ok=True)
        bilan = restauration.restaurer(fichier)
    except sauvegarde.Impossible as impossible:
        raise Refus(f"restaurer : {impossible}") from impossible
    except (OSError, DatabaseError, sqlite3.Error) as erreur:
        raise Refus(f"restaurer : la restauration a échoué. {motif(erreur)}") from erreur
    click.echo(f"Restauré : {bilan.lignes} lignes et {bilan.fichiers} fichiers.")
    click.echo("Vérifiez le journal : binome journal verifier.")
