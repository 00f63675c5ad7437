"""`binome sauvegarder`: everything in one file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click
from django.db import DatabaseError

from binome.cli.erreurs import Refus
from binome.cli.serveur import brancher
from binome.socle.empechements import empechement

FICHIER = click.Path(path_type=Path, dir_okay=False)


@click.command(
    name="sauvegarder",
    help="""Écrit dans un seul fichier la base et les pièces, sans arrêter le site.

    Le fichier contient des données personnelles et les clés du journal : gardez-le chiffré.""",
)
@click.argument("fichier", type=FICHIER)
def commande(fichier: Path) -> None:
    """Writes the archive, whole or not at all."""
    brancher()
    from binome.socle import sauvegarde  # noqa: PLC0415 - once Django is set up

    try:
        bilan = sauvegarde.sauvegarder(fichier)
    except sauvegarde.Impossible as impossible:
        raise Refus(f"sauvegarder : {impossible}") from impossible
    except (OSError, DatabaseError, sqlite3.Error) as erreur:
        raise Refus(f"sauvegarder : rien n’est écrit. {motif(erreur)}") from erreur
    click.echo(
        f"{fichier} : {bilan.lignes} lignes, {bilan.fichiers} fichiers, {bilan.octets} octets."
    )


def motif(erreur: Exception) -> str:
    """What the machine says, without any value of a row."""
    refus = empechement(erreur)
    if refus is not None:
        return f"{refus.titre}. {refus.remede}"
    dit = erreur.strerror if isinstance(erreur, OSError) else None
    return f"{dit or type(erreur).__name__}."
